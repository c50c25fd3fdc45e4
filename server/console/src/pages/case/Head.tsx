/** Where a case stands: state, deadline as a clock, place, party, officer, and the periods of the law. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { CaseDetail } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { ClockBar, Deadline } from "../../parts/Deadline";
import { useDistrictName } from "../../parts/districts";
import { useItemName } from "../../parts/items";
import { moment } from "../../parts/time";
import { useWords } from "./words";

export function Head({ of }: { of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const nameOf = useItemName();
  const districtOf = useDistrictName();
  // Until the list is read, the case's own name of its item stands in.
  const itemOf = (code: string) => `${code} ${nameOf(code) === code ? (of.item_name ?? "") : nameOf(code)}`;
  const known = of.subject_name !== "";
  return (
    <section className="card case-head" aria-label={t("title", { number: of.number })}>
      <div className="case-state">
        <b className="case-statename">
          <code>{of.state}</code> {language === "en" ? of.state_en : of.state_zh}
        </b>
        <Marks of={of} />
        {of.timer ? (
          <Deadline span={of.timer} label={t("stateClock")} />
        ) : of.closed_at ? (
          <span>{t("closed", { at: moment(of.closed_at, language) })}</span>
        ) : null}
      </div>
      <dl className="case-facts">
        <Fact name={t("item")}>{of.item_code ? itemOf(of.item_code) : t("noItem")}</Fact>
        <Fact name={t("place")}>
          {of.camera_id ? t("camera", { camera: of.camera_id, zone: of.zone_id }) : t("person")}{" "}
          <Link to="/map" search={{ case: of.id }}>
            {t("map")}
          </Link>
        </Fact>
        <Fact name={t("subject")}>
          {known ? (
            <Link to="/subjects/$id" params={{ id: of.subject_id }}>
              {of.subject_name}
            </Link>
          ) : (
            t("unknown")
          )}
        </Fact>
        <Fact name={t("officer")}>{of.assignee_name || t("nobody")}</Fact>
        <Fact name={t("opened")}>{moment(of.opened_at, language)}</Fact>
        <Fact name={t("began")}>{moment(of.began_at, language)}</Fact>
        <Fact name={t("seen")}>{moment(of.last_seen_at, language)}</Fact>
        {of.peak_area_m2 === null ? null : (
          <Fact name={t("area")}>{t("m2", { n: of.peak_area_m2.toFixed(1) })}</Fact>
        )}
        <Fact name={t("district")}>{districtOf(of.district)}</Fact>
      </dl>
      {of.clocks.length > 0 ? (
        <div className="case-clocks">
          <h2>{t("clocks")}</h2>
          {of.clocks.map((clock) => (
            <ClockBar
              key={clock.kind + clock.started_at}
              span={clock}
              label={language === "en" ? clock.name_en : clock.name_zh}
              ended={clock.ended_at}
            />
          ))}
        </div>
      ) : null}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Marks({ of }: { of: CaseDetail }) {
  const t = useWords();
  return (
    <>
      {of.urgent ? <span className="tag bad">{t("urgent")}</span> : null}
      {of.rework > 0 ? <span className="tag warn">{t("rework", { n: of.rework })}</span> : null}
      {of.path ? <span className="tag">{t(of.path === "spot" ? "spot" : "filedPath")}</span> : null}
      {of.back_since ? <span className="tag bad">{t("came")}</span> : null}
      {of.arrival === "far" ? <span className="tag warn">{t("far")}</span> : null}
      {of.void_asked_by ? <span className="tag warn">{t("voidAsked")}</span> : null}
      {of.merged_into ? (
        <Link to="/cases/$id" params={{ id: of.merged_into }}>
          {t("merged")}
        </Link>
      ) : null}
    </>
  );
}
