import { Client, Connection } from '@temporalio/client';
import { createDataConverter } from '../../codec/payload-codec.ts';
import type { Config } from '../../config/env.ts';

/** A client of Temporal that connects when it is first used. */
export function temporalClient(config: Config): Client {
  const { address, namespace, tls, apiKey } = config.temporal;
  const connection = Connection.lazy({
    address,
    ...(tls === undefined
      ? {}
      : {
          tls: {
            ...(tls.serverName === undefined ? {} : { serverNameOverride: tls.serverName }),
            ...(tls.ca === undefined ? {} : { serverRootCACertificate: tls.ca }),
            ...(tls.certificate && tls.key ? { clientCertPair: { crt: tls.certificate, key: tls.key } } : {}),
          },
        }),
    ...(apiKey === undefined ? {} : { apiKey }),
  });
  const dataConverter = createDataConverter(config.codec.enabled ? config.dataKeys : undefined);
  return new Client({ connection, namespace, dataConverter });
}

/** The login names under which this system itself writes: with API tokens kintone names the administrator. */
export function systemUsers({ kintone }: Pick<Config, 'kintone'>): ReadonlySet<string> {
  return new Set(['Administrator', ...(kintone.password ? [kintone.password.username] : [])]);
}
