import { describe, expect, it } from "vitest";
import type { PlanChange, PlanState, PlanVersionRead } from "../../api/schema";
import { best, changedAreas, rows } from "./areas";
import { grouped } from "./changes";
import { isMirrored, onMap } from "./geo";
import { asRectangle, complete, metres } from "./ground";
import { type Camera, copyOf, drawn, faultsOf, found, planned, sources, withCamera, withZone } from "./plan";
import { stepsOf } from "./steps";

const zone = {
  id: "zone-1",
  name: "",
  polygon: [
    [0.1, 0.1],
    [0.5, 0.1],
    [0.5, 0.5],
  ],
  violations: ["a"],
} as const;
const camera: Camera = {
  id: "cam-1",
  name: "A",
  address: "rtsp://***@h/a",
  transport: "tcp",
  interval_s: 5,
  zones: [zone],
  ground: null,
  lens: { k1: 0, aspect: 16 / 9 },
  probe_id: null,
};
const empty: PlanState = {
  edge_id: "e",
  online: true,
  violations: ["a"],
  effective: null,
  revision: 0,
  draft: null,
  newest: null,
};
const version: PlanVersionRead = {
  edge_id: "e",
  version: 1,
  sha256: "",
  note: "",
  made_from: null,
  made_by_name: "",
  made_at: "2026-11-20T02:00:00Z",
  cameras: [{ ...camera, zones: [] } as PlanVersionRead["cameras"][number]],
  changes: [],
  answer: "accepted",
  answered_at: null,
  faults: [],
};
const runs = {
  at: "2026-11-20T02:00:00Z",
  config: "",
  edge_version: "",
  schema_version: "1" as const,
  plan_version: null,
  violations: [],
  cameras: [
    {
      id: "cam-file",
      name: "F",
      origin: "file" as const,
      kind: "file" as const,
      address: "/a.mp4",
      transport: "tcp" as const,
      interval_s: 2,
      zones: [],
      ground: null,
      lens: { k1: 0, aspect: 1 },
      has_reference: false,
    },
  ],
};

describe("cameras of a plan", () => {
  it("are those of the draft, before those in force", () => {
    expect(planned(empty)).toEqual([]);
    expect(planned({ ...empty, newest: version }).map((one) => one.id)).toEqual(["cam-1"]);
  });
  it("of the edge's own file are taken over without an address", () => {
    const state = { ...empty, effective: runs };
    const taken = found(state, [], "cam-file");
    expect(taken?.address).toBe("");
    expect(found(state, [], "none")).toBeNull();
    expect(withCamera([camera], taken ?? camera)).toHaveLength(2);
  });
  it("get zones with ids of their own, and nothing chosen to be watched", () => {
    const next = drawn(camera, zone.polygon);
    expect(next).toMatchObject({ id: "zone-2", violations: [] });
    expect(withZone(camera, next).zones).toHaveLength(2);
    expect(withZone(camera, { ...zone, name: "x" }).zones).toHaveLength(1);
  });
});

describe("copies of zones", () => {
  const all = sources({ ...empty, effective: runs }, [camera], camera);
  it("keep what is watched, and move aside on the same camera", () => {
    const [own] = all;
    expect(own?.key).toBe("cam-1/zone-1");
    const copy = own ? copyOf(camera, own) : null;
    expect(copy).toMatchObject({ id: "zone-2", violations: ["a"] });
    expect(copy?.polygon[0]).toEqual([0.13, 0.13]);
  });
  it("stay in their place on another camera", () => {
    const other = { ...camera, id: "cam-2", zones: [] };
    expect(copyOf(other, { key: "", camera: "cam-1", zone }).polygon).toEqual(zone.polygon);
  });
});

it("shows faults of the draft and the edge's reasons at their zone", () => {
  const fault = {
    field: "",
    camera_id: "cam-1",
    zone_id: "zone-1",
    code: "edge_refused",
    text: "no",
    facts: {},
  };
  const state = { ...empty, newest: { ...version, answer: "refused" as const, faults: [fault] } };
  expect(faultsOf(state, "cam-1", "zone-1")).toEqual([fault]);
  expect(faultsOf(state, "cam-1", "zone-2")).toEqual([]);
  expect(faultsOf({ ...state, newest: { ...version, faults: [fault] } }, "cam-1")).toEqual([]);
});

