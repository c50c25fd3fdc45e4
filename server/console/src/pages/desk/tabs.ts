/** The tabs of a desk: queues of cases, and other things that wait. Pure. */
import type { DeskRead } from "../../api/schema";

/** Things that are no queue of cases; each has a panel of its own. */
export const ROOMS = {
  corrections: ["legal", "head", "auditor"],
  letters: ["superv"],
  alarms: ["superv"],
  deliveries: ["superv", "leader", "auditor"],
  against: ["superv", "leader", "head", "auditor"],
  missed: ["superv"],
  sample: ["auditor"],
  roster: ["dispatch", "superv", "leader"],
  patrols: ["dispatch", "superv", "leader"],
  circumstances: ["superv", "leader", "head"],
} as const;
export type RoomKey = keyof typeof ROOMS;

export interface Tab {
  readonly key: string;
  readonly kind: "queue" | "room";
  /** How many wait; null where nothing is counted. */
  readonly waiting: number | null;
  readonly late: number;
}

export function isRoom(key: string): key is RoomKey {
  return key in ROOMS;
}

/** Queues first, in the server's order (the most pressing first), then what else waits, then plans. */
export function tabsOf(desk: DeskRead, roles: readonly string[]): Tab[] {
  const queues = desk.queues.map(
    ({ queue, waiting, late }): Tab => ({ key: queue, kind: "queue", waiting, late }),
  );
  const counts = new Map(desk.others.map((other) => [other.kind, other]));
  const rooms = Object.entries(ROOMS).flatMap(([key, whose]): Tab[] => {
    if (!whose.some((role) => roles.includes(role))) return [];
    const count = counts.get(key);
    return [{ key, kind: "room", waiting: count?.waiting ?? null, late: count?.late ?? 0 }];
  });
  return [...queues, ...rooms];
}

/** What is open: what the address says if it is a tab of this desk, else the first where something waits. */
export function openTab(tabs: readonly Tab[], asked: string | undefined): Tab | undefined {
  return tabs.find((tab) => tab.key === asked) ?? tabs.find((tab) => (tab.waiting ?? 0) > 0) ?? tabs[0];
}

/** The tab beside, going round. */
export function besides(tabs: readonly Tab[], key: string, step: 1 | -1): Tab | undefined {
  const at = tabs.findIndex((tab) => tab.key === key);
  return tabs[(at + step + tabs.length) % tabs.length];
}
