/** Which moves a queue offers, in which order, and with what filled in. Pure. */
import type { PossibleMove, Queue as QueueKey, WaitingRead } from "../../api/schema";

/** Whose moves belong to a queue, by the state table's role. `overdue` only shows. */
const WHOSE: Readonly<Record<QueueKey, readonly string[]>> = {
  dispatch: ["dispatch"],
  check: ["verify"],
  legal: ["legal"],
  delegated: ["head"],
  close: ["leader"],
  unknown: ["leader"],
  approve: ["head"],
  end: ["head"],
  objected: ["head"],
  set_aside: ["head"],
  examine: ["officer"],
  hear: ["officer"],
  serve: ["officer"],
  redo: ["officer"],
  requests: ["superv"],
  void: ["superv"],
  suspended: [],
  overdue: [],
};
/** The ordinary way forward first; what is not named follows in the order of the table. */
const FIRST: readonly string[] = ["L8C1", "W8C2", "W8L1", "L1L4", "L1L3", "L3L4", "L4L5"];

export function offered(moves: readonly PossibleMove[], queue: QueueKey): PossibleMove[] {
  const whose = WHOSE[queue];
  const rank = (move: PossibleMove) => {
    const at = FIRST.indexOf(move.frm + move.to);
    return at < 0 ? FIRST.length : at;
  };
  return moves.filter((move) => whose.includes(move.who)).sort((a, b) => rank(a) - rank(b));
}

/** The states in which a case is still in the queue after a move of it: checking is begun, then ended. */
export function staysIn(queue: QueueKey, state: string): boolean {
  return queue === "check" && state === "W8";
}

const OUTCOME: Readonly<Record<string, string>> = {
  EXEMPT_T1_SHALL: "exempt_t1",
  T1_LEGAL_REVIEW: "exempt_t1",
  EXEMPT_T2_MAY: "exempt_t2",
  T2_LEGAL_REVIEW: "exempt_t2",
  NO_PENALTY_NO_FAULT: "no_penalty",
  NO_PENALTY_INCAPACITY: "no_penalty",
  NO_PENALTY_TIME_BARRED: "no_penalty",
};

/** What stands in the form before anybody types: the officer chosen, the outcome recommended. */
export function startOf(
  move: { readonly frm: string; readonly to: string },
  row: Pick<WaitingRead, "result">,
  officer: string,
): Record<string, unknown> {
  if (move.to === "W2" && officer !== "") return { assignee_id: officer };
  if (move.frm === "L4" && move.to === "L5") {
    const outcome = OUTCOME[row.result ?? ""];
    return outcome ? { outcome } : {};
  }
  return {};
}
