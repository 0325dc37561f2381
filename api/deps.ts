import type { Config } from '../config/env.ts';
import type { Keyring } from '../store/crypto.ts';
import type { Db } from '../store/db.ts';
import type { FastifyBaseLogger } from 'fastify';
import type { CodecService } from './services/codec.ts';
import type { WardSettings } from './services/ward-settings.ts';
import type { LiveHub } from './services/live.ts';
import type { KintoneReads } from './services/kintone.ts';
import type { ReadMemory } from './services/read-memory.ts';
import type { CodeMailer } from './services/mailer.ts';
import type { ApplicationClient } from './temporal.ts';
import type { ExportClient } from './temporal-exports.ts';
import type { EnrolmentClient } from './temporal-enrolments.ts';
import type { RoundClient } from './temporal-rounds.ts';

export type Logger = FastifyBaseLogger;

/** Everything that routes need; made in `main.ts`, and by tests. */
export interface ApiDeps {
  config: Pick<Config, 'environment' | 'http' | 'sessionSecret' | 'logLevel'> & {
    temporal: Pick<Config['temporal'], 'namespace' | 'uiUrl'>;
    mail: Pick<Config['mail'], 'footer'>;
    /** Absent: no webhooks are taken (tests of other things). */
    kintone?: Pick<Config['kintone'], 'webhookSecret' | 'appIds'>;
  };
  db: Db;
  keyring: Keyring;
  temporal: ApplicationClient;
  /** Absent: no exports can be prepared (tests of other things). */
  exports?: ExportClient;
  rounds: RoundClient;
  enrolments: EnrolmentClient;
  kintone: KintoneReads;
  /** Absent: nothing is remembered between reads. */
  memory?: ReadMemory;
  mailer: CodeMailer;
  live: LiveHub;
  settings: WardSettings;
  /** For Temporal's web UI; undefined where payloads are not encrypted. */
  codec?: CodecService;
  log: Logger;
  /** Other limits than the usual ones, for benchmarks and tests. */
  limits?: { requestsPerMinute?: number; sensitivePerMinute?: number; sessionCheckMs?: number };
  /** The clock, UTC. */
  now: () => Date;
}
