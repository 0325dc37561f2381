import { defineSearchAttributeKey } from '@temporalio/common';

/**
 * What supervisors can search by in Temporal's web UI. Codes and ids only: search attributes are never encrypted (design 5).
 * They lag behind, so no screen of ours depends on them (design 8).
 */
export const searchAttributes = {
  receiptNumber: defineSearchAttributeKey('ReceiptNumber', 'KEYWORD'),
  procedure: defineSearchAttributeKey('Procedure', 'KEYWORD'),
  stage: defineSearchAttributeKey('Stage', 'KEYWORD'),
  bop: defineSearchAttributeKey('Bop', 'KEYWORD'),
  deadline: defineSearchAttributeKey('Deadline', 'DATETIME'),
} as const;

/** All keys, for registering them on a server. */
export const SEARCH_ATTRIBUTE_KEYS = Object.values(searchAttributes);
