/** The case in hand: what it is, what this queue needs to see, and the decision. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import type { CaseDetail, Queue as QueueKey, WaitingRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Deadline } from "../../parts/Deadline";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { Decide } from "./Decide";
import { Sight } from "./Sight";
import { useWords } from "./words";

interface Props {
  readonly row: WaitingRead;
  readonly queue: QueueKey;
  /** `kept`: the case still waits in this queue (a step of two was made). */
  readonly onDone: (kept: boolean) => void;
}

export function useCase(id: string) {
  return useQuery({
    queryKey: ["case", id],
    queryFn: () => body(api.GET("/api/cases/{case_id}", { params: { path: { case_id: id } } })),
  });
}

export function Work({ row, queue, onDone }: Props) {
  const found = useCase(row.case.id);
  return (
    <Answer of={found}>
      {(of) => (
        <article className="desk-case">
          <Head row={row} of={of} />
          <Hindered row={row} />
          <Decide row={row} of={of} queue={queue} onDone={onDone} />
          <Sight row={row} of={of} queue={queue} />
        </article>
      )}
    </Answer>
  );
}

function Head({ row, of }: { row: WaitingRead; of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <header className="desk-head">
      <div>
        <h2>
          {(language === "en" ? row.item_en : row.item_zh) || of.violation} · {of.subject_name}
        </h2>
        <p>
          <Link to="/cases/$id" params={{ id: of.id }} className="num" title={t("open")}>
            {of.number}
          </Link>{" "}
          <span className="tag">{language === "en" ? of.state_en : of.state_zh}</span>{" "}
          {of.urgent ? <span className="tag bad">{t("urgent")}</span> : null}{" "}
          {row.officer_name ? t("officer", { name: row.officer_name }) : null}{" "}
          {of.returns > 0 ? <span className="tag warn">{t("returns", { n: of.returns })}</span> : null}{" "}
          {of.extensions > 0 ? (
            <span className="tag warn">{t("extensions", { n: of.extensions })}</span>
          ) : null}{" "}
          {of.rework > 0 ? <span className="tag warn">{t("rework", { n: of.rework })}</span> : null}
        </p>
        {of.back_since ? (
          <p className="fault" role="alert">
            {t("backSince", { at: moment(of.back_since, language) })}
          </p>
        ) : null}
        {row.delegation ? (
          <p className="tag good">{t("byDelegation", { document: row.delegation })}</p>
        ) : null}
      </div>
      {of.timer ? <Deadline span={of.timer} /> : null}
    </header>
  );
}

/** Four eyes: what this person did in the case before keeps them from this. */
function Hindered({ row }: { row: WaitingRead }) {
  const t = useWords();
  if (!row.hindrance) return null;
  const part = (name: string) => t(`part.${name as "handler"}`);
  return (
    <p className="desk-hindered" role="note">
      <b>{t("hindered")}</b>{" "}
      {t("hinderedBy", { had: row.hindrance.had.map(part).join("、"), part: part(row.hindrance.part) })}
    </p>
  );
}
