/**
 * Does `work` for every item, `atOnce` at a time. One that fails holds up no other; the first failure is thrown at the end, so
 * that the next attempt does what is left.
 */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const failures: unknown[] = [];
  const one = async () => {
    for (const item of waiting) {
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, one));
  if (failures.length > 0) throw failures[0] as Error;
}
