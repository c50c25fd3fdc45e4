/** How the ground and what lies on it are drawn: MapLibre styles made from plain values. Nothing is loaded by name:
 * without `glyphs` letters come from the fonts of the machine, and there is no sprite. Pure. */
import type * as GeoJSON from "geojson";
import type { FilterSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

import { type LonLat, shownAt } from "../../parts/datum";
import { type Box, boxOf, type MapStyle, middle, type Thing } from "./things";

export const COLOURS: Readonly<Record<string, string>> = {
  waiting: "#e8590c",
  reminded: "#d19a00",
  field: "#1971c2",
  law: "#7048e8",
  closed: "#74827b",
  well: "#2b8a3e",
  ill: "#e03131",
  unsure: "#868e96",
  premises: "#0b7285",
  permits: "#2f9e44",
};
const FONT = ["Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "sans-serif"];
const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
export const SOURCES = [
  "areas",
  "names",
  "zones",
  "premises",
  "permits",
  "cameras",
  "cases",
  "mark",
] as const;
/** Layers whose things can be pointed at. */
export const POINTED = ["cameras", "cases", "premises", "permits"] as const;

interface Look {
  readonly paper: string;
  readonly line: string;
  readonly ink: string;
  readonly halo: string;
}
export const LIGHT: Look = { paper: "#eef1ee", line: "#d5dcd7", ink: "#16211c", halo: "#ffffff" };
export const DARK: Look = { paper: "#131a17", line: "#24302b", ink: "#e6ede9", halo: "#0b100e" };

/** The whole style. `words` follow the language of the page. */
export function styleOf(map: MapStyle, look: Look): StyleSpecification {
  const style: StyleSpecification = { version: 8, sources: {}, layers: [] };
  style.layers.push({ id: "paper", type: "background", paint: { "background-color": look.paper } });
  if (map.tiles.length === 0) {
    style.sources.grid = { type: "geojson", data: graticule(boxOf(map.bounds) ?? [119.9, 31.7, 120, 31.8]) };
    style.layers.push({ id: "grid", type: "line", source: "grid", paint: { "line-color": look.line } });
  }
  map.tiles.forEach((tiles, at) => {
    const more = { maxzoom: map.max_zoom, attribution: map.attribution };
    style.sources[`tiles-${at}`] = { type: "raster", tiles: [...tiles], tileSize: map.tile_size, ...more };
    style.layers.push({ id: `tiles-${at}`, type: "raster", source: `tiles-${at}` });
  });
  for (const name of SOURCES) style.sources[name] = { type: "geojson", data: EMPTY };
  style.sources.cases = {
    type: "geojson",
    data: EMPTY,
    cluster: true,
    clusterRadius: 38,
    clusterMaxZoom: 17,
  };
  style.layers.push(...shapes(look), ...points(look));
  return style;
}

function shapes(look: Look): LayerSpecification[] {
  const fill = (id: string, colour: string, opacity: number): LayerSpecification[] => [
    { id, type: "fill", source: id, paint: { "fill-color": colour, "fill-opacity": opacity } },
    { id: `${id}-edge`, type: "line", source: id, paint: { "line-color": colour, "line-width": 1.4 } },
  ];
  return [
    ...fill("areas", "#8a9a92", 0.08),
    {
      id: "areas-name",
      type: "symbol",
      source: "names",
      layout: { "text-field": ["get", "title"], "text-size": 12, "text-font": FONT },
      paint: {
        "text-color": look.ink,
        "text-opacity": 0.7,
        "text-halo-color": look.halo,
        "text-halo-width": 1,
      },
    },
    ...fill("zones", "#e8a20c", 0.22),
    ...fill("premises", COLOURS.premises ?? "", 0.25),
    ...fill("permits", COLOURS.permits ?? "", 0.25),
  ];
}

function points(look: Look): LayerSpecification[] {
  const colour: [string, ...unknown[]] = [
    "match",
    ["get", "tone"],
    ...Object.entries(COLOURS).flat(),
    "#000",
  ];
  const tone = colour as unknown as string;
  const single: FilterSpecification = ["!", ["has", "point_count"]];
  const label = { "text-color": look.ink, "text-halo-color": look.halo, "text-halo-width": 1.4 };
  return [
    {
      id: "cameras",
      type: "circle",
      source: "cameras",
      paint: {
        "circle-radius": 14,
        "circle-color": look.halo,
        "circle-stroke-color": tone,
        "circle-stroke-width": 3,
      },
    },
    {
      id: "cameras-name",
      type: "symbol",
      source: "cameras",
      minzoom: 15,
      layout: {
        "text-field": ["get", "title"],
        "text-size": 12,
        "text-offset": [0, 1.5],
        "text-anchor": "top",
        "text-font": FONT,
      },
      paint: label,
    },
    {
      id: "clusters",
      type: "circle",
      source: "cases",
      filter: ["has", "point_count"],
      paint: {
        "circle-color": "#343a40",
        "circle-stroke-color": "#fff",
        "circle-stroke-width": 2,
        "circle-radius": ["step", ["get", "point_count"], 15, 20, 20, 100, 26],
      },
    },
    {
      id: "clusters-count",
      type: "symbol",
      source: "cases",
      filter: ["has", "point_count"],
      layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": 13, "text-font": FONT },
      paint: { "text-color": "#fff" },
    },
    {
      id: "cases",
      type: "circle",
      source: "cases",
      filter: single,
      paint: {
        "circle-color": tone,
        "circle-radius": 8,
        "circle-stroke-color": ["case", ["get", "late"], "#e03131", "#fff"],
        "circle-stroke-width": ["case", ["get", "late"], 4, 2],
      },
    },
    {
      id: "mark",
      type: "circle",
      source: "mark",
      paint: {
        "circle-radius": 21,
        "circle-opacity": 0,
        "circle-stroke-color": look.ink,
        "circle-stroke-width": ["case", ["get", "chosen"], 4, 2],
      },
    },
  ];
}

/** Lines every 0.002 degrees around a box: something to see how far things are apart where there is no map. */
export function graticule([west, south, east, north]: Box): GeoJSON.FeatureCollection {
  const step = 0.002;
  const [left, right] = [Math.floor(west / step) - 30, Math.ceil(east / step) + 30];
  const [low, high] = [Math.floor(south / step) - 30, Math.ceil(north / step) + 30];
  const lines: GeoJSON.Position[][] = [];
  const at = (index: number) => index * step;
  const every = Math.max(1, Math.ceil(Math.max(right - left, high - low) / 400));
  for (let x = left; x <= right; x += every)
    lines.push([
      [at(x), at(low)],
      [at(x), at(high)],
    ]);
  for (let y = low; y <= high; y += every)
    lines.push([
      [at(left), at(y)],
      [at(right), at(y)],
    ]);
  const geometry: GeoJSON.MultiLineString = { type: "MultiLineString", coordinates: lines };
  return { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry }] };
}

