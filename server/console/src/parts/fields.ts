/** What a move must tell, from its JSON Schema: the inputs of its form, and the fields from what was filled in. Pure. */

export type Kind =
  | "text"
  | "flag"
  | "maybe"
  | "choice"
  | "choices"
  | "texts"
  | "photos"
  | "person"
  | "certificates"
  | "subject"
  | "case"
  | "item"
  | "items"
  | "moment"
  | "number"
  | "place";

export interface Input {
  readonly name: string;
  readonly kind: Kind;
  readonly required: boolean;
  /** Of a choice: the values in order. */
  readonly values: readonly string[];
  /** Of a text: at most so long; of several: at least so many. */
  readonly longest?: number;
  readonly atLeast?: number;
  /** What it is when nobody says otherwise. */
  readonly given?: unknown;
}
export type Filled = Readonly<Record<string, unknown>>;
type Node = { readonly [key: string]: unknown };

const NAMED: Readonly<Record<string, Kind>> = {
  photos: "photos",
  assignee_id: "person",
  officers: "certificates",
  subject_id: "subject",
  duplicate_of: "case",
  item_code: "item",
  also_item_codes: "items",
};

/** The inputs in the order of the schema; longitude and latitude are one place. */
export function inputsOf(schema: Node): Input[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Node>>;
  const required = new Set((schema.required ?? []) as readonly string[]);
  const defs = (schema.$defs ?? {}) as Readonly<Record<string, Node>>;
  const found: Input[] = [];
  for (const [name, raw] of Object.entries(properties)) {
    if (name === "lat" && "lon" in properties) continue;
    if (name === "lon" && "lat" in properties) {
      found.push({ name: "place", kind: "place", required: required.has("lon"), values: [] });
      continue;
    }
    const { node, nullable } = plain(raw, defs);
    found.push(input(name, node, nullable, required.has(name), defs, raw));
  }
  return found;
}

function input(
  name: string,
  node: Node,
  nullable: boolean,
  required: boolean,
  defs: Readonly<Record<string, Node>>,
  raw: Node,
): Input {
  const items = node.items ? plain(node.items as Node, defs).node : undefined;
  const values = (node.enum ?? items?.enum ?? []) as readonly string[];
  const atLeast = typeof node.minItems === "number" ? { atLeast: node.minItems } : {};
  const longest = typeof node.maxLength === "number" ? { longest: node.maxLength } : {};
  const given = raw.default === undefined || raw.default === null ? {} : { given: raw.default };
  return {
    name,
    kind: kindOf(name, node, nullable, items),
    required,
    values,
    ...atLeast,
    ...longest,
    ...given,
  };
}

function kindOf(name: string, node: Node, nullable: boolean, items: Node | undefined): Kind {
  const named = NAMED[name];
  if (named !== undefined) return named;
  if (node.type === "array") return items?.enum ? "choices" : "texts";
  if (node.enum) return "choice";
  if (node.type === "boolean") return nullable ? "maybe" : "flag";
  if (node.type === "number" || node.type === "integer") return "number";
  return node.format === "date-time" ? "moment" : "text";
}

/** The schema itself behind references and "or null". */
function plain(node: Node, defs: Readonly<Record<string, Node>>): { node: Node; nullable: boolean } {
  if (typeof node.$ref === "string") {
    const named = defs[node.$ref.split("/").at(-1) ?? ""];
    return named === undefined ? { node, nullable: false } : plain(named, defs);
  }
  const any = node.anyOf as readonly Node[] | undefined;
  if (any === undefined) return { node, nullable: false };
  const real = any.filter((one) => one.type !== "null");
  const only = real[0];
  if (only === undefined) return { node, nullable: true };
  return { node: plain(only, defs).node, nullable: real.length < any.length };
}

/** The facts that officers establish, which most moves do not need: shown behind "more". */
export function isFurther(one: Input): boolean {
  return !one.required && FINDINGS.has(one.name);
}
const FINDINGS = new Set(
  "vio evidence_sufficient ours crime incap nofault obstruct refused correctable refused_to_sign minor guardian_present intent alert_order_refused party_role area_m2 area_m2_sigma also_item_codes harm sev pledge_signed".split(
    " ",
  ),
);

/** The required inputs that nothing was told for. */
export function missing(inputs: readonly Input[], filled: Filled): string[] {
  return inputs.filter((one) => isNeeded(one) && !isTold(one, filled[one.name])).map((one) => one.name);
}

function isNeeded(one: Input): boolean {
  return one.required || (one.atLeast ?? 0) > 0;
}

function isTold(one: Input, value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  if (Array.isArray(value))
    return value.filter((each) => each !== "").length >= Math.max(1, one.atLeast ?? 1);
  return true;
}

/** The `fields` of the request: what was told, and nothing else. Texts are trimmed, empty ones left out. */
export function fieldsOf(inputs: readonly Input[], filled: Filled): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  for (const one of inputs) {
    const value = filled[one.name];
    if (one.kind === "place") {
      if (typeof value === "object" && value !== null) Object.assign(told, value);
    } else if (Array.isArray(value)) {
      const kept = value
        .map((each) => (typeof each === "string" ? each.trim() : each))
        .filter((each) => each !== "");
      if (kept.length > 0) told[one.name] = kept;
    } else if (typeof value === "string") {
      if (value.trim() !== "") told[one.name] = value.trim();
    } else if (value !== undefined && value !== null) told[one.name] = value;
  }
  return told;
}

/** `lon, lat` or `lat, lon` as people paste them (China lies east of 73° and south of 54°), else nothing. */
export function placeOf(text: string): { lon: number; lat: number } | null {
  const numbers = text.match(/-?\d+(?:\.\d+)?/g)?.map(Number);
  const [a, b] = numbers ?? [];
  if (numbers?.length !== 2 || a === undefined || b === undefined) return null;
  const place = Math.abs(a) > 90 || (a > 73 && b < 54) ? { lon: a, lat: b } : { lon: b, lat: a };
  return Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180 ? place : null;
}

/** The key of a move's words: `A1A3`. */
export function nameOf(move: { readonly frm: string; readonly to: string }) {
  return `${move.frm}${move.to}` as "A1A3";
}
