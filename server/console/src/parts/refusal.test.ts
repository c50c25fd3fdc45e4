import { describe, expect, it } from "vitest";
import { Problem } from "../api/client";
import { fieldOf, plainFacts, refusalOf } from "./refusal";

describe("a refusal", () => {
  it("is sorted by what it is about", () => {
    const problems = [
      { field: "fields.officers.1", value: "X", allowed: "a certificate on file" },
      { field: "reason", value: "", allowed: "a reason for this move" },
    ];
    const told = refusalOf(
      new Problem(422, "case.fields_invalid", "The input was not accepted", { problems }),
    );
    expect(told.faults).toEqual([
      { field: "officers", allowed: "a certificate on file" },
      { field: "reason", allowed: "a reason for this move" },
    ]);
  });
  it.each([
    ["body.fields.lat", "place"],
    ["fields.photos.0", "photos"],
    ["", ""],
  ])("%s is about %s", (path, field) => expect(fieldOf(path)).toBe(field));
  it("tells plain facts only", () => {
    const facts = { due_at: "2026", missing: ["a", "b"], problems: [], detail: "x", deep: {}, none: null };
    expect(plainFacts(facts)).toEqual([
      ["due_at", "2026"],
      ["missing", "a, b"],
    ]);
  });
});
