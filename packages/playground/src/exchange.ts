/** A request, and what came of it. */
export type Exchange = {
  method: string;
  url: string;
  headers: [string, string][];
  body: string;
  /** Missing while the request is under way. */
  outcome?: Answer | { failure: string };
};

export type Answer = { status: number; body: string; milliseconds: number };

/** The path of a request with its query, as people write it. */
export function pathOf({ url }: Exchange): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
