/** What lies on the map and stands in the list beside it: one kind of thing for both, so that they cannot differ. Pure. */

import type { MapCaseRead, MapPermitRead, MapPremisesRead, MapRead } from "../../api/schema";
import type { Search } from "../../app/search";
import type { Camera } from "../../parts/cameras";
import type { LonLat } from "../../parts/datum";

/** Answers as they come: the API's document knows pairs of numbers, the client's types only lists of them. */
type Ring = readonly (readonly number[])[];
export type Premises = Omit<MapPremisesRead, "polygon"> & { readonly polygon: Ring };
export type PermitGround = Omit<MapPermitRead, "polygon"> & { readonly polygon: Ring };
export type MapStyle = Omit<MapRead, "bounds"> & { readonly bounds: readonly number[] | null };

export const LAYERS = ["cases", "cameras", "premises", "permits", "zones", "areas"] as const;
export type Layer = (typeof LAYERS)[number];
export const PHASES = ["waiting", "reminded", "field", "law", "closed"] as const;
export type Phase = (typeof PHASES)[number];
export const WHICH = ["open", ...PHASES, "overdue"] as const;
export type Which = (typeof WHICH)[number];

/** `id` is `case:…`, `camera:edge/camera`, `premises:…`, `permit:…`. Places are WGS-84. */
export interface Thing {
  readonly id: string;
  readonly layer: Layer;
  readonly title: string;
  readonly tone: string;
  readonly late: boolean;
  readonly point: LonLat;
  readonly sought: string;
  readonly of: MapCaseRead | Camera | Premises | PermitGround;
}

export interface View {
  readonly centre: LonLat | undefined;
  readonly zoom: number | undefined;
  readonly layers: ReadonlySet<Layer>;
  readonly which: Which;
  readonly text: string;
  readonly inSight: boolean;
  readonly at: string;
}

const PLAIN: readonly Layer[] = ["cases", "cameras", "zones", "areas"];

export function readView(search: Search): View {
  const [lon, lat] = (search.c ?? "").split(",").map(Number);
  const zoom = Number(search.z);
  const placed = lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
  const layers = search.layers?.split(",") ?? PLAIN;
  return {
    centre: placed ? [lon, lat] : undefined,
    zoom: search.z !== undefined && zoom >= 0 && zoom <= 22 ? zoom : undefined,
    layers: new Set(LAYERS.filter((layer) => layers.includes(layer))),
    which: WHICH.find((one) => one === search.which) ?? "open",
    text: search.q ?? "",
    inSight: search.sight === "1",
    at: search.at ?? "",
  };
}

/** Only what differs from the plain map. */
export function writeView(view: View): Search {
  const layers = LAYERS.filter((layer) => view.layers.has(layer)).join(",");
  return {
    c: view.centre?.map((degrees) => degrees.toFixed(5)).join(","),
    z: view.zoom?.toFixed(1),
    layers: layers === PLAIN.join(",") ? undefined : layers || "none",
    which: view.which === "open" ? undefined : view.which,
    q: view.text || undefined,
    sight: view.inSight ? "1" : undefined,
    at: view.at || undefined,
  };
}

/** Where in its life a case is. */
export function phaseOf(state: string, open: boolean): Phase {
  if (!open) return "closed";
  if (state.startsWith("A")) return "waiting";
  if (state === "W0") return "reminded";
  return state.startsWith("L") ? "law" : "field";
}

export function ofCase(row: MapCaseRead, now: number): Thing {
  return {
    id: `case:${row.id}`,
    layer: "cases",
    title: row.subject_name || row.number,
    tone: phaseOf(row.state, row.is_open),
    late: row.is_open && row.due_at !== null && Date.parse(row.due_at) < now,
    point: [row.lon, row.lat],
    sought: `${row.number} ${row.subject_name} ${row.state_zh} ${row.state_en} ${row.item_code ?? ""} ${row.camera_id}`,
    of: row,
  };
}

/** Nothing for a camera that is on no map. */
export function ofCamera(camera: Camera): Thing[] {
  if (camera.lon === null || camera.lat === null) return [];
  return [
    {
      id: `camera:${camera.key}`,
      layer: "cameras",
      title: camera.name,
      tone: camera.state === "ok" ? "well" : camera.state === "unknown" ? "unsure" : "ill",
      late: false,
      point: [camera.lon, camera.lat],
      sought: `${camera.name} ${camera.key}`,
      of: camera,
    },
  ];
}

export function ofGround(layer: "premises" | "permits", row: Premises | PermitGround): Thing {
  const [id, more] =
    "number" in row ? [`permit:${row.id}`, row.number] : [`premises:${row.subject_id}`, row.address];
  return {
    id,
    layer,
    title: row.subject_name,
    tone: layer,
    late: false,
    point: middle(ringOf(row.polygon)),
    sought: `${row.subject_name} ${more}`,
    of: row,
  };
}

/** The corners of an answer; the API's document says no more of a pair than that it holds numbers. */
export function ringOf(polygon: readonly (readonly number[])[]): LonLat[] {
  return polygon.map(([lon = 0, lat = 0]) => [lon, lat]);
}

/** The same for a box; undefined for none. */
export function boxOf(bounds: readonly number[] | null): Box | undefined {
  const [west, south, east, north] = bounds ?? [];
  if (west === undefined || south === undefined || east === undefined || north === undefined)
    return undefined;
  return [west, south, east, north];
}

/** The middle of a polygon's box: where its name stands. */
export function middle(polygon: readonly LonLat[]): LonLat {
  const [lons, lats] = [polygon.map((corner) => corner[0]), polygon.map((corner) => corner[1])];
  const half = (all: readonly number[]) => (Math.min(...all) + Math.max(...all)) / 2;
  return [half(lons), half(lats)];
}

export type Box = readonly [number, number, number, number];

/** Those of the layers shown that fit the text, and lie in sight where that is asked. */
export function fitting(things: readonly Thing[], view: View, sight: Box | undefined): Thing[] {
  const words = view.text.toLowerCase().split(/\s+/).filter(Boolean);
  return things.filter((thing) => {
    if (!view.layers.has(thing.layer)) return false;
    const text = thing.sought.toLowerCase();
    if (!words.every((word) => text.includes(word))) return false;
    if (!view.inSight || sight === undefined) return true;
    const [lon, lat] = thing.point;
    return sight[0] <= lon && lon <= sight[2] && sight[1] <= lat && lat <= sight[3];
  });
}

/** The box around all points; undefined for none. */
export function around(points: readonly LonLat[]): Box | undefined {
  if (points.length === 0) return undefined;
  const [lons, lats] = [points.map((point) => point[0]), points.map((point) => point[1])];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
