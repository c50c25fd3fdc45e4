/** From what a person decided to what is written down: entries with their keys, kept before anything is shown. */
import type { Seen } from "./asif";
import { stamp } from "./clock";
import type { OwnPhoto } from "./kept/db";
import { decide as keep } from "./kept/state";
import type { Draft, Json } from "./outbox/entry";
import { wake } from "./outbox/sync";

export interface Moved {
  readonly to: string;
  readonly reason?: string;
  readonly fields?: Readonly<Record<string, Json>>;
}

/** A move of a case in the state and version in which the person saw it. */
export function moveOf(seen: Seen, moved: Moved, files: readonly string[] = []): Draft {
  const { task, state, version } = seen;
  const body: Json = {
    to: moved.to,
    reason: moved.reason ?? "",
    fields: moved.fields ?? {},
    done_at: stamp(),
  };
  const route = { kind: "move", caseId: task.case.id, from: state, to: moved.to } as const;
  return { chain: task.case.id, about: task.case.number, route, body, files, version };
}

/** Keep what was decided, then let it go out. The photos are kept already, or are kept with it. */
export async function hand(drafts: readonly Draft[], photos: readonly OwnPhoto[] = []): Promise<void> {
  await keep(drafts, photos);
  wake();
}

export async function decide(seen: Seen, moved: Moved, files: readonly string[] = []): Promise<void> {
  await hand([moveOf(seen, moved, files)]);
}
