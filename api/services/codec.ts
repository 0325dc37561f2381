import type { PayloadCodec } from '@temporalio/common';

/** What the codec routes need; absent where payloads are not encrypted. */
export interface CodecService {
  codec: PayloadCodec;
  origins: readonly string[];
}
