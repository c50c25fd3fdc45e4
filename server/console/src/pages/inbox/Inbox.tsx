/** Messages to oneself, and one's own account. */
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import type { NoticeRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Page } from "../../parts/Page";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { Account } from "./Account";
import "./inbox.css";
import { useWords } from "./words";

export function Inbox() {
  const t = useWords();
  const client = useQueryClient();
  const asked = useInfiniteQuery({
    queryKey: ["inbox"],
    queryFn: ({ pageParam }) =>
      body(api.GET("/api/notices/inbox", { params: { query: { before: pageParam, limit: 50 } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const items = asked.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = asked.data?.pages[0]?.unread ?? 0;
  const reading = useMutation({
    mutationFn: (ids: string[]) => body(api.POST("/api/notices/inbox/read", { body: { ids } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["inbox"] }),
  });
  const waiting = items.filter((notice) => notice.seen_at === null).map((notice) => notice.id);
  return (
    <Page
      title={t("title")}
      tools={
        <>
          <span className={unread > 0 ? "tag warn" : "tag"}>{t("unread", { n: unread })}</span>
          <button
            type="button"
            className="btn"
            disabled={waiting.length === 0 || reading.isPending}
            onClick={() => reading.mutate(waiting)}
          >
            {t("allRead")}
          </button>
        </>
      }
    >
      <div className="inbox">
        <section>
          <Answer
            of={{ ...asked, data: asked.data }}
            empty={() => items.length === 0}
            nothing={
              <>
                <b>{t("none")}</b>
                <p>{t("noneHint")}</p>
              </>
            }
          >
            {() => (
              <ul className="inbox-list">
                {items.map((notice) => (
                  <Message key={notice.id} notice={notice} read={() => reading.mutate([notice.id])} />
                ))}
              </ul>
            )}
          </Answer>
          {asked.hasNextPage ? (
            <button type="button" className="btn" onClick={() => void asked.fetchNextPage()}>
              {t("older")}
            </button>
          ) : null}
        </section>
        <Account />
      </div>
    </Page>
  );
}

function Message({ notice, read }: { notice: NoticeRead; read: () => void }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <li className={notice.seen_at === null ? "card inbox-new" : "card"}>
      <div className="inbox-line">
        <time dateTime={notice.queued_at}>{moment(notice.queued_at, language)}</time>
        {notice.urgent ? <span className="tag bad">{t("urgent")}</span> : null}
        {notice.case_id ? (
          <Link to="/cases/$id" params={{ id: notice.case_id }} onClick={read}>
            {t("open")}
          </Link>
        ) : null}
      </div>
      <p>{language === "en" ? notice.text_en : notice.text_zh}</p>
    </li>
  );
}