type Datum = MapStyle["crs"];

/** The name of each shape at its middle: once, however many tiles the shape lies in. */
export function namesOf(shapes: readonly Shape[], datum: Datum): GeoJSON.FeatureCollection {
  const features = shapes.map(({ title, polygon }): GeoJSON.Feature => {
    const geometry: GeoJSON.Point = { type: "Point", coordinates: [...shownAt(middle(polygon), datum)] };
    return { type: "Feature", properties: { title }, geometry };
  });
  return { type: "FeatureCollection", features };
}

export function pointsOf(things: readonly Thing[], datum: Datum): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: things.map((thing) => ({
      type: "Feature",
      properties: { id: thing.id, title: thing.title, tone: thing.tone, late: thing.late },
      geometry: { type: "Point", coordinates: [...shownAt(thing.point, datum)] },
    })),
  };
}

export interface Shape {
  readonly id: string;
  readonly title: string;
  readonly polygon: readonly LonLat[];
}

export function shapesOf(shapes: readonly Shape[], datum: Datum): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: shapes
      .filter((shape) => shape.polygon.length > 2)
      .map(({ id, title, polygon }) => {
        const ring = [...polygon, polygon[0] as LonLat].map((corner) => [...shownAt(corner, datum)]);
        return {
          type: "Feature",
          properties: { id, title },
          geometry: { type: "Polygon", coordinates: [ring] },
        };
      }),
  };
}
