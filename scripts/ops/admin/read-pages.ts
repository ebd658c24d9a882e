/** The most that the service lists at once. */
const PAGE = '100';

/** All items of a list that the service gives in pages. */
export async function readPages<T>(
  read: (query: { after: string | undefined; limit: string }) => Promise<{ data: T[]; next: string | null }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let after: string | undefined; ;) {
    const { data, next } = await read({ after, limit: PAGE });
    all.push(...data);
    if (next === null || data.length === 0) return all;
    after = next;
  }
}
