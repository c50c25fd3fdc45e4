/** What waits to be sent: one entry for each thing a person decided, with the key that goes with every try. */

/** A value that the server gave in answer to an earlier entry of the same chain. */
export interface Later {
  readonly $answer: string;
  readonly take: "id" | "number";
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Where a body goes. `move` needs the version of the case as If-Match; `from` is the state it was decided in. */
export type Route =
  | { readonly kind: "move"; readonly caseId: string; readonly from: string; readonly to: string }
  | { readonly kind: "document"; readonly caseId: string }
  | { readonly kind: "pledge"; readonly caseId: string }
  | { readonly kind: "verdict"; readonly caseId: string }
  | { readonly kind: "report" };

/** Why the server did not take it. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  /** `field: allowed` for each value that was wrong. */
  readonly problems: readonly string[];
  /** What became of the case meanwhile, when that is why. */
  readonly stateNow?: string;
  readonly versionNow?: number;
}

/** What later entries of the chain need of an answer. */
export interface Answer {
  readonly version?: number;
  readonly id?: string;
  readonly number?: string;
  readonly state?: string;
}

/** `waiting` to be sent, `refused` by the server, `done`: acknowledged. */
export type Standing = "waiting" | "refused" | "done";

export interface Entry {
  /** The Idempotency-Key: made once, when the person decided, never again. */
  readonly key: string;
  /** The order in which things were decided on this phone. */
  readonly seq: number;
  /** Whose it is: nobody else's session sends it. */
  readonly person: string;
  /** What must go in order: the case, or the entry's own key for what stands alone. */
  readonly chain: string;
  /** What people read in the list: a number, a name. */
  readonly about: string;
  readonly route: Route;
  readonly body: Json;
  /** Files that must lie on the server before. */
  readonly files: readonly string[];
  /** The version of the case on which the person decided. */
  readonly version?: number;
  readonly madeAt: string;
  readonly standing: Standing;
  readonly tries: number;
  /** Not before this moment (ms), after the server asked for patience. */
  readonly notBefore: number;
  readonly refusal?: Refusal;
  readonly answer?: Answer;
  readonly doneAt?: string;
}

export type Draft = Pick<Entry, "chain" | "about" | "route" | "body" | "files"> & {
  readonly version?: number;
  readonly key?: string;
};
