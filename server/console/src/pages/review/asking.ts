/** What a decision still needs to be told, and the choices that one key makes. Pure. */
import type { ReviewItem } from "../../api/schema";
import { confirming, type Does, type Told } from "./decision";
import {
  type DoubtKey,
  type FalseKey,
  recordedDoubt,
  recordedDuplicate,
  recordedFalse,
  recordedPermit,
  recordedTransfer,
} from "./words";

export type Asking = "false" | "permit" | "duplicate" | "unclear" | "transfer" | "file";
export const FALSE_KEYS: readonly FalseKey[] = [
  "light",
  "passing",
  "ground",
  "weather",
  "lens",
  "zone",
  "allowed",
  "other",
];
export const DOUBT_KEYS: readonly DoubtKey[] = ["dark", "site", "who", "ask", "other"];

/** One thing that can be chosen: `says` is shown as it is, `word` is a key of the room's words. */
export interface Choice {
  readonly says?: string;
  readonly word?: `false.${FalseKey}` | `doubt.${DoubtKey}`;
  readonly told: Told | null;
}

export interface Ready {
  readonly does: Does;
  readonly told: Told;
}

/** What a key of the bar does at once, or what must be asked first. */
export function begin(item: ReviewItem, what: Does | "confirm"): Ready | Asking {
  const does = what === "confirm" ? confirming(item) : what;
  if (does === "remind") return { does, told: {} };
  if (does === "file") return item.needs_reason ? "file" : { does, told: {} };
  if (does === "permit") {
    const only = live(item);
    return only.length === 1 && only[0] ? { does, told: { reason: recordedPermit(only[0]) } } : "permit";
  }
  return does;
}

/** Numbers of the permits that may allow the act: live in this zone; else those that are active at all. */
function live(item: ReviewItem): readonly string[] {
  const answering = item.permits.filter((permit) => permit.answer === "unmeasured");
  return answering.map((permit) => permit.number || permit.id);
}

/** The choices for digits 1, 2, …; `told: null` asks for words. */
export function choices(item: ReviewItem, asking: Asking): readonly Choice[] {
  switch (asking) {
    case "false":
      return FALSE_KEYS.map((key) => ({
        word: `false.${key}`,
        told: key === "other" ? null : { reason: recordedFalse(key) },
      }));
    case "unclear":
      return DOUBT_KEYS.map((key) => ({
        word: `doubt.${key}`,
        told: key === "other" ? null : { reason: recordedDoubt(key) },
      }));
    case "duplicate":
      return item.same_place.map((one) => ({
        says: one.number,
        told: { duplicateOf: one.id, reason: recordedDuplicate(one.number) },
      }));
    case "permit":
      return item.permits
        .filter((permit) => permit.status === "active")
        .map((permit) => {
          const number = permit.number || permit.id;
          return { says: number, told: { reason: recordedPermit(number) } };
        });
    default:
      return [];
  }
}

/** Whether the words typed go along with what is asked. */
export function takesText(asking: Asking): boolean {
  return asking !== "duplicate";
}

export function fromText(asking: Asking, text: string): Told {
  if (asking === "transfer") return { authority: text, reason: recordedTransfer(text) };
  return { reason: text };
}
