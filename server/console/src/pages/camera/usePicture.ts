/** The picture to draw on: the newest still, else the picture of the try, else that of the newest alert. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, body } from "../../api/client";
import type { AlertRead, StillRead } from "../../api/schema";
import { useMe } from "../../app/session";

export const READERS = [
  "seat", "superv", "dispatch", "officer", "leader", "legal", "head", "verify", "auditor", "grid",
]; // biome-ignore format: one line reads better
const SOON_MS = 5_000;

export interface Picture {
  readonly kind: "still" | "probe" | "alert" | "none";
  readonly url: string | null;
  readonly at: string | null;
}

export function useStills() {
  return useQuery({
    queryKey: ["stills"],
    queryFn: () => body(api.GET("/api/stills")),
    refetchInterval: SOON_MS,
  });
}

/** Whether one may read alerts: administrators of machines may not. */
export function useMayRead(): boolean {
  return useMe()?.roles.some((role) => READERS.includes(role)) ?? false;
}

/** The newest alerts of a camera, newest first. */
export function useAlerts(edge: string, camera: string) {
  const may = useMayRead();
  return useQuery({
    queryKey: ["alerts", edge, camera],
    enabled: may,
    queryFn: () =>
      body(api.GET("/api/alerts", { params: { query: { edge_id: edge, camera_id: camera, limit: 1 } } })),
  });
}

/** Asks the edge for a still about every second while the page is open. */
export function useWatching(edge: string, camera: string, known: boolean): void {
  useEffect(() => {
    if (!known) return undefined;
    const ask = () =>
      void api
        .POST("/api/stills/watch", { body: { cameras: [{ edge_id: edge, camera_id: camera }] } })
        .catch(() => undefined);
    ask();
    const timer = setInterval(ask, 60_000);
    return () => clearInterval(timer);
  }, [edge, camera, known]);
}

/** The picture, held still until people ask for a newer one. */
export function usePicture(edge: string, camera: string, probe: string | null) {
  const stills = useStills();
  const alerts = useAlerts(edge, camera);
  const newest = stills.data?.find((one) => one.edge_id === edge && one.camera_id === camera) ?? null;
  const [held, setHeld] = useState<StillRead | null>(null);
  useEffect(() => {
    if (newest && held === null) setHeld(newest);
  }, [newest, held]);
  const alert = alerts.data?.items[0] ?? null;
  return {
    picture: chosen(edge, camera, held ?? newest, probe, alert, stills.isSuccess),
    alert,
    hasNewer: newest !== null && held !== null && newest.etag !== held.etag,
    renew: () => setHeld(newest),
  };
}

function chosen(
  edge: string,
  camera: string,
  still: StillRead | null,
  probe: string | null,
  alert: AlertRead | null,
  ready: boolean,
): Picture {
  if (still) {
    const url = `/api/stills/${edge}/${camera}?is=${encodeURIComponent(still.etag)}`;
    return { kind: "still", url, at: still.captured_at };
  }
  if (ready && probe) return { kind: "probe", url: `/api/edges/${edge}/probes/${probe}/picture`, at: null };
  if (ready && alert?.cover_report_id)
    return { kind: "alert", url: `/api/alerts/${alert.id}/thumbnail`, at: alert.raised_at };
  return { kind: "none", url: null, at: null };
}
