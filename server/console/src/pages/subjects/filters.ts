/** What the list is narrowed by, as it stands in the address. Pure. */
import type { Search } from "../../app/search";

export const KINDS = ["known", "individual"] as const;
export const NARROW = ["open_case", "code_failed", "pending"] as const;

export interface Filters {
  readonly q: string;
  readonly kind: (typeof KINDS)[number] | undefined;
  readonly narrow: (typeof NARROW)[number] | undefined;
}

export function readFilters(search: Search): Filters {
  return {
    q: (search.q ?? "").slice(0, 60),
    kind: KINDS.find((kind) => kind === search.kind),
    narrow: NARROW.find((narrow) => narrow === search.narrow),
  };
}

/** What the API is asked; nothing that was not chosen. */
export function queryOf(filters: Filters) {
  return {
    ...(filters.q.trim() ? { q: filters.q.trim() } : {}),
    ...(filters.kind ? { kind: filters.kind } : {}),
    ...(filters.narrow ? { narrow: filters.narrow } : {}),
  };
}
