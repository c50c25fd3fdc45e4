/** Areas of permits on one camera, and what must be sent when they changed. Pure. */
import type { AreaCreate, PermitRead } from "../../api/schema";
import type { Point, Polygon } from "../../parts/drawing";
import type { Zone } from "./plan";

export interface Area {
  readonly key: string;
  readonly permit: string;
  readonly zone: string;
  readonly polygon: Polygon;
}

/** The areas that this camera sees. */
export function rows(permits: readonly PermitRead[], edge: string, camera: string): Area[] {
  return permits.flatMap((permit) =>
    permit.areas
      .filter((area) => area.edge_id === edge && area.camera_id === camera)
      .map((area) => ({
        key: `${permit.id}/${area.ordinal}`,
        permit: permit.id,
        zone: area.zone_id,
        polygon: area.polygon.map(([x = 0, y = 0]): Point => [x, y]),
      })),
  );
}

/** For each permit that changed: all of its areas anew, those of other cameras as they were. */
export function changedAreas(
  permits: readonly PermitRead[],
  edge: string,
  camera: string,
  before: readonly Area[],
  after: readonly Area[],
): [string, AreaCreate[]][] {
  const ids = new Set([...before, ...after].map((area) => area.permit));
  return [...ids].flatMap((id): [string, AreaCreate[]][] => {
    const [old, now] = [before, after].map((all) => all.filter((area) => area.permit === id));
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const elsewhere = (permits.find((permit) => permit.id === id)?.areas ?? []).filter(
      (area) => area.edge_id !== edge || area.camera_id !== camera,
    );
    const rest = elsewhere.map(({ edge_id, camera_id, zone_id, polygon }) => ({
      edge_id,
      camera_id,
      zone_id,
      polygon: pairs(polygon),
    }));
    const here = (now ?? []).map(({ zone, polygon }) => ({
      edge_id: edge,
      camera_id: camera,
      zone_id: zone,
      polygon: pairs(polygon),
    }));
    return [[id, [...rest, ...here]]];
  });
}

/** The zone that holds most corners of a polygon. */
export function best(polygon: Polygon, zones: readonly Zone[]): Zone | undefined {
  const inside = (zone: Zone) => polygon.filter((corner) => holds(zone.polygon, corner)).length;
  return [...zones].sort((a, b) => inside(b) - inside(a))[0];
}

function holds(outline: Polygon, [x, y]: Point): boolean {
  return outline.reduce((is, [bx, by], index) => {
    const [ax, ay] = outline.at(index - 1) ?? [bx, by];
    const crossed = ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
    return crossed ? !is : is;
  }, false);
}

function pairs(polygon: readonly (readonly number[])[]): [number, number][] {
  return polygon.map(([x = 0, y = 0]): [number, number] => [x, y]);
}
