/** How a paper application reached the office. */
export const PAPER_WAYS = ['post', 'counter'] as const;
export type PaperWay = (typeof PAPER_WAYS)[number];

/** `submitted` once an application has been received for it, whatever else was done afterwards. */
export const PAPER_STATES = ['entering', 'submitted', 'discarded'] as const;
export type PaperState = (typeof PAPER_STATES)[number];

export const PAPER_WAY_LABELS: Readonly<Record<PaperWay, string>> = { post: '郵送', counter: '窓口' };
