import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { faultOf } from "./faults";

const IMPORTS = resolve(import.meta.dirname, "../../../../subjects/imports");
/** Every plain text that the server gives as what is allowed. */
const told = ["checking.py", "planning.py"].flatMap((file) =>
  [
    ...readFileSync(resolve(IMPORTS, file), "utf-8").matchAll(
      /(?:report|_fault)\((?:[^"\n]|"[^"]*", )*f?"([^"]+)"\)/g,
    ),
  ].map((found) => (found[1] as string).replace(/\{[^}]*\}/g, "X")),
);

describe("what may stand in a cell", () => {
  it("is known for every text of the server", () => {
    expect(told.length).toBeGreaterThan(12);
    expect(told.filter((text) => faultOf(text) === null)).toEqual([]);
  });
  it("keeps what is particular", () => {
    expect(faultOf("check character H, or a reason in the column 代码校验说明")).toEqual({
      key: "check",
      what: "H",
    });
    expect(faultOf("the name of its other rows, '甲店（合成）'")).toEqual({
      key: "otherName",
      what: "甲店（合成）",
    });
    expect(faultOf("something new")).toBeNull();
  });
});
