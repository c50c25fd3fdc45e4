/** The pages of the console and who finds them in the menu. The server decides what anybody may see or do. */
import type { zh } from "../i18n/zh";

export type NavKey = keyof typeof zh.nav;
export interface Place {
  readonly key: NavKey;
  readonly path: string;
  readonly roles: readonly string[];
}

export const PLACES: readonly Place[] = [
  { key: "review", path: "/review", roles: ["seat", "superv"] },
  { key: "tasks", path: "/tasks", roles: ["officer"] },
  {
    key: "desk",
    path: "/desk",
    roles: ["dispatch", "verify", "legal", "leader", "head", "superv", "officer"],
  },
  {
    key: "cases",
    path: "/cases",
    roles: ["seat", "superv", "dispatch", "officer", "verify", "legal", "leader", "head", "auditor"],
  },
  { key: "map", path: "/map", roles: ["seat", "superv", "dispatch", "leader", "head"] },
  { key: "wall", path: "/wall", roles: ["seat", "superv", "leader", "head"] },
  { key: "subjects", path: "/subjects", roles: ["seat", "superv", "officer", "legal", "leader", "head"] },
  { key: "permits", path: "/permits", roles: ["seat", "superv", "officer", "legal", "leader", "head"] },
  { key: "kpi", path: "/kpi", roles: ["superv", "leader", "head", "auditor"] },
  { key: "law", path: "/law", roles: ["legal", "head", "leader"] },
  { key: "fleet", path: "/fleet", roles: ["admin", "superv"] },
  { key: "people", path: "/people", roles: ["admin"] },
];

export function placesOf(roles: readonly string[]): Place[] {
  return PLACES.filter((place) => place.roles.some((role) => roles.includes(role)));
}
