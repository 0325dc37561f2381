import { markSettingsTold, tellPage } from './enrolments/activities.ts';

/**
 * Has every open application read the ward's calendar and deadlines again (design 9: a changed calendar re-arms them). Each of
 * them judges by its own rules what it changes (`rearmedDeadline`). Telling one twice is telling it once.
 * @param version the editions that are told of
 */
export async function tellSettings({ version }: { version: string }): Promise<void> {
  let after: string | null = null;
  do ({ after } = await tellPage({ after }));
  while (after !== null);
  await markSettingsTold({ version });
}
