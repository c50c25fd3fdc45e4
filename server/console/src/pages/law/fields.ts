/** The fields of an item as data: where each lies in the item and how it is written. Pure. */
import type { FieldKey, GroupKey } from "./words";

export type Kind = "text" | "long" | "number" | "whole" | "flag" | "date" | "lines" | readonly string[];
export interface Field {
  /** Its dotted place in the object. */
  readonly at: string;
  readonly says: FieldKey;
  readonly kind: Kind;
}
export interface Group {
  readonly says: GroupKey;
  readonly fields: readonly Field[];
  /** The place of a list of objects that have these fields; without it the fields lie in the item itself. */
  readonly list?: string;
}
export type Tree = { readonly [key: string]: unknown };

const verified = (of: string): Field => ({ at: `${of}verified`, says: "verified", kind: "flag" });
const basis: readonly Field[] = [
  { at: "law", says: "law", kind: "text" },
  { at: "articles", says: "articles", kind: "lines" },
  { at: "printed", says: "printed", kind: "lines" },
  { at: "note", says: "note", kind: "text" },
  verified(""),
];

export const TIERS = ["T1", "T1_FIRST", "T2", "T2_LEGAL", "BOTH", "PRE", "CORRECT_ONLY", "EXCLUDED"] as const;
export const CERTAINTIES = ["found", "found_similar", "proposed", "unknown"] as const;

export const GROUPS: readonly Group[] = [
  {
    says: "name",
    fields: [
      { at: "name.zh", says: "zh", kind: "text" },
      { at: "name.en", says: "en", kind: "text" },
      { at: "tier", says: "tier", kind: TIERS },
      { at: "certainty", says: "certainty", kind: CERTAINTIES },
      { at: "source", says: "source", kind: "long" },
      verified(""),
    ],
  },
  {
    says: "harm_ceiling",
    fields: [
      { at: "harm_ceiling.text", says: "text", kind: "long" },
      { at: "harm_ceiling.area_m2", says: "area_m2", kind: "number" },
      { at: "harm_ceiling.length_m", says: "length_m", kind: "number" },
      { at: "harm_ceiling.volume_m3", says: "volume_m3", kind: "number" },
      { at: "harm_ceiling.alert_levels", says: "alert_levels", kind: "lines" },
      verified("harm_ceiling."),
    ],
  },
  {
    says: "correction",
    fields: [
      { at: "correction.text", says: "text", kind: "text" },
      { at: "correction.minutes", says: "minutes", kind: "whole" },
      { at: "correction.at_most_minutes", says: "at_most_minutes", kind: "whole" },
      { at: "correction.alert_day_minutes", says: "alert_day_minutes", kind: "whole" },
      { at: "reminder_minutes", says: "reminder_minutes", kind: "whole" },
      verified("correction."),
    ],
  },
  {
    says: "look_back",
    fields: [
      { at: "look_back.months", says: "months", kind: "whole" },
      verified("look_back."),
      { at: "limitation.years", says: "years", kind: "whole" },
      verified("limitation."),
    ],
  },
  {
    says: "precondition",
    fields: [
      { at: "precondition.value", says: "value", kind: ["NONE", "REFUSAL_ONLY", "NO_FINE", "TBC"] },
      { at: "precondition.note", says: "note", kind: "text" },
      verified("precondition."),
    ],
  },
  { says: "offence_basis", list: "offence_basis", fields: basis },
  { says: "earlier_basis", list: "earlier_basis", fields: basis },
  { says: "exemption_basis", list: "exemption_basis", fields: basis },
  {
    says: "fines",
    list: "fines",
    fields: [
      { at: "law", says: "law", kind: "text" },
      { at: "articles", says: "articles", kind: "lines" },
      { at: "against", says: "against", kind: ["any", "individual", "unit"] },
      { at: "when", says: "when", kind: ["act", "refusal", "serious"] },
      { at: "min_yuan", says: "min_yuan", kind: "whole" },
      { at: "max_yuan", says: "max_yuan", kind: "whole" },
      { at: "note", says: "note", kind: "text" },
      verified(""),
    ],
  },
  {
    says: "other",
    fields: [
      { at: "legal_review", says: "legal_review", kind: "flag" },
      { at: "evidence", says: "evidence", kind: "lines" },
      { at: "education", says: "education", kind: "lines" },
      { at: "gb_event_code", says: "gb_event_code", kind: "lines" },
      { at: "penalty", says: "penalty", kind: "long" },
      { at: "nature_group", says: "nature_group", kind: "text" },
      { at: "nature_group_verified", says: "nature_group_verified", kind: "flag" },
    ],
  },
];

/** What lies at a dotted place; undefined where nothing does. */
export function at(tree: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, key) => (typeof value === "object" && value !== null ? (value as Tree)[key] : undefined),
      tree,
    );
}

/** A copy of the tree with another value at a dotted place. */
export function put(tree: Tree, path: string, value: unknown): Tree {
  const [first, ...rest] = path.split(".");
  if (first === undefined) return tree;
  if (rest.length === 0) return { ...tree, [first]: value };
  const inside = tree[first];
  const branch = typeof inside === "object" && inside !== null ? (inside as Tree) : {};
  return { ...tree, [first]: put(branch, rest.join("."), value) };
}

/** The value of a field as people write it. */
export function shown(value: unknown, kind: Kind): string {
  if (kind === "lines") return Array.isArray(value) ? value.join("\n") : "";
  return value === undefined || value === null ? "" : String(value);
}

/** What people wrote, as the list keeps it: no number is null, an empty line is no entry.
 *
 * What is not a number is kept as it was written, so that the server can say what is wrong with it.
 */
export function written(text: string, kind: Kind): unknown {
  if (kind === "lines")
    return text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  if (kind === "number" || kind === "whole") {
    if (text.trim() === "") return null;
    const number = Number(text);
    return Number.isFinite(number) ? number : text;
  }
  if (kind === "date") return text === "" ? null : text;
  return text;
}

/** An empty entry of a group's list. */
export function blank(fields: readonly Field[]): Tree {
  return fields.reduce<Tree>(
    (tree, field) => put(tree, field.at, field.kind === "flag" ? false : written("", field.kind)),
    {},
  );
}
