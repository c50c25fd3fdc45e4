/** The decisions in the browser's own database. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Box, Kept } from "./outbox";

interface Schema extends DBSchema {
  decisions: { key: string; value: Kept };
}
const NAME = "shouwei-review";

export function browserBox(): Box {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  const database = () => {
    opened ??= openDB<Schema>(NAME, 1, {
      upgrade: (db) => void db.createObjectStore("decisions", { keyPath: "key" }),
    });
    return opened;
  };
  return {
    all: async () => (await database()).getAll("decisions"),
    put: async (entry) => {
      const writing = (await database()).transaction("decisions", "readwrite", { durability: "strict" });
      await Promise.all([writing.store.put(entry), writing.done]);
    },
    remove: async (key) => (await database()).delete("decisions", key),
  };
}
