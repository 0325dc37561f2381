/** All calls of the REST API by method and name. */
import { aclEndpoints } from './acl.ts';
import { appEndpoints } from './apps.ts';
import { bulkEndpoint } from './bulk.ts';
import { commentEndpoints } from './comments.ts';
import { cursorEndpoints } from './cursor.ts';
import { customizeEndpoints } from './customize.ts';
import type { Endpoint } from './endpoint.ts';
import { designEndpoints } from './design.ts';
import { formEndpoints } from './form.ts';
import { recordEndpoints } from './records.ts';
import { settingsEndpoints } from './settings.ts';
import { statusEndpoints } from './status.ts';

function collect(): ReadonlyMap<string, Endpoint> {
  const endpoints = new Map<string, Endpoint>();
  const add = (endpoint: Endpoint): void => {
    endpoints.set(`${endpoint.method} ${endpoint.name}`, endpoint);
  };
  [
    ...recordEndpoints,
    ...cursorEndpoints,
    ...commentEndpoints,
    ...statusEndpoints,
    ...formEndpoints,
    ...designEndpoints,
    ...settingsEndpoints,
    ...customizeEndpoints,
    ...aclEndpoints,
    ...appEndpoints,
  ].forEach(add);
  add(bulkEndpoint(endpoints));
  return endpoints;
}

export const ENDPOINTS = collect();
