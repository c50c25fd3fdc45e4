/** The pages of the console and who finds them in the menu. The server decides what anybody may see or do. */
import type { NavKey } from "./words";

export interface Place {
  readonly key: NavKey;
  readonly path: string;
  readonly roles: readonly string[];
  /** A page of its own outside of the console: the officer's. */
  readonly outside?: boolean;
}

const STAFF = ["seat", "superv", "dispatch", "officer", "verify", "legal", "leader", "head"];
const DECIDERS = ["dispatch", "verify", "legal", "leader", "head", "superv", "officer", "auditor"];

export const PLACES: readonly Place[] = [
  { key: "review", path: "/review", roles: ["seat", "superv"] },
  { key: "tasks", path: "/officer/", roles: ["officer", "grid"], outside: true },
  { key: "desk", path: "/desk", roles: DECIDERS },
  { key: "cases", path: "/cases", roles: [...STAFF, "auditor", "grid"] },
  { key: "objections", path: "/objections", roles: ["leader", "legal", "head", "auditor"] },
  { key: "map", path: "/map", roles: ["seat", "superv", "dispatch", "leader", "head"] },
  { key: "wall", path: "/wall", roles: ["seat", "superv", "leader", "head"] },
  { key: "subjects", path: "/subjects", roles: [...STAFF, "admin"] },
  { key: "permits", path: "/permits", roles: [...STAFF, "admin"] },
  { key: "kpi", path: "/kpi", roles: ["superv", "dispatch", "leader", "legal", "head", "auditor"] },
  { key: "fleet", path: "/fleet", roles: ["admin", "superv"] },
  { key: "law", path: "/law", roles: ["legal", "head", "leader"] },
  { key: "delegations", path: "/delegations", roles: ["head", "leader"] },
  { key: "people", path: "/people", roles: ["admin"] },
  { key: "audit", path: "/audit", roles: ["admin", "legal", "auditor"] },
  { key: "inbox", path: "/inbox", roles: [...STAFF, "admin", "auditor", "grid"] },
];

export function placesOf(roles: readonly string[]): Place[] {
  return PLACES.filter((place) => place.roles.some((role) => roles.includes(role)));
}
