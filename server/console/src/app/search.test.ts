import { describe, expect, it } from "vitest";
import { readSearch, writeSearch } from "./search";

describe("the address", () => {
  it("comes back as it was written", () => {
    const view = { state: "A1,W0", text: "果 & 蔬", n: "007" };
    expect(readSearch(writeSearch(view))).toEqual(view);
  });
  it("says nothing of what is not chosen", () => {
    expect(writeSearch({ a: undefined, b: "", c: null })).toBe("");
  });
});
