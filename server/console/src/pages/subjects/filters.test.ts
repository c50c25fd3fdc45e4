import { describe, expect, it } from "vitest";
import { queryOf, readFilters } from "./filters";

describe("the filters of subjects", () => {
  it("read what they know and nothing else", () => {
    expect(readFilters({ q: "果", kind: "unknown", narrow: "pending" })).toEqual({
      q: "果",
      kind: undefined,
      narrow: "pending",
    });
  });
  it("ask only for what was chosen", () => {
    expect(queryOf(readFilters({}))).toEqual({});
    expect(queryOf(readFilters({ q: "  ", kind: "known" }))).toEqual({ kind: "known" });
    expect(queryOf(readFilters({ q: " 测试 ", narrow: "open_case" }))).toEqual({
      q: "测试",
      narrow: "open_case",
    });
  });
});
