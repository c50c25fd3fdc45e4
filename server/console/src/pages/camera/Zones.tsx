/** The zones of a camera: names, what is watched, who answers for each, copies of others. */
import type { ViolationRule } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Faults } from "./Faults";
import { Holder } from "./Holder";
import type { Camera, Source, Zone } from "./plan";
import { copyOf, faultsOf, sources, withoutZone, withZone } from "./plan";
import type { Plan } from "./usePlan";
import { useWords } from "./words";

interface Props {
  readonly plan: Plan;
  readonly camera: Camera;
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  readonly isDrawing: boolean;
  readonly onDraw: (drawing: boolean) => void;
  readonly onBox: () => void;
  readonly violations: readonly ViolationRule[];
  readonly edge: string;
}

export function Zones(props: Props) {
  const { plan, camera, chosen, onChoose, isDrawing, onDraw } = props;
  const t = useWords();
  const state = plan.state;
  if (!state) return null;
  const bare = faultsOf(state, camera.id).filter((fault) => fault.zone_id === "");
  const copy = (source: Source) => {
    const zone = copyOf(camera, source);
    plan.change(withZone(camera, zone));
    onChoose(zone.id);
  };
  return (
    <div className="camera-panel">
      <div className="camera-row">
        {isDrawing ? (
          <button type="button" className="btn" onClick={() => onDraw(false)}>
            {t("zones.cancel")}
          </button>
        ) : (
          <>
            <button type="button" className="btn primary" onClick={() => onDraw(true)}>
              {t("zones.draw")}
            </button>
            <button type="button" className="btn" onClick={props.onBox}>
              {t("zones.box")}
            </button>
          </>
        )}
      </div>
      <p className="camera-faint" aria-live="polite">
        {isDrawing ? t("zones.drawing") : chosen ? t("zones.edit") : t("zones.choose")}
      </p>
      <Faults faults={bare.filter((fault) => fault.code !== "no_zone")} />
      {camera.zones.length === 0 ? <p>{t("zones.none")}</p> : null}
      <ul className="camera-zones">
        {camera.zones.map((zone) => (
          <li key={zone.id} className={zone.id === chosen ? "chosen" : ""}>
            <button
              type="button"
              className="camera-zone"
              aria-expanded={zone.id === chosen}
              onClick={() => onChoose(zone.id === chosen ? null : zone.id)}
            >
              <b>{zone.name || t("zones.unnamed", { id: zone.id })}</b>
              <Watched zone={zone} violations={props.violations} />
            </button>
            <Faults faults={faultsOf(state, camera.id, zone.id)} />
            {zone.id === chosen ? <ZoneForm zone={zone} {...props} /> : null}
          </li>
        ))}
      </ul>
      <Copy all={sources(state, plan.cameras, camera)} camera={camera} onCopy={copy} />
    </div>
  );
}

function Watched({ zone, violations }: { zone: Zone; violations: readonly ViolationRule[] }) {
  const language = useLanguage();
  const names = zone.violations.map((id) => nameIn(violations, id, language));
  return <span className="camera-faint">{names.join(" · ")}</span>;
}

export function nameIn(violations: readonly ViolationRule[], id: string, language: string): string {
  const rule = violations.find((one) => one.id === id);
  return rule ? (language === "en" ? rule.name.en : rule.name.zh) : id;
}

function ZoneForm({ zone, camera, plan, violations, edge, onChoose }: Props & { zone: Zone }) {
  const t = useWords();
  const language = useLanguage();
  const measurable = plan.state?.violations ?? [];
  const shown = [...new Set([...measurable, ...zone.violations])];
  const set = (change: Partial<Zone>) => plan.change(withZone(camera, { ...zone, ...change }));
  const toggle = (id: string, on: boolean) =>
    set({ violations: on ? [...zone.violations, id] : zone.violations.filter((one) => one !== id) });
  return (
    <div className="camera-zoneform">
      <label>
        {t("zones.name")}
        <input
          className="field"
          value={zone.name}
          maxLength={80}
          onChange={(event) => set({ name: event.target.value })}
        />
      </label>
      <fieldset>
        <legend>{t("zones.watch")}</legend>
        {shown.map((id) => (
          <label key={id} className="camera-check">
            <input
              type="checkbox"
              checked={zone.violations.includes(id)}
              onChange={(event) => toggle(id, event.target.checked)}
            />
            {nameIn(violations, id, language)}
          </label>
        ))}
      </fieldset>
      <Holder edge={edge} camera={camera.id} zone={zone.id} />
      <button
        type="button"
        className="btn danger"
        onClick={() => {
          onChoose(null);
          plan.change(withoutZone(camera, zone.id));
        }}
      >
        {t("zones.remove")}
      </button>
    </div>
  );
}

function Copy({
  all,
  camera,
  onCopy,
}: {
  all: readonly Source[];
  camera: Camera;
  onCopy: (source: Source) => void;
}) {
  const t = useWords();
  if (all.length === 0) return null;
  const called = ({ camera: of, zone }: Source) => {
    const name = zone.name || zone.id;
    return of === camera.id
      ? t("zones.copyHere", { zone: name })
      : t("zones.copyThere", { camera: of, zone: name });
  };
  return (
    <label className="camera-copy">
      {t("zones.copy")}
      <select
        className="field"
        value=""
        onChange={(event) => {
          const source = all.find((one) => one.key === event.target.value);
          if (source) onCopy(source);
        }}
      >
        <option value="">{t("zones.copyPick")}</option>
        {all.map((source) => (
          <option key={source.key} value={source.key}>
            {called(source)}
          </option>
        ))}
      </select>
    </label>
  );
}
