/** Cameras of a plan as the page edits them. Pure. */
import type { CameraForm, CameraPlanned, EffectiveCamera, PlanFault, PlanState } from "../../api/schema";
import { copied, freeId, type Polygon } from "../../parts/drawing";

export interface Zone {
  readonly id: string;
  readonly name: string;
  readonly polygon: Polygon;
  readonly violations: readonly string[];
}
export interface GroundPoint {
  readonly image: readonly [number, number];
  readonly world_m: readonly [number, number];
}
export interface Camera {
  readonly id: string;
  readonly name: string;
  /** Without user and password; "" when the edge's own file names it. */
  readonly address: string;
  readonly transport: "tcp" | "udp";
  readonly interval_s: number;
  readonly zones: readonly Zone[];
  readonly ground: readonly GroundPoint[] | null;
  readonly lens: { readonly k1: number; readonly aspect: number };
  readonly probe_id: string | null;
}
export type Cameras = readonly Camera[];

/** A zone of another place that can be copied: its polygon and what is watched there. */
export interface Source {
  readonly key: string;
  readonly camera: string;
  readonly zone: Zone;
}

/** The cameras that people plan: of the open draft, else of the version in force. */
export function planned(state: PlanState): Cameras {
  return (state.draft?.cameras ?? state.newest?.cameras ?? []).map(read);
}

function read(camera: CameraPlanned): Camera {
  return {
    id: camera.id,
    name: camera.name,
    address: camera.address,
    transport: camera.transport === "udp" ? "udp" : "tcp",
    interval_s: camera.interval_s,
    zones: camera.zones.map(zoneOf),
    ground: camera.ground,
    lens: camera.lens,
    probe_id: camera.probe_id ?? null,
  };
}

function zoneOf(zone: { id: string; name?: string; polygon?: number[][]; violations?: string[] }): Zone {
  const polygon = (zone.polygon ?? []).map(([x = 0, y = 0]) => [x, y] as const);
  return { id: zone.id, name: zone.name ?? "", polygon, violations: zone.violations ?? [] };
}

function running(camera: EffectiveCamera): Camera {
  return {
    id: camera.id,
    name: camera.name ?? "",
    address: "",
    transport: camera.transport ?? "tcp",
    interval_s: camera.interval_s,
    zones: (camera.zones ?? []).map(zoneOf),
    ground: camera.ground ?? null,
    lens: camera.lens ?? { k1: 0, aspect: 16 / 9 },
    probe_id: null,
  };
}

/** The camera as it is planned, else as the edge runs it; null when neither knows it. */
export function found(state: PlanState, cameras: Cameras, id: string): Camera | null {
  const runs = state.effective?.cameras?.find((one) => one.id === id);
  return cameras.find((one) => one.id === id) ?? (runs ? running(runs) : null);
}

/** With this camera in the place of the one with its id, or behind all others. */
export function withCamera(cameras: Cameras, camera: Camera): Cameras {
  const known = cameras.some((one) => one.id === camera.id);
  return known ? cameras.map((one) => (one.id === camera.id ? camera : one)) : [...cameras, camera];
}

export function withZone(camera: Camera, zone: Zone): Camera {
  const known = camera.zones.some((one) => one.id === zone.id);
  const zones = known
    ? camera.zones.map((one) => (one.id === zone.id ? zone : one))
    : [...camera.zones, zone];
  return { ...camera, zones };
}

export function withoutZone(camera: Camera, id: string): Camera {
  return { ...camera, zones: camera.zones.filter((zone) => zone.id !== id) };
}

/** A zone just drawn; the first violation that can be measured is not chosen for people: they choose. */
export function drawn(camera: Camera, polygon: Polygon): Zone {
  const id = freeId(
    "zone",
    camera.zones.map((zone) => zone.id),
  );
  return { id, name: "", polygon, violations: [] };
}

/** A copy of a zone for this camera: beside the original when it is of the same camera, in its place when of another. */
export function copyOf(camera: Camera, source: Source): Zone {
  const zone = drawn(camera, source.zone.polygon);
  const polygon = source.camera === camera.id ? copied(source.zone.polygon) : source.zone.polygon;
  return { ...zone, name: source.zone.name, polygon, violations: source.zone.violations };
}

/** Every zone of the edge that could be copied, this camera's own first. */
export function sources(state: PlanState, cameras: Cameras, here: Camera): Source[] {
  const others = (state.effective?.cameras ?? [])
    .filter((one) => !cameras.some((camera) => camera.id === one.id))
    .map(running);
  const rest = [...cameras, ...others].filter((one) => one.id !== here.id);
  return [here, ...rest].flatMap((camera) =>
    camera.zones.map((zone) => ({ key: `${camera.id}/${zone.id}`, camera: camera.id, zone })),
  );
}

/** As it is sent: the address stays what the server knows. */
export function form(camera: Camera): CameraForm {
  return {
    id: camera.id,
    name: camera.name,
    address: null,
    transport: camera.transport,
    interval_s: camera.interval_s,
    zones: camera.zones.map((zone) => ({
      id: zone.id,
      name: zone.name,
      polygon: zone.polygon.map(([x, y]): [number, number] => [x, y]),
      violations: [...zone.violations],
    })),
    ground:
      camera.ground?.map((point) => ({
        image: [...point.image] as [number, number],
        world_m: [...point.world_m] as [number, number],
      })) ?? null,
    lens: { ...camera.lens },
    probe_id: camera.probe_id,
  };
}

/** What is wrong with a camera (or one zone of it): in the draft, else as the edge refused the version in force. */
export function faultsOf(state: PlanState, camera: string, zone?: string): PlanFault[] {
  const refused = state.newest?.answer === "refused" ? state.newest.faults : [];
  const all = state.draft ? [...state.draft.faults, ...refused] : refused;
  return all.filter((fault) => fault.camera_id === camera && (zone === undefined || fault.zone_id === zone));
}
