/** What the map asks of the server, by layer: a layer that is not shown is not asked for. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, body } from "../../api/client";
import { useCameras } from "../../parts/cameras";
import type { Shape } from "./style";
import { ofCamera, ofCase, ofGround, ringOf, type Thing, type View, type Which } from "./things";

const MOST = 1000;
const CLOSED_MS = 30 * 86_400_000;
const SLOW_MS = 5 * 60_000;
const FIELD = ["W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9", "WX"] as const;
const LAW = ["L1", "L2", "L3", "L4", "L5", "L8", "L9"] as const;

function casesOf(which: Which, now: number) {
  if (which === "closed")
    return { open_only: false, closed_from: new Date(now - CLOSED_MS).toISOString(), limit: MOST };
  const states = { open: [], overdue: [], waiting: ["A0", "A1"], reminded: ["W0"], field: FIELD, law: LAW }[
    which
  ];
  return { state: [...states] as ("A1" | "W0")[], overdue: which === "overdue", limit: MOST };
}

/** The style, everything on the map in one list (cases first), the shapes of each layer, and the numbers. */
export function useAsked(view: View, minute: number) {
  const shows = (layer: "premises" | "permits" | "zones" | "areas") => ({
    enabled: view.layers.has(layer),
    staleTime: SLOW_MS,
  });
  const style = useQuery({
    queryKey: ["map-style"],
    queryFn: () => body(api.GET("/api/map")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const cameras = useCameras();
  const cases = useQuery({
    queryKey: ["map", "cases", view.which],
    queryFn: () => body(api.GET("/api/map/cases", { params: { query: casesOf(view.which, Date.now()) } })),
    placeholderData: keepPreviousData,
  });
  const premises = useQuery({
    queryKey: ["subjects", "map"],
    queryFn: () => body(api.GET("/api/map/premises")),
    ...shows("premises"),
  });
  const permits = useQuery({
    queryKey: ["permits", "map"],
    queryFn: () => body(api.GET("/api/map/permits")),
    ...shows("permits"),
  });
  const zones = useQuery({
    queryKey: ["cameras", "zones"],
    queryFn: () => body(api.GET("/api/places/zones")),
    ...shows("zones"),
  });
  const areas = useQuery({ queryKey: ["areas"], queryFn: allAreas, ...shows("areas") });
  const things = useMemo((): Thing[] => {
    const now = minute * 60_000;
    return [
      ...(cases.data?.items ?? []).map((row) => ofCase(row, now)),
      ...(cameras.data ?? []).flatMap(ofCamera),
      ...(permits.data ?? []).map((row) => ofGround("permits", row)),
      ...(premises.data ?? []).map((row) => ofGround("premises", row)),
    ];
  }, [cases.data, cameras.data, permits.data, premises.data, minute]);
  const shapes = useMemo((): Record<string, readonly Shape[]> => {
    const named = (id: string, title: string, polygon: Area["polygon"]): Shape => ({
      id,
      title,
      polygon: ringOf(polygon),
    });
    return {
      areas: view.layers.has("areas") ? (areas.data ?? []).map((a) => named(a.code, a.name, a.polygon)) : [],
      zones: view.layers.has("zones")
        ? (zones.data ?? []).map((z) =>
            named(`${z.edge_id}/${z.camera_id}/${z.zone_id}`, z.zone_id, z.polygon),
          )
        : [],
      premises: view.layers.has("premises")
        ? (premises.data ?? []).map((p) => named(`premises:${p.subject_id}`, p.subject_name, p.polygon))
        : [],
      permits: view.layers.has("permits")
        ? (permits.data ?? []).map((p) => named(`permit:${p.id}`, p.number, p.polygon))
        : [],
    };
  }, [view.layers, areas.data, zones.data, premises.data, permits.data]);
  const asked = [style, cameras, cases];
  const failed = asked.find((one) => one.error !== null);
  return { style: style.data, things, shapes, cases: cases.data, failed };
}

interface Area {
  readonly code: string;
  readonly name: string;
  readonly polygon: readonly (readonly number[])[];
}

async function allAreas(): Promise<Area[]> {
  const found: Area[] = [];
  for (let after: string | null | undefined; found.length < 5000; ) {
    const query = after ? { after, limit: 500 } : { limit: 500 };
    const page = await body(api.GET("/api/places/areas", { params: { query } }));
    found.push(...page.items);
    if (page.next === null) break;
    after = page.next;
  }
  return found;
}
