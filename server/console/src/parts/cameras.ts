/** The cameras with their names, places and health, and the kinds of violation by name: for the map and the wall. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, body } from "../api/client";
import { useLanguage } from "../i18n";

/** `key` is `edge/camera`. `told`: an edge has told of it; others stand on the map alone. `state`: ok, lost, frozen, black, blurred, moved, unknown; `away`: its edge is offline. */
export interface Camera {
  readonly key: string;
  readonly edge: string;
  readonly id: string;
  readonly name: string;
  readonly told: boolean;
  readonly state: string;
  readonly since: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
}

interface Known {
  readonly edge_id: string;
  readonly id: string;
  readonly state: string;
  readonly since: string | null;
  readonly edge_online: boolean;
}
interface Placed {
  readonly edge_id: string;
  readonly camera_id: string;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
}

/** Cameras that edges told of and cameras that were put on the map, as one list by name; a name that several bear gets the id behind it. */
export function joined(known: readonly Known[], placed: readonly Placed[]): Camera[] {
  const places = new Map(placed.map((one) => [`${one.edge_id}/${one.camera_id}`, one]));
  const found = known.map((one): Camera => {
    const key = `${one.edge_id}/${one.id}`;
    const place = places.get(key);
    places.delete(key);
    const state = one.edge_online ? one.state : "away";
    return {
      key,
      edge: one.edge_id,
      id: one.id,
      name: place?.name || one.id,
      told: true,
      state,
      since: one.since,
      lon: place?.lon ?? null,
      lat: place?.lat ?? null,
    };
  });
  for (const [key, place] of places)
    found.push({
      key,
      edge: place.edge_id,
      id: place.camera_id,
      name: place.name || place.camera_id,
      told: false,
      state: "unknown",
      since: null,
      lon: place.lon,
      lat: place.lat,
    });
  const named = new Map<string, number>();
  for (const { name } of found) named.set(name, (named.get(name) ?? 0) + 1);
  const told = found.map((one) =>
    (named.get(one.name) ?? 0) > 1 ? { ...one, name: `${one.name} · ${one.id}` } : one,
  );
  return told.sort((a, b) => a.name.localeCompare(b.name, "zh-CN", { numeric: true }) || cmp(a.key, b.key));
}

const cmp = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Undefined until both answers are there. */
export function useCameras(): { data: Camera[] | undefined; error: Error | null; refetch: () => unknown } {
  const known = useQuery({ queryKey: ["cameras"], queryFn: () => body(api.GET("/api/cameras")) });
  const placed = useQuery({
    queryKey: ["cameras", "places"],
    queryFn: () => body(api.GET("/api/places/cameras")),
  });
  const data = useMemo(
    () => (known.data && placed.data ? joined(known.data, placed.data) : undefined),
    [known.data, placed.data],
  );
  const refetch = () => Promise.all([known.refetch(), placed.refetch()]);
  return { data, error: known.error ?? placed.error, refetch };
}

/** The name of a kind of violation; its id while the names are not there. */
export function useViolationName(): (id: string) => string {
  const language = useLanguage();
  const rules = useQuery({
    queryKey: ["law", "violations"],
    queryFn: () => body(api.GET("/api/violations")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => {
    const names = new Map(
      (rules.data ?? []).map((rule) => [rule.id, language === "en" ? rule.name.en : rule.name.zh]),
    );
    return (id) => names.get(id) ?? id;
  }, [rules.data, language]);
}
