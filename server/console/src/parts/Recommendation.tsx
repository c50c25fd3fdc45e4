/** What the rules recommend for a case, and why, in plain words; the whole trace behind it; what people decided. */
import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import type { CaseDetail } from "../api/schema";
import { useLanguage } from "../i18n";
import { known } from "./Refused";
import "./thread.css";
import { inLanguage } from "./thread";
import { moment } from "./time";
import { useWords as useFieldWords } from "./words.fields";
import { useWords } from "./words.thread";

const MARKS = { for: "good", against: "bad", neither: "" } as const;

export function Recommendation({ of }: { of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const why = of.why;
  if (why === null) return null;
  const said = (words: { zh: string; en: string }) => (language === "en" ? words.en : words.zh);
  return (
    <section className="recommend" aria-labelledby="recommend-title">
      <h2 id="recommend-title">{t("recommend")}</h2>
      <p className="recommend-what">
        {t("recommendFor", { what: said({ zh: why.result_zh ?? "", en: why.result_en ?? "" }) })}
      </p>
      <Decisions of={of} />
      <ul className="recommend-points">
        {why.points?.map((point) => (
          <li key={point.kind + point.zh}>
            <span className={`tag ${MARKS[point.speaks]}`}>{t(`speaks.${point.speaks}`)}</span> {said(point)}
          </li>
        ))}
      </ul>
      <p>{t("because", { rule: why.rule, why: said(why) })}</p>
      <Basis of={of} />
      <details>
        <summary>{t("trace", { n: why.tried.length })}</summary>
        <ol className="recommend-trace">
          {why.tried.map((step) => (
            <li key={step.rule} className={step.matched ? "held" : ""}>
              <code>{step.rule}</code>{" "}
              <span className={step.matched ? "tag good" : "tag"}>{t(step.matched ? "held" : "not")}</span>{" "}
              {said(step)}
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}

/** Which list, which article, who decides, where was searched. */
function Basis({ of }: { of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const given = useQuery({
    queryKey: ["case", of.id, "recommendation", of.version],
    queryFn: () =>
      body(api.GET("/api/cases/{case_id}/recommendation", { params: { path: { case_id: of.id } } })),
  }).data;
  if (given === undefined) return null;
  return (
    <>
      <p>{t("decides", { who: known(t, `decider.${given.decided_by}`, given.decided_by) })}</p>
      <small>
        {[
          t("ground", { ground: given.ground }),
          given.list_version ? t("list", { version: given.list_version }) : "",
          t("scope", { scope: inLanguage(given.search_scope, language) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </small>
      {given.notes.length > 0 ? (
        <details>
          <summary>{t("notes")}</summary>
          <ul lang="en">
            {given.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function Decisions({ of }: { of: CaseDetail }) {
  const t = useWords();
  const field = useFieldWords();
  const language = useLanguage();
  return of.decisions.map((one) => (
    <p key={one.recommendation_id + one.decided_at} className="recommend-decided">
      {t("decided", {
        who: one.decided_by_name,
        at: moment(one.decided_at, language),
        what: known(field, `value.${one.outcome}`, one.outcome),
      })}{" "}
      {one.differs ? <span className="tag warn">{t("differs")}</span> : null} {one.reason}
    </p>
  ));
}
