/** Reasons why a route leaves no entry in the audit trail. Whoever adds a route finds out by its tests that it needs one or the other. */
export const unaudited = {
  /** The route's `config` for each. */
  nothingPersonal: { unaudited: 'counts, dates, codes and settings only: nothing about a person' },
  ownAccount: { unaudited: 'what the signed-in person is shown of their own account' },
  ownWords: {
    unaudited: 'a form saves itself as it is typed: its opening, its sending and its end are in the trail',
  },
} as const;
