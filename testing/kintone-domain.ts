import { readAccessTable } from '../kintone/access/table.ts';
import { groups, organizations, SYSTEM_GROUP } from '../kintone/access/people.ts';
import { admin, startTestKintone } from './kintone.ts';
import { startRecorder, type Recorder } from './kintone-recorder.ts';

/** A kintone to try things on: the stand-in, or, where the environment names one, a real domain. */
export interface TestDomain {
  real: boolean;
  recorder: Recorder;
  password: { username: string; password: string };
  /** In front of the names of apps; those of a real domain stay, since REST deletes none. */
  prefix: string;
  spaceId: string | undefined;
  close: () => Promise<void>;
}

/**
 * Opens the domain that `KINTONE_TEST_BASE_URL`, `KINTONE_TEST_USERNAME` and `KINTONE_TEST_PASSWORD` name (docs/kintone-setup.md says
 * what is made there), otherwise the stand-in on a database of its own.
 */
export async function openTestDomain(): Promise<TestDomain> {
  const {
    KINTONE_TEST_BASE_URL: baseUrl,
    KINTONE_TEST_USERNAME: username,
    KINTONE_TEST_PASSWORD: secret,
  } = process.env;
  if (baseUrl && username && secret) {
    const recorder = await startRecorder(baseUrl);
    return {
      real: true,
      recorder,
      password: { username, password: secret },
      prefix: `試験 ${new Date().toISOString().slice(0, 16)} `,
      spaceId: process.env['KINTONE_TEST_SPACE_ID'],
      close: () => recorder.close(),
    };
  }
  const kintone = await startTestKintone({
    groups: groups(readAccessTable()).map((group) => ({ ...group })),
    organizations: organizations().map((organization) => ({ ...organization })),
    users: [
      {
        code: 'system',
        name: 'system',
        password: admin.password,
        isAdmin: true,
        groups: [SYSTEM_GROUP.code],
      },
    ],
  });
  const recorder = await startRecorder(kintone.server.url);
  return {
    real: false,
    recorder,
    password: { username: 'system', password: admin.password },
    prefix: '試験 ',
    spaceId: undefined,
    close: async () => {
      await recorder.close();
      await kintone.close();
    },
  };
}
