/** The map itself: loaded after the page stands, told what lies where, and asked what is pointed at. */
import type * as GeoJSON from "geojson";
import type { GeoJSONSource, Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";

import { isAt, type LonLat, shownAt } from "../../parts/datum";
import { DARK, LIGHT, namesOf, POINTED, pointsOf, type Shape, shapesOf, styleOf } from "./style";
import { around, type Box, boxOf, type MapStyle, type Thing } from "./things";
import { useWords } from "./words";

export interface Sight {
  readonly centre: LonLat;
  readonly zoom: number;
  readonly box: Box;
}

/** From here on no cases are drawn together. */
const APART = 18.1;

interface Props {
  readonly map: MapStyle;
  readonly dark: boolean;
  readonly begin: { readonly centre: LonLat | undefined; readonly zoom: number | undefined };
  readonly things: readonly Thing[];
  readonly shapes: Readonly<Record<string, readonly Shape[]>>;
  readonly chosen: Thing | undefined;
  readonly pointed: Thing | undefined;
  readonly point: (id: string) => void;
  readonly choose: (id: string) => void;
  readonly moved: (sight: Sight) => void;
}

export function Ground(props: Props) {
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  const told = useRef(props);
  told.current = props;
  const [drawn, setDrawn] = useState<MapLibre>();
  const [failed, setFailed] = useState(false);
  const { map, dark, things, shapes, chosen, pointed } = props;
  useEffect(() => {
    let over = false;
    let made: MapLibre | undefined;
    const title = t("map.label");
    const start = async () => {
      const { Ground: Made } = await import("../../parts/maplibre");
      if (over || box.current === null) return;
      const { begin } = told.current;
      const bounds = boxOf(map.bounds) ?? around(told.current.things.map((thing) => thing.point));
      made = new Made({
        container: box.current,
        style: styleOf(map, dark ? DARK : LIGHT),
        attributionControl: false,
        maxZoom: Math.max(map.max_zoom, 20),
        dragRotate: false,
        pitchWithRotate: false,
        locale: { "Map.Title": title },
        ...(begin.centre
          ? { center: [...shownAt(begin.centre, map.crs)] as [number, number], zoom: begin.zoom ?? 15 }
          : bounds
            ? { bounds: shownBox(bounds, map.crs), fitBoundsOptions: { padding: 60, maxZoom: 17 } }
            : {}),
      });
      made.touchZoomRotate.disableRotation();
      made.on("error", (event) => console.warn(event.error.message));
      listen(made, map, told);
      made.once("load", () => {
        if (!over) setDrawn(made);
      });
    };
    start().catch(() => setFailed(true));
    return () => {
      over = true;
      setDrawn(undefined);
      made?.remove();
    };
  }, [map, dark, t]);

  useEffect(() => {
    if (drawn === undefined) return;
    for (const layer of ["cases", "cameras"] as const)
      fill(
        drawn,
        layer,
        pointsOf(
          things.filter((thing) => thing.layer === layer),
          map.crs,
        ),
      );
    for (const [name, all] of Object.entries(shapes)) fill(drawn, name, shapesOf(all, map.crs));
    fill(drawn, "names", namesOf(shapes.areas ?? [], map.crs));
    if (box.current) box.current.dataset.drawn = String(things.length);
  }, [drawn, things, shapes, map.crs]);

  useEffect(() => {
    if (drawn === undefined) return;
    const marks = pointsOf(pointed && pointed !== chosen ? [pointed] : [], map.crs);
    if (chosen) {
      const [ring] = pointsOf([chosen], map.crs).features;
      if (ring) marks.features.push({ ...ring, properties: { ...ring.properties, chosen: true } });
    }
    for (const mark of marks.features) mark.properties = { chosen: false, ...mark.properties };
    fill(drawn, "mark", marks);
  }, [drawn, chosen, pointed, map.crs]);

  const at = chosen?.id;
  useEffect(() => {
    const to = told.current.chosen;
    if (drawn === undefined || to === undefined || at === undefined) return;
    const place = [...shownAt(to.point, map.crs)] as [number, number];
    // On a narrow page the card of what was chosen covers the lower half.
    const narrow = drawn.getContainer().clientWidth < 520;
    if (narrow || !drawn.getBounds().contains(place) || drawn.getZoom() < 14)
      drawn.easeTo({
        center: place,
        zoom: Math.max(drawn.getZoom(), narrow ? APART : 16),
        offset: narrow ? [0, -drawn.getContainer().clientHeight / 4] : [0, 0],
        duration: 400,
      });
  }, [drawn, at, map.crs]);

  if (failed)
    return (
      <div className="map-ground map-failed" role="alert">
        <b>{t("map.failed")}</b>
        <p>{t("map.failedHint")}</p>
      </div>
    );
  const step = (by: number) => drawn?.easeTo({ zoom: drawn.getZoom() + by, duration: 200 });
  const all = () => {
    const bounds = around(things.map((thing) => thing.point));
    if (bounds) drawn?.fitBounds(shownBox(bounds, map.crs), { padding: 60, maxZoom: 17, duration: 400 });
  };
  return (
    <div className="map-ground">
      <div ref={box} className="map-canvas" />
      {drawn ? null : <p className="map-loading">{t("map.loading")}</p>}
      <div className="map-buttons">
        <button type="button" aria-label={t("map.in")} title={t("map.in")} onClick={() => step(1)}>
          +
        </button>
        <button type="button" aria-label={t("map.out")} title={t("map.out")} onClick={() => step(-1)}>
          −
        </button>
        <button type="button" aria-label={t("map.all")} title={t("map.all")} onClick={all}>
          ⤢
        </button>
      </div>
      <small className="map-whose">{map.attribution || t("map.plain")}</small>
    </div>
  );
}

function fill(map: MapLibre, name: string, data: GeoJSON.FeatureCollection): void {
  (map.getSource(name) as GeoJSONSource | undefined)?.setData(data);
}

const shownBox = (
  [west, south, east, north]: Box,
  datum: MapStyle["crs"],
): [number, number, number, number] => {
  const [low, high] = [shownAt([west, south], datum), shownAt([east, north], datum)];
  return [low[0], low[1], high[0], high[1]];
};

function listen(made: MapLibre, map: MapStyle, told: { current: Props }): void {
  const under = (event: MapMouseEvent) =>
    made.queryRenderedFeatures(event.point, { layers: [...POINTED, "clusters"] })[0];
  made.on("mousemove", (event) => {
    const found = under(event);
    made.getCanvas().style.cursor = found ? "pointer" : "";
    told.current.point(String(found?.properties.id ?? ""));
  });
  made.on("mouseout", () => told.current.point(""));
  made.on("click", (event) => {
    const found = under(event);
    if (found === undefined) return;
    if (found.properties.cluster) void open(made, found);
    else told.current.choose(String(found.properties.id));
  });
  made.on("moveend", () => {
    const { lng, lat } = made.getCenter();
    const sight = made.getBounds();
    const [low, high] = [sight.getSouthWest(), sight.getNorthEast()];
    told.current.moved({
      centre: isAt([lng, lat], map.crs),
      zoom: made.getZoom(),
      box: [...isAt([low.lng, low.lat], map.crs), ...isAt([high.lng, high.lat], map.crs)] as unknown as Box,
    });
  });
}

/** Nearer, until the cases of a cluster stand apart. */
async function open(made: MapLibre, cluster: GeoJSON.Feature): Promise<void> {
  const source = made.getSource("cases") as GeoJSONSource;
  const zoom = await source.getClusterExpansionZoom(Number(cluster.properties?.cluster_id));
  const [lon = 0, lat = 0] = (cluster.geometry as GeoJSON.Point).coordinates;
  made.easeTo({ center: [lon, lat], zoom: zoom + 0.4, duration: 400 });
}
