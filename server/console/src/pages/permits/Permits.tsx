/** The register of permits: the list with one beside it, overlaps, and what would be allowed where and when. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useMemo, useState } from "react";
import { api, body } from "../../api/client";
import type { PermitRead } from "../../api/schema";
import type { Search } from "../../app/search";
import { useMe } from "../../app/session";
import { useNarrow } from "../../parts/narrow";
import { Page } from "../../parts/Page";
import { type Column, Rows } from "../../parts/Rows";
import { Answer, Empty, Failed, Loading } from "../../parts/states";
import { Detail } from "./Detail";
import { Judge } from "./Judge";
import { Register } from "./Register";
import "./permits.css";
import { useTimes } from "./times";
import { useWords } from "./words";

const PAGE = 100;
const STATUSES = ["active", "suspended", "revoked", "expired"] as const;
const REGISTRARS: readonly string[] = ["superv", "leader", "admin"];
const VIEWS = ["list", "overlaps", "judge"] as const;
const READS_CASES: readonly string[] = [
  "seat",
  "superv",
  "dispatch",
  "officer",
  "leader",
  "legal",
  "head",
  "verify",
];

export function Permits() {
  const t = useWords();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const roles = useMe()?.roles ?? [];
  const may = REGISTRARS.some((role) => roles.includes(role));
  const [adding, setAdding] = useState(false);
  const views = VIEWS.filter((name) => name !== "judge" || roles.some((role) => READS_CASES.includes(role)));
  const view = views.find((name) => name === search.view) ?? "list";
  const set = (change: Search) =>
    void navigate({
      to: "/permits",
      search: (before: Search) => ({ ...before, ...change }),
      replace: true,
    });
  return (
    <Page
      title={t("title")}
      fill={view === "list"}
      tools={
        may ? (
          <button type="button" className="btn primary" onClick={() => setAdding(true)}>
            {t("add")}
          </button>
        ) : null
      }
    >
      <div className={view === "list" ? "permits" : "permits plain"}>
        <div className="permits-views" role="group" aria-label={t("view.name")}>
          {views.map((name) => (
            <button
              key={name}
              type="button"
              className="btn"
              aria-pressed={name === view}
              onClick={() => void navigate({ to: "/permits", search: name === "list" ? {} : { view: name } })}
            >
              {t(`view.${name}`)}
            </button>
          ))}
        </div>
        {view === "list" ? <List search={search} set={set} may={may} /> : null}
        {view === "overlaps" ? <Overlaps /> : null}
        {view === "judge" ? <Judge /> : null}
      </div>
      {adding ? <Register close={() => setAdding(false)} made={(id) => set({ at: id, view: "" })} /> : null}
    </Page>
  );
}

function List({ search, set, may }: { search: Search; set: (change: Search) => void; may: boolean }) {
  const t = useWords();
  const status = STATUSES.find((name) => name === search.status);
  const within = search.ends === "7" || search.ends === "30" ? Number(search.ends) : undefined;
  const query = {
    ...(search.q ? { q: search.q.slice(0, 60) } : {}),
    ...(status ? { status } : {}),
    ...(within ? { ends_within_days: within } : {}),
    ...(search.subject ? { subject_id: search.subject } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["permits", "list", query],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/permits", {
          params: { query: { ...query, limit: PAGE, ...(pageParam ? { after: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(
    () => (list.data?.pages.flatMap((page) => page.items) ?? []) as PermitRead[],
    [list.data],
  );
  const columns = useColumns();
  return (
    <>
      <Filters search={search} set={set} />
      <div className="permits-both">
        {list.isPending ? (
          <Loading />
        ) : list.error ? (
          <Failed error={list.error} retry={list.refetch} />
        ) : rows.length === 0 ? (
          <Empty>
            <p>{t("empty")}</p>
            <p>{t("emptyHint")}</p>
            <Link className="btn" to="/permits" search={{}}>
              {t("clear")}
            </Link>
          </Empty>
        ) : (
          <Rows
            label={t("label")}
            rows={rows}
            columns={columns}
            idOf={(row) => row.id}
            chosen={search.at}
            onChoose={(row) => set({ at: row.id })}
            more={list.hasNextPage}
            loadMore={() => {
              if (!list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )}
        <aside className="permits-beside" aria-live="polite">
          {search.at ? <Detail id={search.at} may={may} /> : <p className="state">{t("detail.choose")}</p>}
        </aside>
      </div>
    </>
  );
}

function Filters({ search, set }: { search: Search; set: (change: Search) => void }) {
  const t = useWords();
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set({ q: String(new FormData(event.currentTarget).get("q") ?? "") });
  };
  return (
    <search className="permits-filters">
      <form onSubmit={find}>
        <label>
          <span>{t("find")}</span>
          <input
            key={search.q}
            className="field"
            type="search"
            name="q"
            placeholder={t("hint")}
            maxLength={60}
            defaultValue={search.q}
            onBlur={(event) => {
              if (event.target.value !== (search.q ?? "")) set({ q: event.target.value });
            }}
          />
        </label>
      </form>
      <label>
        <span>{t("status.name")}</span>
        <select
          className="field"
          value={search.status ?? ""}
          onChange={(event) => set({ status: event.target.value })}
        >
          <option value="">{t("status.all")}</option>
          {STATUSES.map((name) => (
            <option key={name} value={name}>
              {t(`status.${name}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("ends.name")}</span>
        <select
          className="field"
          value={search.ends ?? ""}
          onChange={(event) => set({ ends: event.target.value })}
        >
          <option value="">{t("ends.all")}</option>
          <option value="7">{t("ends.d7")}</option>
          <option value="30">{t("ends.d30")}</option>
        </select>
      </label>
      {search.subject ? (
        <Link className="btn plain" to="/permits" search={{}}>
          {t("ofSubject")} · {t("clear")}
        </Link>
      ) : null}
    </search>
  );
}

export const TAGS = { active: "good", suspended: "warn", revoked: "bad", expired: "" } as const;

function useColumns(): Column<PermitRead>[] {
  const t = useWords();
  const times = useTimes();
  const phone = useNarrow();
  const all: Column<PermitRead>[] = [
    {
      key: "number",
      title: t("col.number"),
      width: "minmax(18ch, 1.2fr)",
      cell: (row) => <span className="num">{row.number || row.id}</span>,
    },
    { key: "holder", title: t("col.holder"), width: "minmax(0, 1.4fr)", cell: (row) => row.subject_name },
    { key: "goods", title: t("col.goods"), width: "minmax(0, 0.8fr)", cell: (row) => row.goods },
    { key: "times", title: t("col.times"), width: "minmax(0, 1.3fr)", cell: (row) => times(row) },
    {
      key: "until",
      title: t("col.until"),
      width: "11ch",
      cell: (row) => <span className="num">{row.valid_to}</span>,
    },
    {
      key: "status",
      title: t("col.status"),
      width: "9ch",
      cell: (row) => {
        const status = STATUSES.find((name) => name === row.status) ?? "expired";
        return <span className={`tag ${TAGS[status]}`}>{t(`status.${status}`)}</span>;
      },
    },
  ];
  return phone ? all.filter((column) => ["holder", "until", "status"].includes(column.key)) : all;
}

function Overlaps() {
  const t = useWords();
  const found = useQuery({
    queryKey: ["permits", "overlaps"],
    queryFn: () => body(api.GET("/api/permits/overlaps")),
  });
  return (
    <section className="card">
      <p>{t("overlaps.lead")}</p>
      <Answer of={found} empty={(rows) => rows.length === 0} nothing={<p>{t("overlaps.none")}</p>}>
        {(rows) => (
          <ul className="permits-plain">
            {rows.map((row) => (
              <li key={row.first + row.second}>
                <Link to="/permits" search={{ at: row.first }}>
                  {row.first}
                </Link>
                {" · "}
                <Link to="/permits" search={{ at: row.second }}>
                  {row.second}
                </Link>{" "}
                <span className={row.same_holder ? "tag" : "tag bad"}>
                  {t(row.same_holder ? "overlaps.same" : "overlaps.other")}
                </span>{" "}
                <span className="permits-faint">
                  {t("overlaps.where")} {row.where.join(", ")}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </section>
  );
}
