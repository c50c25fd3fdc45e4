/** Choosing a zone by camera and name: those that the edge says it watches; typed where it has not said. */
import { type QueryClient, useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import type { EffectiveRead } from "../api/schema";
import { useCameras } from "./cameras";
import "./form.css";
import { useWords } from "./words.zonepick";

export interface ZoneChoice {
  readonly edge: string;
  readonly camera: string;
  readonly zone: string;
}
export type Corners = [number, number][];

export interface KnownZone {
  readonly id: string;
  readonly name: string;
  readonly polygon: Corners;
}

/** The zones of a camera as its edge told them; empty when it has not. */
export function useZonesOf(edge: string, camera: string): readonly KnownZone[] {
  const told = useQuery({
    queryKey: toldBy(edge),
    queryFn: () =>
      (
        body(
          api.GET("/api/edges/{edge_id}/effective", { params: { path: { edge_id: edge } } }),
        ) as Promise<EffectiveRead>
      ).catch(() => null),
    enabled: edge !== "",
    staleTime: 60_000,
  });
  return zonesIn(told.data, camera);
}

/** The outline of a zone that was chosen, as its edge told it; undefined when it has not. */
export function outlineOf(client: QueryClient, choice: ZoneChoice): Corners | undefined {
  const told = client.getQueryData<EffectiveRead | null>(toldBy(choice.edge));
  return zonesIn(told, choice.camera).find((zone) => zone.id === choice.zone)?.polygon;
}

const toldBy = (edge: string) => ["edges", edge, "effective"];

function zonesIn(told: Pick<EffectiveRead, "config"> | null | undefined, camera: string): KnownZone[] {
  const here = told?.config.cameras?.find((one) => one.id === camera);
  return (here?.zones ?? []).map((zone) => ({
    id: zone.id,
    name: zone.name || zone.id,
    polygon: zone.polygon as Corners,
  }));
}

export function ZonePick({
  id,
  value,
  set,
}: {
  id: string;
  value: ZoneChoice;
  set: (value: ZoneChoice) => void;
}) {
  const t = useWords();
  const cameras = useCameras();
  const zones = useZonesOf(value.edge, value.camera);
  const key = value.edge === "" ? "" : `${value.edge}/${value.camera}`;
  const choose = (chosen: string) => {
    const camera = cameras.data?.find((one) => one.key === chosen);
    set({ edge: camera?.edge ?? "", camera: camera?.id ?? "", zone: "" });
  };
  return (
    <div className="zonepick">
      <select
        id={id}
        className="field"
        required
        aria-label={t("camera")}
        value={key}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{t("camera")}</option>
        {(cameras.data ?? []).map((camera) => (
          <option key={camera.key} value={camera.key}>
            {camera.name}
          </option>
        ))}
      </select>
      {zones.length > 0 ? (
        <select
          className="field"
          required
          aria-label={t("zone")}
          value={value.zone}
          onChange={(event) => set({ ...value, zone: event.target.value })}
        >
          <option value="">{t("zone")}</option>
          {zones.map((zone) => (
            <option key={zone.id} value={zone.id}>
              {zone.name}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="field"
          required
          aria-label={t("typed")}
          placeholder={t("typed")}
          maxLength={64}
          value={value.zone}
          onChange={(event) => set({ ...value, zone: event.target.value })}
        />
      )}
    </div>
  );
}

/** The same as one text, for forms that keep texts: `edge|camera|zone`. */
export const packed = (choice: ZoneChoice) => `${choice.edge}|${choice.camera}|${choice.zone}`;
export function unpacked(text: string): ZoneChoice {
  const [edge = "", camera = "", zone = ""] = text.split("|");
  return { edge, camera, zone };
}
