/** Which moves may be made for several cases at once, and of which cases. Pure.
 *
 * Safe is what no law hangs on and what can be put right: sorting out false alarms and duplicates before anything was
 * filed, and giving filed cases to an officer. Never in bulk: what decides something, what a document or a photo goes
 * with, and what one of the four eyes does; each of those is looked at by itself.
 */

export type BulkName = "falseAlarm" | "duplicate" | "assign";
export interface BulkMove {
  readonly name: BulkName;
  readonly frm: string;
  readonly to: string;
  readonly who: string;
  readonly needsReason: boolean;
}
export const BULK: readonly BulkMove[] = [
  { name: "falseAlarm", frm: "A1", to: "A3", who: "seat", needsReason: true },
  { name: "duplicate", frm: "A1", to: "A2", who: "seat", needsReason: true },
  { name: "assign", frm: "W1", to: "W2", who: "dispatch", needsReason: false },
];

export type Why = "decides" | "document" | "fourEyes" | "oneByOne";
const DECIDERS = new Set(["leader", "head", "legal"]);
const WITH_PAPERS = new Set(["W4W6", "W4W7", "W6W7", "W5C7", "WXW9", "W8L1", "W8C2", "L5C1"]);

/** Why a move is never made in bulk; null when it may be. */
export function whyNever(frm: string, to: string, who: string): Why | null {
  if (BULK.some((move) => move.frm === frm && move.to === to)) return null;
  if (WITH_PAPERS.has(frm + to)) return "document";
  if (who === "verify") return "fourEyes";
  if (DECIDERS.has(who) || to.startsWith("C") || to === "V") return "decides";
  return "oneByOne";
}

export interface Candidate {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly version: number;
  readonly district: string;
  readonly camera_id: string;
  readonly zone_id: string;
  readonly violation: string;
  readonly urgent: boolean;
  readonly void_asked_by: string | null;
}
export type Out = "otherState" | "urgent" | "voidAsked" | "otherDistrict" | "otherPlace";
export interface Offer<C extends Candidate> {
  readonly move: BulkMove;
  readonly can: readonly C[];
  readonly cannot: readonly { readonly row: C; readonly why: Out }[];
}

/** The bulk moves that somebody with these roles is offered for these cases, each with the cases it leaves out. */
export function offers<C extends Candidate>(rows: readonly C[], roles: readonly string[]): Offer<C>[] {
  return BULK.filter((move) => roles.includes(move.who)).flatMap((move) => {
    const first = rows.find((row) => row.state === move.frm);
    if (first === undefined) return [];
    const judged = rows.map((row) => ({ row, why: whyNot(move, row, first) }));
    const can = judged.filter((one) => one.why === null).map((one) => one.row);
    const cannot = judged.flatMap(({ row, why }) => (why === null ? [] : [{ row, why }]));
    return move.name === "duplicate" && can.length < 2 ? [] : [{ move, can, cannot }];
  });
}

function whyNot(move: BulkMove, row: Candidate, first: Candidate): Out | null {
  if (row.state !== move.frm) return "otherState";
  if (row.void_asked_by !== null) return "voidAsked";
  if (move.name === "falseAlarm" && row.urgent) return "urgent";
  if (move.name === "assign" && row.district !== first.district) return "otherDistrict";
  if (move.name === "duplicate" && !isSamePlace(row, first)) return "otherPlace";
  return null;
}

/** The same act is claimed of the same place: one camera, one violation. */
function isSamePlace(one: Candidate, other: Candidate): boolean {
  return (
    one.camera_id === other.camera_id && one.violation === other.violation && one.district === other.district
  );
}
