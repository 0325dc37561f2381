import { z } from 'zod';

/** The levels of 別紙1, from above; a person in two of them has the rights of the upper one (Q03). */
export const LEVELS = ['ward', 'leader', 'operator', 'hall', 'bop'] as const;
export type Level = (typeof LEVELS)[number];

/** `export` and `delete` are for people; the system itself needs neither. */
export const RIGHTS = ['view', 'add', 'edit', 'delete', 'export'] as const;
export type Right = (typeof RIGHTS)[number];

const level = z
  .strictObject({
    name: z.string().min(1),
    /** Which records: all, those of the hall's 新BOPs, or those of one 新BOP. */
    scope: z.enum(['all', 'hall', 'bop']),
    /** By app (`applications` stands for the apps of all procedures); an app that is not named is closed. */
    apps: z.record(z.string(), z.array(z.enum(RIGHTS))),
    /** Codes of fields that this level does not see, in whatever app. */
    hiddenFields: z.array(z.string()),
  })
  .refine(
    ({ apps }) => Object.values(apps).every((rights) => rights.length === 0 || rights.includes('view')),
    '「view」のない権限は kintone で設定できません。',
  );

/** Checks a table that the ward has changed. */
export const accessTable = z.strictObject({
  levels: z.strictObject({ ward: level, leader: level, operator: level, hall: level, bop: level }),
});

/** What each level may do: the one table that the ward changes. */
export type AccessTable = z.output<typeof accessTable>;
