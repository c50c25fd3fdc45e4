/** What is known of the chosen thing, and where to read on. */
import { Link } from "@tanstack/react-router";
import type { MapCaseRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { type Camera, useViolationName } from "../../parts/cameras";
import { moment } from "../../parts/time";
import type { PermitGround, Premises, Thing } from "./things";
import { useWords } from "./words";

export function Card({ thing, close }: { thing: Thing; close: () => void }) {
  const t = useWords();
  return (
    <aside className="card map-card" aria-live="polite">
      <header>
        <span className={`map-dot map-${thing.layer} map-${thing.tone}${thing.late ? " map-late" : ""}`} />
        <b>{thing.title}</b>
        <button type="button" className="btn plain" onClick={close}>
          {t("card.close")}
        </button>
      </header>
      {thing.layer === "cases" ? <OfCase row={thing.of as MapCaseRead} late={thing.late} /> : null}
      {thing.layer === "cameras" ? <OfCamera camera={thing.of as Camera} /> : null}
      {thing.layer === "premises" ? <OfPremises row={thing.of as Premises} /> : null}
      {thing.layer === "permits" ? <OfPermit row={thing.of as PermitGround} /> : null}
    </aside>
  );
}

function OfCase({ row, late }: { row: MapCaseRead; late: boolean }) {
  const t = useWords();
  const language = useLanguage();
  const violation = useViolationName();
  return (
    <>
      <p>
        {violation(row.violation)} · {language === "en" ? row.state_en : row.state_zh}
      </p>
      <p className="num">
        {row.number} · {t("card.opened", { at: moment(row.opened_at, language) })}
      </p>
      {row.due_at ? (
        <p className={late ? "map-late" : ""}>
          {t("card.due", { at: moment(row.due_at, language) })} {late ? t("card.late") : ""}
        </p>
      ) : null}
      {row.where === "zone" ? null : <p>{t(row.where === "camera" ? "card.near" : "card.told")}</p>}
      <Link className="btn primary" to="/cases/$id" params={{ id: row.id }}>
        {t("card.case")}
      </Link>
    </>
  );
}

const STATES = ["ok", "lost", "frozen", "black", "blurred", "moved", "away"] as const;
export const stateOf = (state: string) => STATES.find((one) => one === state) ?? "unknown";

function OfCamera({ camera }: { camera: Camera }) {
  const t = useWords();
  return (
    <>
      <p>
        {t(`camera.${stateOf(camera.state)}`)} · {camera.key}
      </p>
      <img
        className="map-still"
        src={`/api/stills/${camera.key}?v=${Math.floor(Date.now() / 60_000)}`}
        alt={t("card.picture", { name: camera.name })}
        onError={(event) => event.currentTarget.remove()}
      />
      <div className="map-links">
        <Link className="btn" to="/wall" search={{ cameras: camera.key, size: "1", focus: camera.key }}>
          {t("card.live")}
        </Link>
        <Link className="btn" to="/fleet/$edge/$camera" params={{ edge: camera.edge, camera: camera.id }}>
          {t("card.camera")}
        </Link>
      </div>
    </>
  );
}

function OfPremises({ row }: { row: Premises }) {
  const t = useWords();
  return (
    <>
      <p>{row.address}</p>
      <Link className="btn" to="/subjects/$id" params={{ id: row.subject_id }}>
        {t("card.subject")}
      </Link>
    </>
  );
}

function OfPermit({ row }: { row: PermitGround }) {
  const t = useWords();
  const language = useLanguage();
  const to = moment(`${row.valid_to}T00:00:00+08:00`, language).replace(/[\s,]*0?0:00|[\s,]*24:00/, "");
  return (
    <>
      <p className="num">{row.number}</p>
      <p>{t("card.hours", { hours: row.hours, to })}</p>
      <Link className="btn" to="/permits" search={{ q: row.number }}>
        {t("card.permits")}
      </Link>
    </>
  );
}
