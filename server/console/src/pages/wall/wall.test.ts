import { describe, expect, it } from "vitest";
import { joined } from "../../parts/cameras";
import { age, byCamera, grid, midnight, readView, shown, writeView } from "./wall";

const known = (id: string, state = "ok", edge_online = true) => ({
  edge_id: "e",
  id,
  state,
  since: null,
  edge_online,
});
const place = (camera_id: string, name: string) => ({ edge_id: "e", camera_id, name, lon: 1, lat: 2 });

describe("the cameras", () => {
  it("are joined with their places, and one that no edge told of is there too", () => {
    const all = joined([known("b"), known("a", "black", false)], [place("b", "南门"), place("c", "")]);
    expect(all.map((one) => [one.key, one.name, one.state, one.lon, one.told])).toEqual([
      ["e/b", "南门", "ok", 1, true],
      ["e/a", "a", "away", null, true],
      ["e/c", "c", "unknown", 1, false],
    ]);
  });
});

it("tells cameras of one name apart", () => {
  const all = joined([known("a"), known("b")], [place("a", "南门"), place("b", "南门")]);
  expect(all.map((one) => one.name)).toEqual(["南门 · a", "南门 · b"]);
});

describe("what is shown", () => {
  const all = joined(
    ["a", "b", "c", "d"].map((id) => known(id)),
    [],
  );
  const alerts = byCamera([
    { edge_id: "e", camera_id: "c", count: 1 },
    { edge_id: "e", camera_id: "d", count: 2 },
  ]);
  it("is all, those with alerts today ahead", () => {
    expect(shown(all, [], alerts).map((one) => one.id)).toEqual(["d", "c", "a", "b"]);
  });
  it("is what was chosen, in that order, without cameras that are gone", () => {
    expect(shown(all, ["e/b", "e/x", "e/a"], alerts).map((one) => one.id)).toEqual(["b", "a"]);
  });
});

describe("the address", () => {
  it("says the view and comes back the same", () => {
    const view = { cameras: ["e/a", "e/b"], size: 4, every: 60, focus: "e/a" };
    expect(readView(writeView(view))).toEqual(view);
  });
  it("is bare for the plain wall, and what it cannot mean is passed over", () => {
    expect(writeView(readView({}))).toEqual({});
    expect(readView({ cameras: "e/a,../x,<b>", size: "1000", every: "x" })).toEqual({
      ...readView({}),
      cameras: ["e/a"],
    });
  });
});

it.each([
  [9, 12, 3, 3],
  [9, 2, 2, 1],
  [16, 16, 4, 4],
  [6, 6, 3, 2],
  [9, 0, 1, 1],
  [1, 7, 1, 1],
])("%i tiles for %i cameras", (size, count, columns, rows) => {
  expect(grid(size, count)).toEqual({ columns, rows });
});

it("tells ages in the largest fitting unit", () => {
  expect([-5, 59_000, 130_000, 7_300_000].map(age)).toEqual([
    { n: 0, unit: "s" },
    { n: 59, unit: "s" },
    { n: 2, unit: "min" },
    { n: 2, unit: "h" },
  ]);
});

it("begins the day at midnight in the city", () => {
  expect(midnight(Date.parse("2026-11-19T15:59:59Z"))).toBe("2026-11-18T16:00:00.000Z");
  expect(midnight(Date.parse("2026-11-19T16:00:00Z"))).toBe("2026-11-19T16:00:00.000Z");
});
