/** The part of the address behind `?`: plain texts, so that an address can be read, sent and typed. */

export type Search = Readonly<Record<string, string | undefined>>;

export function readSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** `?a=1&b=x`; what is undefined or empty is left out, so that a page without filters has a bare address. */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== "") params.set(key, String(value));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** For routes: any text is let through; the page reads what it knows. */
export function anySearch(search: Record<string, unknown>): Search {
  const told = Object.entries(search).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(told.map(([key, value]) => [key, String(value)]));
}
