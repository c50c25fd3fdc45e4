/** What the server refused, sorted by what it is about: one field of a form, or the whole of it. Pure. */
import type { Problem } from "../api/client";

export interface Fault {
  /** The name of the input, empty for the whole form. */
  readonly field: string;
  /** The server's words of what is allowed. */
  readonly allowed: string;
}
export interface Refusal {
  readonly code: string;
  readonly title: string;
  readonly faults: readonly Fault[];
  readonly facts: Readonly<Record<string, unknown>>;
}

export function refusalOf(error: Problem): Refusal {
  const problems = Array.isArray(error.facts.problems)
    ? (error.facts.problems as Record<string, unknown>[])
    : [];
  const faults = problems.map((problem) => ({
    field: fieldOf(String(problem.field ?? "")),
    allowed: String(problem.allowed ?? ""),
  }));
  return { code: error.code, title: error.title, faults, facts: error.facts };
}

/** `fields.officers.1` and `body.fields.officers.1` are about `officers`; longitude and latitude about the place. */
export function fieldOf(path: string): string {
  const parts = path.split(".").filter((part) => part !== "body" && part !== "fields" && !/^\d+$/.test(part));
  const first = parts[0] ?? "";
  return first === "lon" || first === "lat" ? "place" : first;
}

/** Facts that a person can use, as `name: value` of plain values. */
export function plainFacts(facts: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(facts).flatMap(([name, value]): [string, string][] => {
    if (name === "problems" || name === "detail" || value === null || value === "") return [];
    if (Array.isArray(value)) return [[name, value.map(String).join(", ")]];
    return typeof value === "object" ? [] : [[name, String(value)]];
  });
}
