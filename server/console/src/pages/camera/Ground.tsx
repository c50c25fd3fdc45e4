/** The ground of a camera: mark points, give their metres, see the grid and how far off it is. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, body } from "../../api/client";
import type { FitRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import type { Line, Mark } from "../../parts/Drawing";
import type { Point } from "../../parts/drawing";
import { reworded } from "./fitwords";
import { asRectangle, complete, type Marked, marked } from "./ground";
import type { Camera } from "./plan";
import type { Plan } from "./usePlan";
import { useWords } from "./words";

export function useGround(camera: Camera, plan: Plan, aspect: number, isOpen: boolean) {
  const [points, setPoints] = useState<readonly Marked[]>(() => marked(camera.ground));
  const [isMarking, setMarking] = useState(false);
  const [bent, setBent] = useState(camera.lens.k1 !== 0);
  useEffect(() => {
    if (!isOpen) setMarking(false);
  }, [isOpen]);
  const whole = complete(points);
  const zones = Object.fromEntries(
    camera.zones
      .filter((zone) => zone.polygon.length > 2)
      .map((zone) => [zone.id, zone.polygon.map(([x, y]): [number, number] => [x, y])]),
  );
  const fit = useQuery({
    queryKey: ["ground", whole, zones, aspect, bent],
    enabled: isOpen && whole !== null,
    queryFn: () =>
      body(
        api.POST("/api/ground/fits", {
          body: {
            points: (whole ?? []).map((one) => ({
              image: [...one.image] as [number, number],
              world_m: [...one.world_m] as [number, number],
            })),
            distances: [],
            aspect,
            fit_lens: bent,
            k1: 0,
            zones,
          },
        }),
      ),
    placeholderData: (before) => before,
    retry: false,
  });
  const found = whole === null ? null : ((fit.data as FitRead | undefined) ?? null);
  const marks: Mark[] = points.map((point, index) => ({
    label: String(index + 1),
    point: point.image,
    suspect: found?.marks?.[index]?.suspect ?? false,
  }));
  const lines: Line[] = (fit.isFetching ? [] : (found?.grid ?? [])).map(({ line, strong }) => ({
    points: line,
    strong,
  }));
  return {
    points,
    found,
    marks,
    lines,
    isMarking,
    bent,
    setBent,
    setMarking,
    setPoints,
    isCounting: fit.isFetching,
    isDrafted: plan.state?.draft?.changes.some(
      (change) => change.camera_id === camera.id && change.kind.startsWith("ground_"),
    ),
    addMark: (image: Point) => setPoints([...points, { image, x: "", y: "" }]),
    moveMark: (index: number, image: Point) =>
      setPoints(points.map((point, at) => (at === index ? { ...point, image } : point))),
    use: () => {
      if (whole) plan.change({ ...camera, ground: whole, lens: { k1: found?.k1 ?? 0, aspect } });
    },
    drop: () => {
      setPoints([]);
      plan.change({ ...camera, ground: null, lens: { k1: 0, aspect } });
    },
  };
}

export type Ground = ReturnType<typeof useGround>;

export function GroundPanel({ ground, camera }: { ground: Ground; camera: Camera }) {
  const t = useWords();
  const { points, found, setPoints } = ground;
  const kept = JSON.stringify(complete(points)) === JSON.stringify(camera.ground);
  return (
    <div className="camera-panel">
      <p className="camera-faint">{t("ground.about")}</p>
      <p>{camera.ground ? t("ground.has", { n: camera.ground.length }) : t("ground.hasNot")}</p>
      <div className="camera-row">
        <button
          type="button"
          className={ground.isMarking ? "btn" : "btn primary"}
          onClick={() => ground.setMarking(!ground.isMarking)}
        >
          {t(ground.isMarking ? "ground.stop" : "ground.mark")}
        </button>
        {points.length > 0 ? (
          <button type="button" className="btn plain" onClick={() => setPoints([])}>
            {t("ground.clear")}
          </button>
        ) : null}
      </div>
      <p aria-live="polite">{ground.isMarking ? t("ground.marking") : ""}</p>
      {ground.isCounting ? <progress aria-label={t("ground.counting")} /> : null}
      {found && !ground.isCounting ? <Found found={found} camera={camera} /> : null}
      {points.length > 0 ? (
        <div className="camera-row">
          {kept && ground.isDrafted ? <p className="camera-faint">{t("ground.used")}</p> : null}
          <button
            type="button"
            className="btn primary"
            disabled={!found?.usable || kept || ground.isCounting}
            onClick={ground.use}
          >
            {t("ground.use")}
          </button>
          {camera.ground ? (
            <button type="button" className="btn plain" onClick={ground.drop}>
              {t("ground.drop")}
            </button>
          ) : null}
        </div>
      ) : null}
      <Rectangle ground={ground} />
      <Points ground={ground} />
      {points.length >= 8 ? (
        <label className="camera-check">
          <input
            type="checkbox"
            checked={ground.bent}
            onChange={(event) => ground.setBent(event.target.checked)}
          />
          {t("ground.lens")}
        </label>
      ) : null}
    </div>
  );
}

function Rectangle({ ground }: { ground: Ground }) {
  const t = useWords();
  const [width, setWidth] = useState("");
  const [depth, setDepth] = useState("");
  if (ground.points.length < 4) return null;
  const set = (wide: string, deep: string) => {
    setWidth(wide);
    setDepth(deep);
    ground.setPoints(asRectangle(ground.points, wide, deep));
  };
  return (
    <details className="camera-rectangle">
      <summary>{t("ground.rectangle")}</summary>
      <label>
        {t("ground.width")}
        <input
          className="field"
          inputMode="decimal"
          value={width}
          onChange={(e) => set(e.target.value, depth)}
        />
      </label>
      <label>
        {t("ground.depth")}
        <input
          className="field"
          inputMode="decimal"
          value={depth}
          onChange={(e) => set(width, e.target.value)}
        />
      </label>
    </details>
  );
}

function Points({ ground: { points, setPoints, found } }: { ground: Ground }) {
  const t = useWords();
  const set = (index: number, change: Partial<Marked>) =>
    setPoints(points.map((point, at) => (at === index ? { ...point, ...change } : point)));
  if (points.length === 0) return null;
  return (
    <div className="camera-points">
      <div className="camera-point" aria-hidden="true">
        <span />
        <span>{t("ground.x")}</span>
        <span>{t("ground.y")}</span>
      </div>
      <ol>
        {points.map((point, index) => {
          const mark = found?.marks?.[index];
          const name = t("ground.point", { n: index + 1 });
          const miss = mark?.miss_m;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a point is its number
            <li key={index} className={mark?.suspect ? "camera-point suspect" : "camera-point"}>
              <b aria-hidden="true">{index + 1}</b>
              {(["x", "y"] as const).map((axis) => (
                <input
                  key={axis}
                  className="field"
                  inputMode="decimal"
                  aria-label={`${name} ${t(`ground.${axis}`)}`}
                  value={point[axis]}
                  onChange={(event) => set(index, { [axis]: event.target.value })}
                />
              ))}
              <small className="num">
                {miss === null || miss === undefined ? "" : t("ground.miss", { m: miss.toFixed(2) })}
              </small>
              <button
                type="button"
                className="btn plain"
                aria-label={`${t("ground.remove")} ${name}`}
                onClick={() => setPoints(points.filter((_, at) => at !== index))}
              >
                ×
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Found({ found, camera }: { found: FitRead; camera: Camera }) {
  const t = useWords();
  const language = useLanguage();
  const list = (texts: readonly string[]) => (
    <ul>
      {texts.map((text) => (
        <li key={text}>{reworded(text, language)}</li>
      ))}
    </ul>
  );
  return (
    <div className="camera-found" aria-live="polite">
      {found.usable ? null : (
        <div className="fault" role="alert">
          {t("ground.refused")}
          {list(found.problems)}
        </div>
      )}
      {found.residual_m === null || found.residual_m === undefined ? null : (
        <p>
          {t("ground.residual", {
            m: found.residual_m.toFixed(2),
            height: (found.height_m ?? 0).toFixed(1),
            tilt: Math.round(found.tilt_deg ?? 0),
          })}
        </p>
      )}
      {found.points?.length === 4 ? <p className="camera-faint">{t("ground.four")}</p> : null}
      {(found.doubts ?? []).length > 0 ? (
        <div className="camera-doubts">
          {t("ground.doubts")}
          {list(found.doubts ?? [])}
        </div>
      ) : null}
      {found.grid?.length ? <p>{t("ground.look")}</p> : null}
      <ul>
        {found.zones?.map((zone) => (
          <li key={zone.id}>
            {camera.zones.find((one) => one.id === zone.id)?.name || zone.id}:{" "}
            {t("zones.area", { m2: zone.m2.toFixed(1) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
