/** What stands beside the picture: what is recommended and why, what was measured, whose it is, what is permitted. */
import { Link } from "@tanstack/react-router";
import { memo, type ReactNode } from "react";
import type { ReviewItem, ReviewPermit } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { date, moment } from "../../parts/time";
import { hoursOf, lasting } from "./time";
import { Why } from "./Why";
import { useWords } from "./words";

export const Beside = memo(function Beside({ item }: { item: ReviewItem }) {
  const t = useWords();
  const english = useLanguage() === "en";
  return (
    <aside className="rv-beside">
      <section className="card rv-advice">
        <h2>{t("advice.label")}</h2>
        <p className="rv-does">{t(`advice.${item.advice.does}`)}</p>
        <p>{english ? item.advice.reason_en : item.advice.reason_zh}</p>
        <Why key={item.case.id} caseId={item.case.id} />
      </section>
      {item.alert?.told ? (
        <section className="card">
          <h2>{t("told")}</h2>
          <p>{item.alert.told}</p>
        </section>
      ) : null}
      <Measured item={item} />
      <Subject item={item} />
      <section className="card">
        <h2>{t("permit.label")}</h2>
        {item.permits.length === 0 ? <p className="rv-faint">{t("permit.none")}</p> : null}
        <ul className="rv-plain">
          {item.permits.map((permit) => (
            <Permit key={permit.id} permit={permit} />
          ))}
        </ul>
      </section>
    </aside>
  );
});

function Measured({ item }: { item: ReviewItem }) {
  const t = useWords();
  const english = useLanguage() === "en";
  const { alert } = item;
  if (alert === null || alert.source !== "camera") return null;
  const share = Math.max(alert.covered_share ?? 0, alert.soil_share ?? 0);
  const percent = (value: number) => `${Math.round(value * 100)} %`;
  const facts: [string, ReactNode][] = [
    [t("measured.area"), alert.peak_area ? (english ? alert.peak_area.en : alert.peak_area.zh) : null],
    [t("measured.share"), share > 0 ? percent(share) : null],
    [t("measured.score"), percent(alert.peak_score)],
    [t("measured.lasted"), lasting(alert.dwell_s * 1000, t)],
    [
      t("measured.beyond"),
      alert.beyond_permit_m ? t("measured.beyondBy", { m: alert.beyond_permit_m.toFixed(1) }) : null,
    ],
  ];
  return (
    <section className="card">
      <h2>{t("measured.label")}</h2>
      <dl className="rv-facts">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="num">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {alert.occluded ? <p className="rv-warn">{t("measured.occluded")}</p> : null}
    </section>
  );
}

function Subject({ item }: { item: ReviewItem }) {
  const t = useWords();
  const language = useLanguage();
  const one = item.subject;
  if (one.kind === "unknown")
    return (
      <section className="card">
        <h2>{t("subject.label")}</h2>
        <p className="rv-warn">{t("subject.unknown")}</p>
      </section>
    );
  const months = one.look_back_months;
  const says =
    one.first === "NO"
      ? t("subject.notFirst", { months, n: one.counting })
      : one.first === "PENDING"
        ? t("subject.pending")
        : t("subject.first", { months });
  return (
    <section className="card">
      <h2>{t("subject.label")}</h2>
      <p className="rv-name">
        <Link to="/subjects/$id" params={{ id: one.id }} title={t("subject.open")}>
          {one.name}
        </Link>
      </p>
      <p className="rv-tags">
        <span className={one.first === "YES" ? "tag good" : "tag warn"}>{says}</span>
        <span className={one.contact_known ? "tag" : "tag warn"}>
          {t(one.contact_known ? "subject.contact" : "subject.noContact")}
        </span>
      </p>
      <h3>{one.earlier.length > 0 ? t("subject.earlier") : t("subject.none")}</h3>
      <ul className="rv-plain">
        {one.earlier.map((earlier) => (
          <li key={earlier.id}>
            <Link to="/cases/$id" params={{ id: earlier.id }}>
              {moment(earlier.opened_at, language)}
            </Link>{" "}
            {language === "en" ? earlier.state_en : earlier.state_zh}
          </li>
        ))}
      </ul>
      {one.cases > 1 ? <p className="rv-faint">{t("subject.cases", { n: one.cases })}</p> : null}
    </section>
  );
}

function Permit({ permit }: { permit: ReviewPermit }) {
  const t = useWords();
  const language = useLanguage();
  const status = permit.status as "active" | "suspended" | "revoked" | "expired";
  const answer = permit.answer as "none" | "unmeasured" | "remind" | "exceeded" | "grace";
  const says = answer === "none" ? t("permit.noAnswer") : t(`permit.${answer}`);
  return (
    <li>
      <b>{permit.number || permit.id}</b>{" "}
      <span className={status === "active" ? "tag good" : "tag warn"}>{t(`permit.status.${status}`)}</span>{" "}
      <span className={answer === "exceeded" ? "tag bad" : "tag"}>{says}</span>
      <br />
      <small className="num">
        {t("permit.hours", { from: hoursOf(permit.hours_from), to: hoursOf(permit.hours_to) })}{" "}
        {t("permit.until", { day: date(`${permit.valid_to}T00:00:00+08:00`, language) })}
        {permit.goods ? ` · ${permit.goods}` : ""}
        {permit.holder_is_subject ? "" : ` · ${t("permit.other")}`}
      </small>
    </li>
  );
}
