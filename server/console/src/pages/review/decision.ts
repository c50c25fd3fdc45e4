/** What a monitor can say of a case, and the move that each makes. Pure. */

import { newKey } from "../../api/keys";
import type { ActionRequest, ReviewItem } from "../../api/schema";

export type Does = "remind" | "file" | "false" | "permit" | "duplicate" | "unclear" | "transfer";
export type To = ActionRequest["to"];

/** One decision, whole: it can be sent by whoever finds it. `at` in ms; `to` null leaves the case where it is. */
export interface Decided {
  readonly key: string;
  readonly person: string;
  readonly caseId: string;
  readonly number: string;
  readonly version: number;
  readonly does: Does;
  readonly to: To | null;
  readonly reason: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly at: number;
}

export const MOVES: Record<Does, To | null> = {
  remind: "W0",
  file: "W1",
  false: "A3",
  permit: "A2",
  duplicate: "A2",
  transfer: "C5",
  unclear: null,
};

/** Confirmed: a reminder where it is open and nothing speaks for more, else the case is filed. */
export function confirming(item: ReviewItem): "remind" | "file" {
  return item.advice.can_remind && item.advice.does !== "file" ? "remind" : "file";
}

export interface Told {
  readonly reason?: string;
  readonly duplicateOf?: string;
  readonly authority?: string;
}

export function decided(item: ReviewItem, does: Does, told: Told, person: string, at: number): Decided {
  const fields: Record<string, unknown> = {};
  if (told.duplicateOf !== undefined) fields.duplicate_of = told.duplicateOf;
  if (told.authority !== undefined) fields.authority = told.authority;
  return {
    key: newKey(at),
    person,
    caseId: item.case.id,
    number: item.case.number,
    version: item.case.version,
    does,
    to: MOVES[does],
    reason: told.reason ?? "",
    fields,
    at,
  };
}
