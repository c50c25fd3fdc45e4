import { describe, expect, it } from "vitest";
import { at, blank, GROUPS, put, shown, written } from "./fields";

describe("a field", () => {
  it("is put where it lies, and nothing else moves", () => {
    const item = { code: "CG-01", harm_ceiling: { area_m2: 4, text: "a" } };
    const changed = put(item, "harm_ceiling.area_m2", 3);
    expect(changed).toEqual({ code: "CG-01", harm_ceiling: { area_m2: 3, text: "a" } });
    expect(item.harm_ceiling.area_m2).toBe(4);
    expect(at(put({}, "a.b.c", 1), "a.b.c")).toBe(1);
  });
  it("comes back as it was written", () => {
    for (const [value, kind] of [
      [4.5, "number"],
      [["14", "36(2)"], "lines"],
      ["x", "text"],
      [null, "whole"],
    ] as const)
      expect(written(shown(value, kind), kind)).toEqual(value);
  });
  it("keeps what is not a number for the server to refuse", () => {
    expect(written("four", "number")).toBe("four");
    expect(written(" ", "number")).toBeNull();
  });
});

describe("the groups", () => {
  it("name each place once", () => {
    const places = GROUPS.flatMap((group) => group.fields.map((field) => `${group.list ?? ""}/${field.at}`));
    expect(new Set(places).size).toBe(places.length);
  });
  it("make an empty entry with every field", () => {
    const fines = GROUPS.find((group) => group.list === "fines");
    expect(Object.keys(blank(fines?.fields ?? []))).toEqual(fines?.fields.map((field) => field.at));
  });
});
