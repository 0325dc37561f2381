import type { Logger } from 'pino';
import type { Config } from '../config/env.ts';
import type { Gateway } from '../kintone/gateway/index.ts';
import type { Keyring } from '../store/crypto.ts';
import type { Db } from '../store/db.ts';

/** What activities work with. */
export interface ActivityDeps {
  db: Db;
  keyring: Keyring;
  gateway: Gateway;
  config: Pick<Config, 'mail' | 'http'>;
  log: Pick<Logger, 'info' | 'warn' | 'error'>;
}
