/** What the phone keeps, in IndexedDB. One database; who logs out takes everything but what was not sent yet. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Me, Tasks } from "../../api/schema";
import type { Entry } from "../outbox/entry";

/** A photo of one's own, with its time and place. `sent`: the server has it, and knows time and place. */
export interface OwnPhoto {
  readonly sha256: string;
  readonly bytes: ArrayBuffer;
  readonly type: string;
  readonly role: "place" | "before" | "after" | "obstacle" | "paper" | "signature" | "report";
  readonly person: string;
  /** The case it is for; empty for a report. */
  readonly caseId: string;
  readonly takenAt: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly accuracyM: number | null;
  readonly sent: boolean;
}

/** A blurred picture of a task, kept for the overlay without a network. */
export interface ShownPicture {
  readonly sha256: string;
  readonly bytes: ArrayBuffer;
  readonly type: string;
}

export interface Certificates {
  readonly mine: string;
  readonly partner: string;
  readonly mineName: string;
  readonly partnerName: string;
}

interface Schema extends DBSchema {
  facts: { key: string; value: unknown };
  entries: { key: string; value: Entry };
  photos: { key: string; value: OwnPhoto };
  shown: { key: string; value: ShownPicture };
}

export interface Facts {
  me: Me;
  tasks: Tasks;
  certificates: Certificates;
}

export const DATABASE = "shouwei-officer";
export type Kept = IDBPDatabase<Schema>;
let opened: Promise<Kept> | null = null;

export function kept(): Promise<Kept> {
  opened ??= openDB<Schema>(DATABASE, 1, {
    upgrade(database) {
      database.createObjectStore("facts");
      database.createObjectStore("entries", { keyPath: "key" });
      database.createObjectStore("photos", { keyPath: "sha256" });
      database.createObjectStore("shown", { keyPath: "sha256" });
    },
    // Another tab has a newer page: give way, and open again when needed.
    blocking(_present, _wanted, event) {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated() {
      opened = null;
    },
  });
  return opened;
}

export async function fact<K extends keyof Facts>(name: K): Promise<Facts[K] | undefined> {
  return (await (await kept()).get("facts", name)) as Facts[K] | undefined;
}

export async function keepFact<K extends keyof Facts>(name: K, value: Facts[K]): Promise<void> {
  await (await kept()).put("facts", value, name);
}
