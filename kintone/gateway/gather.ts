/**
 * Gathers what several ask for within a moment into one question, by group: kintone answers for a hundred records at the price of one.
 * @param windowMs how long the first of a question waits for others; 0: only those of the same turn of the event loop go together
 * @param ask answers for these keys; what has no answer is left out. Its failure is everybody's who asked with it.
 */
export function gathering<T>(
  windowMs: number,
  ask: (group: string, keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): (group: string, keys: readonly string[]) => Promise<ReadonlyMap<string, T>> {
  const waiting = new Map<string, { keys: Set<string>; answer: Promise<ReadonlyMap<string, T>> }>();

  const open = (group: string) => {
    const keys = new Set<string>();
    const answer = new Promise<void>((resolve) => setTimeout(resolve, windowMs)).then(() => {
      waiting.delete(group);
      return ask(group, [...keys]);
    });
    const opened = { keys, answer };
    waiting.set(group, opened);
    return opened;
  };

  return async (group, keys) => {
    if (keys.length === 0) return new Map();
    const question = waiting.get(group) ?? open(group);
    for (const key of keys) question.keys.add(key);
    const found = await question.answer;
    return new Map(keys.flatMap((key) => (found.has(key) ? [[key, found.get(key) as T] as const] : [])));
  };
}
