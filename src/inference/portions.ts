// In: a list. Out: its portions, and the results of work on all of them.

/** The items in order, in portions of at most `size`. */
export function portionsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}

/** All results, once none is outstanding; the first failure otherwise. */
export async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}
