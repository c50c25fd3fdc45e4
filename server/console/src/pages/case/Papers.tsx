/** Documents, notices with their deliveries, what the party said, pledges and education. */
import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { api, body } from "../../api/client";
import type { CaseDetail, NoticeRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { known } from "../../parts/Refused";
import { namesIn } from "../../parts/thread";
import { moment } from "../../parts/time";
import { useWords as useMoveWords } from "../../parts/words.move";
import { useNotices, useObjections, usePledges, useStaff } from "./reads";
import { useWords } from "./words";

const Documents = lazy(() => import("../desk/Documents").then((all) => ({ default: all.Documents })));

export function Papers({ of }: { of: CaseDetail }) {
  const isStaff = useStaff();
  return (
    <>
      <Objections id={of.id} />
      {isStaff ? (
        <>
          <section className="card">
            <Suspense fallback={null}>
              <Documents of={of} />
            </Suspense>
          </section>
          <Promises id={of.id} />
          <Notices of={of} />
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
  if (pledges.length === 0) return null;
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
    </Block>
  );
}

const SHOWN = 3;

function Notices({ of }: { of: CaseDetail }) {
  const t = useWords();
  const found = useNotices(of.id).data;
  if (found === undefined) return null;
  const earlier = found.slice(SHOWN);
  return (
    <section className="card" aria-labelledby="notices-title">
      <h2 id="notices-title">{t("papers.notices")}</h2>
      {found.length === 0 ? <p className="faint">{t("papers.noNotices")}</p> : null}
      <NoticeList of={of} notices={found.slice(0, SHOWN)} />
      {earlier.length > 0 ? (
        <details className="case-more">
          <summary>{t("papers.earlier", { n: earlier.length })}</summary>
          <NoticeList of={of} notices={earlier} />
        </details>
      ) : null}
    </section>
  );
}

/** Whom a notice was for: a role, a person of the case by name, the party. */
function useWhom(of: CaseDetail): (to: string) => string {
  const t = useWords();
  const roles = useMoveWords();
  const names = namesIn(of);
  return (to) => {
    const [kind = "", who = ""] = to.split(":");
    if (kind === "role") return known(roles, `role.${who}`, who);
    return kind === "subject" ? t("papers.party") : (names.get(who) ?? t("papers.somebody"));
  };
}

function NoticeList({ of, notices }: { of: CaseDetail; notices: readonly NoticeRead[] }) {
  const t = useWords();
  const language = useLanguage();
  const whom = useWhom(of);
  const stand = (one: NoticeRead) => {
    if (one.last_error) return t("papers.failed", { why: one.last_error });
    if (one.seen_at) return t("papers.seen", { at: moment(one.seen_at, language) });
    return one.delivered_at
      ? t("papers.delivered", { at: moment(one.delivered_at, language) })
      : t("papers.waiting");
  };
  return (
    <ul className="case-list">
      {notices.map((one) => (
        <li key={one.id}>
          {language === "en" ? one.text_en : one.text_zh}{" "}
          <small>
            {[t("papers.to", { to: whom(one.to) }), moment(one.queued_at, language), stand(one)].join(" · ")}
          </small>
          <Deliveries noticeId={one.id} />
        </li>
      ))}
    </ul>
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
