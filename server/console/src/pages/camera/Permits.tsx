/** Where permits hold, drawn on the picture of a camera. Saved at once with a reason, not with the plan. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import type { PermitRead } from "../../api/schema";
import type { Shape } from "../../parts/Drawing";
import type { Polygon } from "../../parts/drawing";
import { told } from "../../parts/states";
import { type Area, best, changedAreas, rows } from "./areas";
import type { Camera } from "./plan";
import { useWords } from "./words";

export function usePermits(edge: string, camera: string) {
  const t = useWords();
  const client = useQueryClient();
  const [find, setFind] = useState("");
  const here = useQuery({
    queryKey: ["permits", "camera", camera],
    queryFn: () => body(api.GET("/api/permits", { params: { query: { camera_id: camera, limit: 200 } } })),
  });
  const others = useQuery({
    queryKey: ["permits", "find", find],
    queryFn: () =>
      body(api.GET("/api/permits", { params: { query: { ...(find ? { q: find } : {}), limit: 50 } } })),
    placeholderData: (before) => before,
  });
  const [edited, setEdited] = useState<readonly Area[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [drawingFor, setDrawingFor] = useState<string | null>(null);
  const mine = (here.data?.items ?? []) as PermitRead[];
  const found = (others.data?.items ?? []) as PermitRead[];
  const known = [...mine, ...found.filter((one) => mine.every((permit) => permit.id !== one.id))];
  const kept = rows(known, edge, camera);
  const areas = edited ?? kept;
  const labelOf = (area: Area) => {
    const permit = known.find((one) => one.id === area.permit);
    return t("permits.area", {
      holder: permit?.subject_name ?? area.permit,
      number: permit?.number || area.permit,
    });
  };
  const shapes: Shape[] = areas.map((area) => ({
    id: area.key,
    label: labelOf(area),
    polygon: area.polygon,
    tone: "permit",
  }));
  return {
    known,
    find,
    setFind,
    areas,
    shapes,
    chosen,
    choose: setChosen,
    labelOf,
    isDrawing: drawingFor !== null,
    draw: setDrawingFor,
    stop: () => setDrawingFor(null),
    isChanged: edited !== null,
    move: (key: string, polygon: Polygon) =>
      setEdited(areas.map((area) => (area.key === key ? { ...area, polygon } : area))),
    zone: (key: string, zone: string) =>
      setEdited(areas.map((area) => (area.key === key ? { ...area, zone } : area))),
    remove: (key: string) => setEdited(areas.filter((area) => area.key !== key)),
    add: (polygon: Polygon, here: Camera) => {
      const zone = best(polygon, here.zones)?.id ?? here.zones[0]?.id;
      if (drawingFor && zone) {
        const key = `${drawingFor}/new-${areas.length + 1}`;
        setEdited([...areas, { key, permit: drawingFor, zone, polygon }]);
        setChosen(key);
      }
      setDrawingFor(null);
    },
    save: async (reason: string) => {
      for (const [id, all] of changedAreas(known, edge, camera, kept, areas))
        await body(
          api.PUT("/api/permits/{permit_id}/areas", {
            params: { path: { permit_id: id } },
            body: { areas: all, reason },
          }),
        );
      setEdited(null);
      await client.invalidateQueries({ queryKey: ["permits"] });
    },
  };
}

export type Permits = ReturnType<typeof usePermits>;

export function PermitsPanel({ permits, camera }: { permits: Permits; camera: Camera }) {
  const t = useWords();
  const [said, setSaid] = useState<{ text: string; bad: boolean } | null>(null);
  const [pick, setPick] = useState("");
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      await permits.save(String(new FormData(event.currentTarget).get("reason") ?? ""));
      setSaid({ text: t("permits.saved"), bad: false });
    } catch (error) {
      setSaid({ text: error instanceof Error ? told(error) : String(error), bad: true });
    }
  };
  if (camera.zones.length === 0) return <p>{t("permits.needZone")}</p>;
  return (
    <div className="camera-panel">
      {permits.areas.length === 0 ? <p>{t("permits.none")}</p> : null}
      <ul className="camera-zones">
        {permits.areas.map((area) => (
          <AreaRow key={area.key} area={area} permits={permits} camera={camera} />
        ))}
      </ul>
      <div className="camera-row">
        <input
          className="field"
          type="search"
          maxLength={60}
          aria-label={t("permits.find")}
          placeholder={t("permits.find")}
          value={permits.find}
          onChange={(event) => permits.setFind(event.target.value)}
        />
        <Pick known={permits.known} value={pick} onPick={setPick} />
        <button
          type="button"
          className="btn primary"
          disabled={!pick}
          onClick={() => (permits.isDrawing ? permits.stop() : permits.draw(pick))}
        >
          {t(permits.isDrawing ? "zones.cancel" : "permits.draw")}
        </button>
      </div>
      {permits.isDrawing ? <p aria-live="polite">{t("zones.drawing")}</p> : null}
      {permits.isChanged ? (
        <form className="camera-force" onSubmit={(event) => void save(event)}>
          <label>
            {t("permits.reason")}
            <input className="field" name="reason" required maxLength={400} />
          </label>
          <button type="submit" className="btn primary">
            {t("permits.save")}
          </button>
        </form>
      ) : null}
      <p role="status" className={said?.bad ? "fault" : "camera-faint"}>
        {said?.text}
      </p>
    </div>
  );
}

function AreaRow({ area, permits, camera }: { area: Area; permits: Permits; camera: Camera }) {
  const t = useWords();
  const isChosen = permits.chosen === area.key;
  return (
    <li className={isChosen ? "chosen" : ""}>
      <button
        type="button"
        className="camera-zone"
        aria-expanded={isChosen}
        onClick={() => permits.choose(isChosen ? null : area.key)}
      >
        <b>{permits.labelOf(area)}</b>
      </button>
      {isChosen ? (
        <div className="camera-zoneform">
          <label>
            {t("permits.zone")}
            <select
              className="field"
              value={area.zone}
              onChange={(event) => permits.zone(area.key, event.target.value)}
            >
              {camera.zones.map((zone) => (
                <option key={zone.id} value={zone.id}>
                  {zone.name || zone.id}
                </option>
              ))}
            </select>
          </label>
          <button type="button" className="btn danger" onClick={() => permits.remove(area.key)}>
            {t("permits.remove")}
          </button>
        </div>
      ) : null}
    </li>
  );
}

function Pick({
  known,
  value,
  onPick,
}: {
  known: readonly PermitRead[];
  value: string;
  onPick: (id: string) => void;
}) {
  const t = useWords();
  const live = known.filter((permit) => permit.status === "active" || permit.status === "suspended");
  return (
    <select
      className="field"
      aria-label={t("permits.pick")}
      value={value}
      onChange={(event) => onPick(event.target.value)}
    >
      <option value="">{t("permits.pick")}</option>
      {live.map((permit) => (
        <option key={permit.id} value={permit.id}>
          {t("permits.area", { holder: permit.subject_name, number: permit.number || permit.id })}
        </option>
      ))}
    </select>
  );
}
