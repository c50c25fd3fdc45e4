/** The audit log, newest first, and whether what is shown joins up. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import type { AuditRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { useNarrow } from "../../parts/narrow";
import { Page } from "../../parts/Page";
import { type Column, Rows } from "../../parts/Rows";
import { Answer } from "../../parts/states";
import { moment, whole } from "../../parts/time";
import "./audit.css";
import { broken } from "./joins";
import { useWords } from "./words";

const SIZE = 200;

export function Audit() {
  const t = useWords();
  const language = useLanguage();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const asked = useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam }) =>
      body(api.GET("/api/audit", { params: { query: { before: pageParam, limit: SIZE } } })),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < SIZE ? null : (page.at(-1)?.seq ?? null)),
  });
  const all = asked.data?.pages.flat() ?? [];
  const faults = broken(all);
  const wanted = (search.find ?? "").trim().toLowerCase();
  const rows = all.filter((entry) =>
    `${entry.actor_name} ${entry.action} ${entry.target}`.toLowerCase().includes(wanted),
  );
  const chosen = all.find((entry) => String(entry.seq) === search.entry);
  const go = (next: Readonly<Record<string, string | undefined>>) =>
    void navigate({ to: "/audit", search: { ...search, ...next }, replace: true });
  const columns: Column<AuditRead>[] = [
    { key: "seq", title: t("seq"), width: "7ch", cell: (entry) => <span className="num">{entry.seq}</span> },
    { key: "at", title: t("at"), width: "13ch", cell: (entry) => moment(entry.at, language) },
    { key: "who", title: t("who"), width: "minmax(8ch, 1fr)", cell: (entry) => entry.actor_name },
    { key: "action", title: t("action"), width: "minmax(10ch, 1fr)", cell: (entry) => entry.action },
    { key: "target", title: t("target"), width: "minmax(10ch, 1.4fr)", cell: (entry) => entry.target },
    {
      key: "chain",
      title: t("chain"),
      width: "14ch",
      cell: (entry) => (
        <span className={faults.has(entry.seq) ? "tag bad" : "tag good"}>
          {t(faults.has(entry.seq) ? "broken" : "whole")}
        </span>
      ),
    },
  ];
  return (
    <Page title={t("title")}>
      <p className="audit-faint">{t("explain")}</p>
      <Answer of={{ ...asked, data: asked.data }}>
        {() => (
          <div className={chosen ? "audit with" : "audit"}>
            <div className="audit-list">
              <input
                className="field"
                type="search"
                aria-label={t("find")}
                placeholder={t("find")}
                value={search.find ?? ""}
                onChange={(event) => go({ find: event.target.value })}
              />
              {rows.length === 0 ? (
                <p className="state">{t("noneFound")}</p>
              ) : (
                <Rows
                  label={t("title")}
                  rows={rows}
                  columns={
                    narrow
                      ? columns.filter(({ key }) => key === "at" || key === "who" || key === "action")
                      : columns
                  }
                  idOf={(entry) => String(entry.seq)}
                  chosen={search.entry}
                  onChoose={(entry) => go({ entry: String(entry.seq) })}
                  more={asked.hasNextPage}
                  loadMore={() => void (asked.isFetchingNextPage || asked.fetchNextPage())}
                />
              )}
            </div>
            {chosen ? <Whole entry={chosen} close={() => go({ entry: undefined })} /> : null}
          </div>
        )}
      </Answer>
    </Page>
  );
}

function Whole({ entry, close }: { entry: AuditRead; close: () => void }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <aside className="card audit-one">
      <header>
        <h2>
          {entry.seq} {entry.action}
        </h2>
        <button type="button" className="btn plain" onClick={close}>
          {t("close")}
        </button>
      </header>
      <dl>
        <dt>{t("at")}</dt>
        <dd>{whole(entry.at, language)}</dd>
        <dt>{t("who")}</dt>
        <dd>{entry.actor_name}</dd>
        <dt>{t("target")}</dt>
        <dd>{entry.target}</dd>
        <dt>{t("hash")}</dt>
        <dd className="audit-hash">{entry.hash}</dd>
        <dt>{t("previous")}</dt>
        <dd className="audit-hash">{entry.previous_hash}</dd>
        <dt>{t("facts")}</dt>
        <dd>
          <dl>
            {Object.entries(entry.facts).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </dd>
      </dl>
    </aside>
  );
}
