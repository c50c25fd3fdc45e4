/** Documents, notices with their deliveries, what the party said, pledges and education. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useState } from "react";
import { api, body } from "../../api/client";
import type { CaseDetail } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { known } from "../../parts/Refused";
import { moment } from "../../parts/time";
import { useWords as useMoveWords } from "../../parts/words.move";
import {
  useDocuments,
  useEducation,
  useKinds,
  useNotices,
  useObjections,
  usePledges,
  useStaff,
} from "./reads";
import { useWords } from "./words";

export function Papers({ of }: { of: CaseDetail }) {
  const isStaff = useStaff();
  return (
    <>
      <Objections id={of.id} />
      {isStaff ? (
        <>
          <Documents id={of.id} />
          <Promises id={of.id} />
          <Notices id={of.id} />
        </>
      ) : null}
    </>
  );
}

function Block({
  id,
  title,
  none,
  children,
}: {
  id: string;
  title: string;
  none: string | null;
  children: ReactNode;
}) {
  return (
    <section className="card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {none === null ? <ul className="case-list">{children}</ul> : <p className="faint">{none}</p>}
    </section>
  );
}

function Documents({ id }: { id: string }) {
  const t = useWords();
  const language = useLanguage();
  const kinds = new Map(
    useKinds().data?.map((kind) => [kind.kind, language === "en" ? kind.title_en : kind.title]),
  );
  const found = useDocuments(id).data;
  if (found === undefined) return null;
  return (
    <Block id="documents" title={t("papers.documents")} none={found.length === 0 ? t("papers.none") : null}>
      {found.map((one) => (
        <li key={one.id}>
          <a href={`/api/documents/${one.id}/pdf`} target="_blank" rel="noreferrer">
            {kinds.get(one.kind) ?? one.kind} {one.number}
          </a>{" "}
          <small>{t("papers.by", { who: one.made_by_name, at: moment(one.made_at, language) })}</small>
          {one.withdrawal ? (
            <span className="tag bad">{t("papers.withdrawn", { reason: one.withdrawal.reason })}</span>
          ) : null}
          {one.replaces ? <span className="tag">{t("papers.replaced")}</span> : null}
        </li>
      ))}
    </Block>
  );
}

function Objections({ id }: { id: string }) {
  const t = useWords();
  const language = useLanguage();
  const found = useObjections(id).data;
  if (found === undefined || found.length === 0) return null;
  return (
    <Block id="objections" title={t("papers.objections")} none={null}>
      {found.map((one) => (
        <li key={one.id}>
          <b>{t(`papers.${one.kind}`)}</b>{" "}
          <span className={one.status === "open" ? "tag warn" : "tag"}>
            {t(`papers.status.${one.status}`)}
          </span>
          <p>{one.statement}</p>
          {one.status === "open" ? (
            <small>{t("papers.due", { at: moment(one.due_at, language) })}</small>
          ) : one.answer ? (
            <p>{t("papers.answer", { text: one.answer })}</p>
          ) : null}
        </li>
      ))}
    </Block>
  );
}

function Promises({ id }: { id: string }) {
  const t = useWords();
  const language = useLanguage();
  const pledges = usePledges(id).data ?? [];
  const lessons = useEducation(id).data ?? [];
  if (pledges.length + lessons.length === 0) return null;
  return (
    <Block id="pledges" title={t("papers.pledges")} none={null}>
      {pledges.map((one) => (
        <li key={one.id}>
          {t("papers.signed", { who: one.signed_by, at: moment(one.signed_at, language) })}{" "}
          {one.outcome ? (
            <span className={one.outcome.kept ? "tag good" : "tag bad"}>
              {t(one.outcome.kept ? "papers.kept" : "papers.broken")}
            </span>
          ) : null}
          <p>{one.text}</p>
        </li>
      ))}
      {lessons.map((one) => (
        <li key={one.id}>
          {t("papers.educated", {
            who: one.given_by_name,
            at: moment(one.given_at, language),
            content: one.content,
          })}
        </li>
      ))}
    </Block>
  );
}

function Notices({ id }: { id: string }) {
  const t = useWords();
  const language = useLanguage();
  const roles = useMoveWords();
  const found = useNotices(id).data;
  if (found === undefined) return null;
  return (
    <Block id="notices" title={t("papers.notices")} none={found.length === 0 ? t("papers.noNotices") : null}>
      {found.map((one) => (
        <li key={one.id}>
          <span>{language === "en" ? one.text_en : one.text_zh}</span>{" "}
          <small>
            {t("papers.to", {
              to: known(roles, `role.${one.to.replace("role:", "")}`, one.to.split(":")[0] ?? ""),
            })}
            {" · "}
            {moment(one.queued_at, language)}
            {" · "}
            {one.last_error
              ? t("papers.failed", { why: one.last_error })
              : one.delivered_at
                ? t("papers.delivered", { at: moment(one.delivered_at, language) })
                : t("papers.waiting")}
            {one.seen_at ? ` · ${t("papers.seen", { at: moment(one.seen_at, language) })}` : null}
          </small>
          <Deliveries noticeId={one.id} />
        </li>
      ))}
    </Block>
  );
}

/** Read only when somebody opens them. */
function Deliveries({ noticeId }: { noticeId: string }) {
  const t = useWords();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: ["notices", noticeId, "deliveries"],
    queryFn: () =>
      body(api.GET("/api/notices/{notice_id}/deliveries", { params: { path: { notice_id: noticeId } } })),
    enabled: open,
  }).data;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("papers.deliveries")}</summary>
      <ul>
        {found?.map((one) => (
          <li key={one.id}>
            {one.channel} · {one.state} · {one.sent_at ? moment(one.sent_at, language) : ""} {one.last_error}
          </li>
        ))}
      </ul>
    </details>
  );
}
