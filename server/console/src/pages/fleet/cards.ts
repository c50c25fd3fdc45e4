/** The cameras of an edge as cards: those that run, and those that are only planned yet. Pure. */
import type { CameraRead, PlanState, StillRead } from "../../api/schema";

export const STATES = ["ok", "lost", "frozen", "black", "blurred", "moved", "unknown"] as const;
export interface Card {
  readonly id: string;
  readonly name: string;
  readonly state: (typeof STATES)[number] | "planned" | "unwatched";
  readonly since: string | null;
  readonly detail: string;
  readonly zones: number;
  readonly rate: number | null;
  readonly frameAt: string | null;
  readonly picture: string | null;
}

export function cardsOf(
  edge: string,
  cameras: readonly CameraRead[],
  plan: PlanState | undefined,
  stills: readonly StillRead[],
): Card[] {
  const runs = new Map((plan?.effective?.cameras ?? []).map((camera) => [camera.id, camera]));
  const drafted = plan?.draft?.cameras ?? plan?.newest?.cameras ?? [];
  const cards = cameras.map((camera): Card => {
    const still = stills.find((one) => one.edge_id === edge && one.camera_id === camera.id);
    const known = runs.get(camera.id) ?? drafted.find((one) => one.id === camera.id);
    return {
      id: camera.id,
      name: camera.name || known?.name || camera.id,
      state: camera.watched ? (STATES.find((one) => one === camera.state) ?? "unknown") : "unwatched",
      since: camera.since,
      detail: camera.detail,
      zones: known?.zones?.length ?? 0,
      rate: camera.judged_per_s,
      frameAt: camera.last_frame_at,
      picture: still ? `/api/stills/${edge}/${camera.id}?is=${encodeURIComponent(still.etag)}` : null,
    };
  });
  const shown = new Set(cards.map((card) => card.id));
  const only = drafted
    .filter((camera) => !shown.has(camera.id))
    .map(
      (camera): Card => ({
        id: camera.id,
        name: camera.name || camera.id,
        state: "planned",
        since: null,
        detail: "",
        zones: camera.zones.length,
        rate: null,
        frameAt: null,
        picture: camera.probe_id ? `/api/edges/${edge}/probes/${camera.probe_id}/picture` : null,
      }),
    );
  return [...cards.filter((card) => card.state !== "unwatched" || card.zones > 0), ...only];
}
