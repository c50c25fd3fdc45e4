import { describe, expect, it } from "vitest";
import type { MapCaseRead } from "../../api/schema";
import { around, fitting, middle, ofCamera, ofCase, ofGround, phaseOf, readView, writeView } from "./things";

const NOW = Date.parse("2026-11-20T02:00:00Z");
const row = (changes: Partial<MapCaseRead>): MapCaseRead => ({
  id: "1",
  number: "N1",
  state: "A1",
  state_zh: "待研判",
  state_en: "to be reviewed",
  is_open: true,
  urgent: false,
  district: "local",
  edge_id: "e",
  camera_id: "cam",
  violation: "outdoor_display",
  item_code: null,
  subject_id: "s",
  subject_name: "测试面馆",
  opened_at: "2026-11-20T01:00:00Z",
  due_at: null,
  lon: 119.9,
  lat: 31.7,
  where: "zone",
  ...changes,
});
const camera = (lon: number | null, state: string) => ({
  key: "e/c",
  edge: "e",
  id: "c",
  name: "南门",
  state,
  told: true,
  since: null,
  lon,
  lat: lon,
});

describe("the address", () => {
  it("says the view and comes back the same", () => {
    const search = {
      c: "119.97000,31.78000",
      z: "15.5",
      layers: "cases,permits",
      which: "law",
      q: "面馆",
      sight: "1",
      at: "case:1",
    };
    expect(writeView(readView(search))).toEqual(search);
  });
  it("is bare for the plain map; what it cannot mean is passed over", () => {
    expect(Object.values(writeView(readView({}))).filter(Boolean)).toEqual([]);
    const odd = readView({ c: "x,1", z: "99", layers: "cases,<x>", which: "?" });
    expect([odd.centre, odd.zoom, [...odd.layers], odd.which]).toEqual([
      undefined,
      undefined,
      ["cases"],
      "open",
    ]);
  });
  it("can say that no layer is wanted", () => {
    expect(readView(writeView({ ...readView({}), layers: new Set() })).layers.size).toBe(0);
  });
});

it.each([
  ["A1", true, "waiting"],
  ["W0", true, "reminded"],
  ["W4", true, "field"],
  ["WX", true, "field"],
  ["L3", true, "law"],
  ["A3", false, "closed"],
  ["C1", false, "closed"],
])("a case in %s is %s", (state, open, phase) => {
  expect(phaseOf(state as string, open as boolean)).toBe(phase);
});

describe("things", () => {
  it("are late only while they are open", () => {
    const due_at = "2026-11-20T01:59:59Z";
    expect(ofCase(row({ due_at }), NOW).late).toBe(true);
    expect(ofCase(row({ due_at, state: "C1", is_open: false }), NOW).late).toBe(false);
    expect(ofCase(row({}), NOW).late).toBe(false);
  });
  it("have a place, or are not on the map", () => {
    expect(ofCamera(camera(null, "ok"))).toEqual([]);
    expect(ofCamera(camera(1, "away"))[0]?.tone).toBe("ill");
    expect(
      middle([
        [1, 1],
        [3, 1],
        [3, 5],
      ]),
    ).toEqual([2, 3]);
    expect(around([])).toBeUndefined();
    expect(
      around([
        [1, 5],
        [3, 2],
      ]),
    ).toEqual([1, 2, 3, 5]);
  });
  it("are found by every word, in the layers shown, in sight where asked", () => {
    const permit = ofGround("permits", {
      id: "p",
      number: "P-7",
      subject_id: "s",
      subject_name: "测试面馆",
      status: "active",
      hours: "",
      valid_to: "",
      polygon: [
        [119.9, 31.7],
        [119.9, 31.7],
        [119.9, 31.7],
      ],
    });
    const all = [ofCase(row({}), NOW), ...ofCamera(camera(100, "ok")), permit];
    const view = readView({ layers: "cases,cameras,permits" });
    const ids = (changes: object, sight?: [number, number, number, number]) =>
      fitting(all, { ...view, ...changes }, sight).map((one) => one.id);
    expect(ids({})).toEqual(["case:1", "camera:e/c", "permit:p"]);
    expect(ids({ text: "面馆 p-7" })).toEqual(["permit:p"]);
    expect(ids({ layers: new Set(["cameras"]) })).toEqual(["camera:e/c"]);
    expect(ids({ inSight: true }, [119, 31, 120, 32])).toEqual(["case:1", "permit:p"]);
    expect(ids({ inSight: true })).toHaveLength(3);
  });
});