describe("what comes next", () => {
  const now = (state: PlanState, one: Camera, hasPicture = true) =>
    stepsOf({ state, camera: one, hasPicture, hasAlert: false }).find((step) => step.state === "now")?.name;
  const draft = {
    revision: 1,
    cameras: version.cameras,
    changed_by_name: "",
    changed_at: version.made_at,
    faults: [],
    changes: [
      {
        kind: "camera_added",
        camera_id: "cam-1",
        camera_name: "",
        zone_id: "",
        zone_name: "",
        facts: {},
        zh: "",
        en: "",
      },
    ],
  };
  it.each([
    ["picture", now({ ...empty, draft }, { ...camera, zones: [] }, false)],
    ["zone", now({ ...empty, draft }, { ...camera, zones: [] })],
    ["violation", now({ ...empty, draft }, { ...camera, zones: [{ ...zone, violations: [] }] })],
    ["force", now({ ...empty, draft }, camera)],
    ["answer", now({ ...empty, newest: { ...version, answer: "waiting" } }, camera)],
  ])("is %s", (wanted, is) => {
    expect(is).toBe(wanted);
  });
});

it("tells changes camera by camera, violations by their names", () => {
  const change = (camera_id: string, zh: string, facts = {}): PlanChange => ({
    kind: "x", camera_id, camera_name: "", zone_id: "", zone_name: "", facts, zh, en: "on: a",
  }); // biome-ignore format: short
  const told = grouped(
    [change("c1", "开始看：a", { violation: "a" }), change("c2", "x"), change("c1", "y")],
    "zh-CN",
    (id) => `《${id}》`,
  );
  expect(told.map((group) => [group.camera, group.lines])).toEqual([
    ["c1", ["开始看：《a》", "y"]],
    ["c2", ["x"]],
  ]);
  expect(grouped([change("c1", "", { violation: "a" })], "en", () => "A")[0]?.lines).toEqual(["on: A"]);
});

describe("the ground", () => {
  const at = (x: string, y: string) => ({ image: [0.5, 0.5] as const, x, y });
  it("is known once four points have their metres", () => {
    const corners = asRectangle([at("", ""), at("", ""), at("", ""), at("", "")], "5,5", "2.5");
    expect(complete(corners)?.map((point) => point.world_m)).toEqual([
      [0, 0],
      [5.5, 0],
      [5.5, 2.5],
      [0, 2.5],
    ]);
    expect(complete([...corners, at("", "1")])).toBeNull();
    expect(complete(corners.slice(1))).toBeNull();
  });
  it.each([
    ["1,5", 1.5],
    ["-.5", -0.5],
    ["", null],
    ["1e9", null],
    ["5m", null],
    ["99999", null],
  ])("reads %s as %s", (text, value) => {
    expect(metres(text)).toBe(value);
  });
  it("lies on the map as its axes are turned", () => {
    const [east, north] = onMap(
      [
        [100, 0],
        [0, 100],
      ],
      [120, 0],
      90,
    );
    expect(east?.[0]).toBeCloseTo(120 + 100 / 111_319.49, 9);
    expect(north?.[1]).toBeCloseTo(100 / 111_319.49, 9);
    const [, south] = onMap(
      [
        [100, 0],
        [0, 100],
      ],
      [120, 0],
      90,
      true,
    );
    expect(south?.[1]).toBeCloseTo(-100 / 111_319.49, 9);
  });
  it("knows when its axes are the mirror of a map's", () => {
    expect(
      isMirrored([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ).toBe(true);
    expect(
      isMirrored([
        [1, 0, 0],
        [0, -1, 0],
        [0, 0, 1],
      ]),
    ).toBe(false);
  });
});

describe("areas of permits", () => {
  const area = (camera_id: string, ordinal: number) => ({
    edge_id: "e", camera_id, zone_id: "z", ordinal, polygon: [[0, 0], [0.1, 0], [0, 0.1]] as [number, number][],
  }); // biome-ignore format: short
  const permits = [{ id: "p", areas: [area("cam-1", 1), area("cam-2", 2)] }] as never;
  it("are sent whole: those of other cameras as they were", () => {
    const before = rows(permits, "e", "cam-1");
    expect(before.map((one) => one.key)).toEqual(["p/1"]);
    expect(changedAreas(permits, "e", "cam-1", before, before)).toEqual([]);
    const [sent] = changedAreas(
      permits,
      "e",
      "cam-1",
      before,
      before.map((one) => ({ ...one, zone: "y" })),
    );
    expect(sent?.[1].map((one) => [one.camera_id, one.zone_id])).toEqual([
      ["cam-2", "z"],
      ["cam-1", "y"],
    ]);
  });
  it("belong to the zone that holds most of their corners", () => {
    const far = {
      ...zone,
      id: "far",
      polygon: [
        [0.8, 0.8],
        [0.9, 0.8],
        [0.9, 0.9],
      ] as const,
    };
    expect(
      best(
        [
          [0.81, 0.805],
          [0.88, 0.82],
          [0.2, 0.15],
        ],
        [zone, far],
      )?.id,
    ).toBe("far");
  });
});
