/** What the pages show: a copy in memory of what is kept, the same in every tab. Written to disk first, then shown. */
import { useSyncExternalStore } from "react";
import { newKey } from "../../api/keys";
import type { Me, Task, Tasks } from "../../api/schema";
import { isOver } from "../asif";
import type { Draft, Entry } from "../outbox/entry";
import { needed } from "../outbox/plan";
import { type Certificates, fact, keepFact, kept, type OwnPhoto } from "./db";

/** How sending goes: `idle` nothing to do, `away` no network, `login` the session has ended. */
export type Sending = "idle" | "busy" | "away" | "login" | "elsewhere";

export interface State {
  readonly ready: boolean;
  readonly me: Me | null;
  readonly tasks: Tasks | null;
  readonly entries: readonly Entry[];
  readonly certificates: Certificates;
  readonly sending: Sending;
}

const NO_CERTIFICATES: Certificates = { mine: "", partner: "", mineName: "", partnerName: "" };
let state: State = {
  ready: false,
  me: null,
  tasks: null,
  entries: [],
  certificates: NO_CERTIFICATES,
  sending: "idle",
};
const listeners = new Set<() => void>();
const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("shouwei-officer") : null;
const elsewhere = new Set<() => void>();
tabs?.addEventListener("message", () => {
  void load().then(() => {
    for (const listener of elsewhere) listener();
  });
});

/** Another tab wrote something down. */
export function onElsewhere(listener: () => void): void {
  elsewhere.add(listener);
}

export const now = (): State => state;

function show(part: Partial<State>): void {
  state = { ...state, ...part };
  for (const listener of listeners) listener();
}

export function useKept(): State {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

/** Read everything from the disk: at the start, and when another tab wrote. */
export async function load(): Promise<void> {
  const database = await kept();
  const [me, tasks, certificates, entries] = await Promise.all([
    fact("me"),
    fact("tasks"),
    fact("certificates"),
    database.getAll("entries"),
  ]);
  show({
    ready: true,
    me: me ?? null,
    tasks: tasks ?? null,
    certificates: certificates ?? NO_CERTIFICATES,
    entries,
  });
}

function told(): void {
  tabs?.postMessage("changed");
}

export function showSending(sending: Sending): void {
  if (state.sending !== sending) show({ sending });
}

export async function keepMe(me: Me): Promise<void> {
  await keepFact("me", me);
  show({ me });
  told();
}

/** New tasks from the server; acknowledged entries and old pictures that nothing needs any more go. */
export async function keepTasks(tasks: Tasks): Promise<void> {
  await keepFact("tasks", tasks);
  show({ tasks });
  await tidy();
  told();
}

export async function keepCertificates(certificates: Certificates): Promise<void> {
  await keepFact("certificates", certificates);
  show({ certificates });
  told();
}

/** Write down what a person decided, in one transaction with the photos it names; from here on nothing loses it. */
export async function decide(drafts: readonly Draft[], photos: readonly OwnPhoto[] = []): Promise<Entry[]> {
  const person = state.me?.id;
  if (person === undefined) throw new Error("nobody is logged in");
  const database = await kept();
  const writing = database.transaction(["entries", "photos"], "readwrite");
  const known = await writing.objectStore("entries").getAll();
  let seq = Math.max(0, ...known.map((entry) => entry.seq));
  const made: Entry[] = drafts.map((draft) => {
    seq += 1;
    const key = draft.key ?? newKey();
    return {
      ...draft,
      key,
      chain: draft.chain || key,
      seq,
      person,
      madeAt: new Date().toISOString(),
      standing: "waiting",
      tries: 0,
      notBefore: 0,
    };
  });
  for (const photo of photos) await writing.objectStore("photos").put(photo);
  for (const entry of made) await writing.objectStore("entries").add(entry);
  await writing.done;
  show({ entries: [...known, ...made] });
  told();
  return made;
}

export async function rewrite(entry: Entry): Promise<void> {
  await (await kept()).put("entries", entry);
  show({ entries: state.entries.map((one) => (one.key === entry.key ? entry : one)) });
  told();
}

/** Give up refused entries: the person said so, after the server had answered. */
export async function giveUp(keys: readonly string[]): Promise<void> {
  const database = await kept();
  const writing = database.transaction("entries", "readwrite");
  for (const key of keys) await writing.store.delete(key);
  await writing.done;
  show({ entries: state.entries.filter((one) => !keys.includes(one.key)) });
  await tidy();
  told();
}

const DONE_SHOWN = 30;

/** Forget what is acknowledged and needed by nothing: entries but the newest few, photos sent, pictures of old tasks. */
async function tidy(): Promise<void> {
  const tasks: readonly Task[] = state.tasks?.tasks ?? [];
  const over = state.entries.filter((entry) => isOver(entry, state.entries, tasks));
  const old = over.sort((one, other) => other.seq - one.seq).slice(DONE_SHOWN);
  const database = await kept();
  const open = needed(state.entries);
  const cases = new Set(tasks.map((task) => task.case.id));
  const shown = new Set(tasks.flatMap((task) => task.pictures.map((picture) => picture.sha256)));
  const writing = database.transaction(["entries", "photos", "shown"], "readwrite");
  for (const entry of old) await writing.objectStore("entries").delete(entry.key);
  for await (const row of writing.objectStore("photos"))
    if (row.value.sent && !open.has(row.key) && !cases.has(row.value.caseId)) await row.delete();
  for await (const row of writing.objectStore("shown")) if (!shown.has(row.key)) await row.delete();
  await writing.done;
  if (old.length > 0) show({ entries: state.entries.filter((entry) => !old.includes(entry)) });
}

/** Log-out: everything goes but what was not sent yet, with its photos. The same person finds it again. */
export async function wipe(): Promise<void> {
  const database = await kept();
  const open = needed(state.entries);
  const writing = database.transaction(["facts", "entries", "photos", "shown"], "readwrite");
  await writing.objectStore("facts").clear();
  await writing.objectStore("shown").clear();
  for await (const row of writing.objectStore("entries"))
    if (row.value.standing === "done") await row.delete();
  for await (const row of writing.objectStore("photos")) if (!open.has(row.key)) await row.delete();
  await writing.done;
  await load();
  told();
}
