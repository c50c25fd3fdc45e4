/** What happened: findings with their look-back, cases, exemptions (internal), pledges, objections, the rest. */
import { Link } from "@tanstack/react-router";
import type { Finding, SubjectRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { useViolationName } from "../../parts/cameras";
import { useItemName } from "../../parts/items";
import { Answer } from "../../parts/states";
import { date, dayOf, moment } from "../../parts/time";
import { Block } from "./Block";
import { useArchive } from "./reads";
import { windowOf } from "./window";
import { useWords } from "./words";

export function HistoryTab({ of }: { of: SubjectRead }) {
  const t = useWords();
  const language = useLanguage();
  const item = useItemName();
  const violation = useViolationName();
  const archive = useArchive(of.id);
  return (
    <Answer of={archive}>
      {(all) => (
        <>
          <Findings of={all.offences} />
          <Block title={t("history.cases")} count={all.cases.length}>
            <ul>
              {all.cases.map((one) => (
                <li key={one.id}>
                  <Link to="/cases/$id" params={{ id: one.id }} className="num">
                    {one.number}
                  </Link>{" "}
                  {item(one.item_code)}{" "}
                  <span className="subject-faint">{moment(one.began_at, language)}</span>{" "}
                  {one.is_open ? (
                    <span className="tag warn">{t("history.openCase")}</span>
                  ) : (
                    <span className="tag">
                      {t("history.closed")} {one.closed_at ? date(one.closed_at, language) : ""}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </Block>
          <Block title={t("history.exemptions")} count={all.exemptions.length}>
            <ul>
              {all.exemptions.map((one) => (
                <li key={one.case_id + one.decided_at}>
                  <span className="tag">{t("history.internal")}</span>{" "}
                  <Link to="/cases/$id" params={{ id: one.case_id }} className="num">
                    {one.case_number}
                  </Link>{" "}
                  {item(one.item_code)} {t(`outcome.${one.outcome as "exempt_t1"}`)}{" "}
                  <span className="subject-faint">
                    {t("history.decided", {
                      name: one.decided_by_name,
                      time: moment(one.decided_at, language),
                    })}
                  </span>
                </li>
              ))}
            </ul>
          </Block>
          <Block title={t("history.pledges")} count={all.pledges.length}>
            <ul>
              {all.pledges.map((one) => (
                <li key={one.case_id + one.signed_at}>
                  <span className={one.kept === false ? "tag bad" : one.kept ? "tag good" : "tag"}>
                    {t(one.kept === null ? "history.unknown" : one.kept ? "history.kept" : "history.broken")}
                  </span>{" "}
                  {one.text} <span className="subject-faint">{moment(one.signed_at, language)}</span>{" "}
                  {one.why}
                </li>
              ))}
            </ul>
          </Block>
          <Block title={t("history.objections")} count={all.objections.length}>
            <ul>
              {all.objections.map((one) => (
                <li key={one.number}>
                  <Link to="/cases/$id" params={{ id: one.case_id }} className="num">
                    {one.number}
                  </Link>{" "}
                  {t(`objection.${one.kind as "objection"}`)}{" "}
                  <span className="tag">{t(`objection.${one.status as "open"}`)}</span>{" "}
                  <span className="subject-faint">{moment(one.lodged_at, language)}</span>
                </li>
              ))}
            </ul>
          </Block>
          <Block title={t("history.handovers")} count={all.handovers.length}>
            <ul>
              {all.handovers.map((one) => (
                <li key={one.other_id + one.at}>
                  {t(`history.${one.direction}`)}{" "}
                  <Link to="/subjects/$id" params={{ id: one.other_id }}>
                    {moment(one.at, language)}
                  </Link>{" "}
                  <span className="subject-faint">{one.zones.join(" ")}</span>
                </li>
              ))}
            </ul>
          </Block>
          <Block title={t("history.records")} count={all.records.length}>
            <ul>
              {all.records.map((one) => (
                <li key={one.at + one.title}>
                  <span className="tag">{t(`record.${one.kind as "inspection"}`)}</span> {one.title}{" "}
                  <span className="subject-faint">
                    {moment(one.at, language)} {one.source}
                  </span>
                </li>
              ))}
            </ul>
          </Block>
          <details className="card subject-block">
            <summary>{t("history.alerts", { n: all.alerts.length })}</summary>
            <ul>
              {all.alerts.map((one) => (
                <li key={one.id}>
                  <span className="subject-faint">{moment(one.raised_at, language)}</span>{" "}
                  {violation(one.violation)} {t("of", { a: one.camera_id, b: one.zone_id })}
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Answer>
  );
}

/** Findings with how long each counts. */
export function Findings({ of }: { of: readonly Finding[] }) {
  const t = useWords();
  const language = useLanguage();
  const item = useItemName();
  const today = dayOf(new Date().toISOString());
  return (
    <Block title={t("history.findings")} hint={t("history.windowHint")} count={of.length}>
      <div className="subject-scroll">
        <table className="subject-table">
          <thead>
            <tr>
              <th scope="col">{t("history.item")}</th>
              <th scope="col">{t("history.act")}</th>
              <th scope="col">{t("history.outcome")}</th>
              <th scope="col">{t("history.standing")}</th>
              <th scope="col">{t("history.served")}</th>
              <th scope="col">{t("history.window")}</th>
            </tr>
          </thead>
          <tbody>
            {of.map((one) => {
              const window = windowOf(one, today);
              return (
                <tr key={`${one.act_at}${one.offence_id}`}>
                  <td>
                    {one.case_id ? (
                      <Link to="/cases/$id" params={{ id: one.case_id }}>
                        {item(one.item_code)}
                      </Link>
                    ) : (
                      t("history.elsewhere")
                    )}
                  </td>
                  <td>{moment(one.act_at, language)}</td>
                  <td>{t(`outcome.${one.outcome as "penalty"}`)}</td>
                  <td>{t(`standing.${one.standing as "effective"}`)}</td>
                  <td>{one.served_at ? date(one.served_at, language) : ""}</td>
                  <td>
                    {window.counts ? <span className="tag warn">{t("history.inside")}</span> : null}{" "}
                    {one.window_ends ? t("history.until", { date: one.window_ends }) : null}{" "}
                    {window.why === "over" ? <span className="tag">{t("history.over")}</span> : null}
                    {window.why === "not_served" ? (
                      <span className="tag">{t("history.notServed")}</span>
                    ) : null}
                    {window.counts ? (
                      <progress max={1} value={window.gone} aria-label={t("history.window")} />
                    ) : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Block>
  );
}
