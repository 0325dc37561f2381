import { findTemporalCli, findTestServer } from '../embedded/tools/temporal-binary.ts';
import { startTestPostgres, testPostgresEnv } from './postgres.ts';

/**
 * Once a run, before the first integration test: one PostgreSQL server for all test files, and Temporal's programs
 * found or installed. Test processes learn of them by environment variables.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const say = (sentence: string) => {
    console.log(sentence);
  };
  process.env['TEMPORAL_CLI_PATH'] = await findTemporalCli(say);
  process.env['TEMPORAL_TEST_SERVER_PATH'] = await findTestServer(say);
  const given = process.env[testPostgresEnv];
  if (given !== undefined && given !== '') return () => Promise.resolve();
  const server = await startTestPostgres();
  process.env[testPostgresEnv] = server.adminUrl;
  return async () => {
    Reflect.deleteProperty(process.env, testPostgresEnv);
    await server.stop();
  };
}
