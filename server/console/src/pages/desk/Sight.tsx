/** What must be seen before deciding: pictures, what was asked or said, the recommendation, documents, the history. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api, body } from "../../api/client";
import type { CaseDetail, Queue as QueueKey, WaitingRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { BeforeAfter } from "../../parts/BeforeAfter";
import { correctedAt, shotsOf } from "../../parts/beforeafter";
import { Recommendation } from "../../parts/Recommendation";
import { Answer } from "../../parts/states";
import { Thread } from "../../parts/Thread";
import { moment } from "../../parts/time";
import { Documents } from "./Documents";
import { useWords } from "./words";

interface Props {
  readonly row: WaitingRead;
  readonly of: CaseDetail;
  readonly queue: QueueKey;
}

const IN_LAW: readonly QueueKey[] = [
  "legal",
  "approve",
  "delegated",
  "close",
  "end",
  "examine",
  "set_aside",
  "redo",
  "objected",
  "hear",
  "serve",
];

export function Sight({ row, of, queue }: Props) {
  const law = IN_LAW.includes(queue);
  return (
    <>
      {queue === "void" ? <VoidAsked row={row} of={of} /> : null}
      {queue === "requests" ? <Asked of={of} /> : null}
      {queue === "objected" || queue === "hear" ? <Said caseId={of.id} /> : null}
      {law ? <Recommendation of={of} /> : null}
      {law ? <Documents of={of} /> : null}
      <Pictures of={of} />
      {queue === "check" || queue === "overdue" ? <Documents of={of} /> : null}
      <Thread of={of} />
    </>
  );
}

/** Before and after where something was reported put right; the best picture alone before that. */
function Pictures({ of }: { of: CaseDetail }) {
  const pictures = useQuery({
    queryKey: ["case", of.id, "pictures"],
    queryFn: () => body(api.GET("/api/cases/{case_id}/pictures", { params: { path: { case_id: of.id } } })),
  });
  return (
    <Answer of={pictures}>
      {(found) => {
        const { before, after } = shotsOf(found, of.steps);
        if (correctedAt(of.steps) !== null)
          return <BeforeAfter before={before} after={after} caseNumber={of.number} />;
        const first = before.find((shot) => !shot.sealed);
        return first ? (
          <img className="desk-picture" src={`/api/evidence/${first.sha256}`} alt={of.number} />
        ) : null;
      }}
    </Answer>
  );
}

/** The newest step to a state, or of a kind. */
function newest(of: CaseDetail, wanted: (step: CaseDetail["steps"][number]) => boolean) {
  return of.steps.filter(wanted).at(-1);
}

function Asked({ of }: { of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const step = newest(of, (one) => one.to_state === "WX" && one.kind === "transition");
  if (step === undefined) return null;
  const asks = String(step.fields.asks ?? "return") as "return";
  const until = typeof step.after.asked_due_at === "string" ? step.after.asked_due_at : null;
  return (
    <Quoted title={t("asked.title")} by={step.actor_name} at={moment(step.at, language)}>
      <b>{t(`asked.${asks}`)}</b>
      <p>{step.reason || t("asked.none")}</p>
      {until ? (
        <small>
          {t("asked.until")} {moment(until, language)}
        </small>
      ) : null}
    </Quoted>
  );
}

function VoidAsked({ row, of }: { row: WaitingRead; of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const step = newest(of, (one) => one.kind === "void_asked");
  return (
    <Quoted
      title={t("voidAsked", { name: row.asked_by_name })}
      by={step?.actor_name ?? ""}
      at={step ? moment(step.at, language) : ""}
    >
      <p>{step?.reason ?? t("asked.none")}</p>
    </Quoted>
  );
}

function Said({ caseId }: { caseId: string }) {
  const t = useWords();
  const language = useLanguage();
  const said = useQuery({
    queryKey: ["case", caseId, "objections"],
    queryFn: () =>
      body(api.GET("/api/cases/{case_id}/objections", { params: { path: { case_id: caseId } } })),
  });
  return (
    <Answer of={said} empty={(all) => all.every((one) => one.status !== "open")} nothing={<span />}>
      {(all) => (
        <>
          {all
            .filter((one) => one.status === "open")
            .map((one) => (
              <Quoted
                key={one.id}
                title={t("said")}
                by={one.lodged_by_name}
                at={moment(one.lodged_at, language)}
              >
                <p>{one.statement}</p>
                <small className="num">{one.number}</small>
              </Quoted>
            ))}
        </>
      )}
    </Answer>
  );
}

function Quoted({ title, by, at, children }: { title: string; by: string; at: string; children: ReactNode }) {
  return (
    <section className="desk-quoted">
      <h3>{title}</h3>
      {children}
      <small>
        {by} {at}
      </small>
    </section>
  );
}
