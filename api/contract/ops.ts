import { z } from 'zod';
import { Id, StageCode } from './common.ts';

/**
 * GET /api/live: server-sent events. `event: application` with this as data whenever an application that the reader may see
 * has changed; `event: resync` (no content) when something may have been missed: load again. Comments every 25 s keep it open.
 */
export const LiveApplication = z.object({ applicationId: Id, seq: z.number().int(), stage: StageCode });
export type LiveApplication = z.output<typeof LiveApplication>;

/** GET /healthz: the process lives. */
export const HealthResponse = z.object({ status: z.literal('ok') });

export const PartState = z.object({
  status: z.enum(['ok', 'away']),
  /** Without addresses or secrets: the page is public. */
  detail: z.string().optional(),
});
/** GET /readyz: 200 where every part is there, 503 otherwise, with the same body. */
export const ReadyResponse = z.object({
  status: z.enum(['ready', 'notReady']),
  parts: z.object({
    database: PartState,
    temporal: PartState,
    worker: PartState,
    kintone: PartState,
    mail: PartState,
  }),
});
export type ReadyResponse = z.output<typeof ReadyResponse>;
