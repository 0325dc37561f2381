import { waitFor } from './measure.ts';
import { startTestSystem, type TestSystem } from '../testing/system.ts';

export interface BenchSystem extends TestSystem {
  workerMetricsUrl: string;
  /** How many workflows the worker keeps in memory. */
  cacheLimit: number;
  restartWorker: () => Promise<void>;
}

/** The system as `npm start` has it: same processes, same settings. */
export async function startBenchSystem(say: (sentence: string) => void): Promise<BenchSystem> {
  const system = await startTestSystem(say);
  const { worker } = system.config;
  return {
    ...system,
    workerMetricsUrl: `http://127.0.0.1:${worker.metricsPort}/metrics`,
    cacheLimit: worker.maxCachedWorkflows,
    restartWorker: async () => {
      await system.kill('worker');
      await waitFor('the worker to run again', async () => {
        const answer = await fetch(`http://127.0.0.1:${worker.metricsPort}/healthz`).catch(() => undefined);
        return answer?.ok === true ? true : undefined;
      });
    },
  };
}
