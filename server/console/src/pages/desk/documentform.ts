/** What a kind of document takes, from its JSON Schema, and the fields to send from what was filled in. Pure. */

export type Kind = "line" | "text" | "moment" | "choice" | "document" | "officers";
export interface Input {
  readonly name: string;
  readonly kind: Kind;
  readonly values: readonly string[];
  readonly longest: number;
}
export interface Officer {
  readonly name: string;
  readonly certificate: string;
}
export type Filled = Readonly<Record<string, unknown>>;
type Node = Readonly<Record<string, unknown>>;
const LONG = 500;

/** What is said of this kind alone comes first; what any document takes after it. */
export function inputsOf(schema: Node): Input[] {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Node>>;
  const found = Object.entries(properties).map(([name, node]) => inputOf(name, node));
  const common = new Set(["officers", "address", "representative", "phone", "place", "refused_to_sign"]);
  const own = found.filter((input) => !common.has(input.name));
  return [...own, ...found.filter((input) => common.has(input.name))];
}

function inputOf(name: string, node: Node): Input {
  const any = (node.anyOf ?? [node]) as readonly Node[];
  const one = any.find((part) => part.type !== "null") ?? node;
  const values = Array.isArray(one.enum) ? (one.enum as string[]) : [];
  const longest = typeof one.maxLength === "number" ? one.maxLength : 200;
  return { name, kind: kindOf(name, one, values, longest), values, longest };
}

function kindOf(name: string, one: Node, values: readonly string[], longest: number): Kind {
  if (name === "officers") return "officers";
  if (name === "document_id") return "document";
  if (values.length > 0) return "choice";
  if (one.format === "date-time") return "moment";
  return longest > LONG ? "text" : "line";
}

/** What was told; empty texts and officers without a number are left out. */
export function toldOf(inputs: readonly Input[], filled: Filled): Record<string, unknown> {
  const told: Record<string, unknown> = {};
  for (const { name, kind } of inputs) {
    const value = filled[name];
    if (kind === "officers") {
      const officers = ((value ?? []) as Officer[])
        .map((one) => ({ name: one.name.trim(), certificate: one.certificate.trim() }))
        .filter((one) => one.name !== "" || one.certificate !== "");
      if (officers.length > 0) told[name] = officers;
    } else if (typeof value === "string" && value.trim() !== "") told[name] = value.trim();
  }
  return told;
}

/** What the server says is missing, in its own words. */
export function lackingOf(facts: Node): string[] {
  const missing = Array.isArray(facts.missing) ? (facts.missing as Node[]) : [];
  return missing.map((one) => (typeof one === "string" ? one : String(one.todo ?? one.what ?? "")));
}
