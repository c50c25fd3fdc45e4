/** The subjects: found by name, code or address, narrowed by the address bar; new ones, and the import. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { api, body } from "../../api/client";
import type { SubjectListed } from "../../api/schema";
import type { Search } from "../../app/search";
import { useMe } from "../../app/session";
import { useNarrow } from "../../parts/narrow";
import { Page } from "../../parts/Page";
import { type Column, Rows } from "../../parts/Rows";
import { Empty, Failed, Loading } from "../../parts/states";
import { Create } from "./Create";
import { type Filters, KINDS, NARROW, queryOf, readFilters } from "./filters";
import { Import } from "./Import";
import "./subjects.css";
import { useWords } from "./words";

const PAGE = 100;
const PATIENCE_MS = 250;
const FILES: readonly string[] = ["seat", "officer", "superv", "admin"];
const IMPORTS: readonly string[] = ["superv", "leader", "admin"];

export function Subjects() {
  const search = useSearch({ strict: false }) as Search;
  return search.view === "import" ? <Import chosen={search.import} /> : <List search={search} />;
}

function List({ search }: { search: Search }) {
  const t = useWords();
  const navigate = useNavigate();
  const roles = useMe()?.roles ?? [];
  const filters = useMemo(() => readFilters(search), [search]);
  const list = useSubjects(filters);
  const counts = useQuery({
    queryKey: ["subjects", "codes"],
    queryFn: () => body(api.GET("/api/subjects/code-counts")),
  });
  const [adding, setAdding] = useState(false);
  const columns = useColumns();
  const set = (change: Search) =>
    void navigate({
      to: "/subjects",
      search: (before: Search) => ({ ...before, at: undefined, ...change }),
      replace: true,
    });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const tools = (
    <>
      {IMPORTS.some((role) => roles.includes(role)) ? (
        <Link className="btn" to="/subjects" search={{ view: "import" }}>
          {t("bulk")}
        </Link>
      ) : null}
      {FILES.some((role) => roles.includes(role)) ? (
        <button type="button" className="btn primary" onClick={() => setAdding(true)}>
          {t("add")}
        </button>
      ) : null}
    </>
  );
  return (
    <Page title={t("title")} fill tools={tools}>
      <div className={list.isPlaceholderData ? "subjects old" : "subjects"}>
        <Narrowing filters={filters} set={set} />
        {list.isPending ? (
          <Loading />
        ) : list.error ? (
          <Failed error={list.error} retry={list.refetch} />
        ) : rows.length === 0 ? (
          <Empty>
            <p>{t("empty")}</p>
            <p>{t("emptyHint")}</p>
            <Link className="btn" to="/subjects" search={{}}>
              {t("clear")}
            </Link>
          </Empty>
        ) : (
          <Rows
            label={t("label")}
            rows={rows}
            columns={columns}
            idOf={idOf}
            chosen={search.at}
            onChoose={(row) =>
              void navigate({
                to: "/subjects",
                search: (before: Search) => ({ ...before, at: row.id }),
                replace: true,
              })
            }
            onOpen={(row) => void navigate({ to: "/subjects/$id", params: { id: row.id } })}
            more={list.hasNextPage}
            loadMore={() => {
              if (!list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )}
        <p className="subjects-foot">
          <span>{t("keys")}</span>
          {counts.data ? (
            <span>{t("codes", { n: counts.data.with_code, failed: counts.data.check_failed })}</span>
          ) : null}
        </p>
      </div>
      {adding ? <Create close={() => setAdding(false)} /> : null}
    </Page>
  );
}

const idOf = (row: SubjectListed) => row.id;

function useSubjects(filters: Filters) {
  const query = queryOf(filters);
  return useInfiniteQuery({
    queryKey: ["subjects", "list", query],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/subjects", {
          params: { query: { ...query, limit: PAGE, ...(pageParam ? { after: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

const ON_PHONE: readonly string[] = ["name", "band", "cases"];
const BANDS = { good: "good", ordinary: "warn", poor: "bad" } as const;

function useColumns(): Column<SubjectListed>[] {
  const t = useWords();
  const band = (row: SubjectListed) => {
    const key = row.band as keyof typeof BANDS | null;
    return key && key in BANDS ? (
      <span className={`tag ${BANDS[key]}`}>{t(`band.${key}`)}</span>
    ) : (
      <span className="subjects-faint">{t("band.none")}</span>
    );
  };
  const phone = useNarrow();
  const all: Column<SubjectListed>[] = [
    {
      key: "name",
      title: t("col.name"),
      width: "minmax(12ch, 2fr)",
      cell: (row) => (
        <Link to="/subjects/$id" params={{ id: row.id }}>
          {row.name}
        </Link>
      ),
    },
    {
      key: "code",
      title: t("col.code"),
      width: "minmax(6ch, 20ch)",
      cell: (row) => <span className="num">{row.code ?? t("noCode")}</span>,
    },
    { key: "address", title: t("col.address"), width: "minmax(0, 2fr)", cell: (row) => row.address },
    { key: "band", title: t("col.band"), width: "minmax(0, 13ch)", cell: band },
    {
      key: "cases",
      title: t("col.cases"),
      width: "5ch",
      cell: (row) =>
        row.open_cases ? (
          <Link className="num" to="/cases" search={{ subject: row.id, open: "1" }}>
            {row.open_cases}
          </Link>
        ) : (
          ""
        ),
    },
    {
      key: "marks",
      title: t("col.marks"),
      width: "minmax(0, 20ch)",
      cell: (row) => (
        <>
          {row.code_check_failed ? <span className="tag bad">{t("mark.code")}</span> : null}{" "}
          {row.person_pending ? <span className="tag warn">{t("mark.pending")}</span> : null}{" "}
          {row.head_office_id ? <span className="tag">{t("mark.branch")}</span> : null}
        </>
      ),
    },
  ];
  return phone ? all.filter((column) => ON_PHONE.includes(column.key)) : all;
}

function Narrowing({ filters, set }: { filters: Filters; set: (change: Search) => void }) {
  const t = useWords();
  const [text, setText] = useState(filters.q);
  useEffect(() => setText(filters.q), [filters.q]);
  useEffect(() => {
    if (text === filters.q) return undefined;
    const timer = setTimeout(() => set({ q: text }), PATIENCE_MS);
    return () => clearTimeout(timer);
  });
  useSlash();
  return (
    <search className="subjects-filters">
      <label className="subjects-find">
        <span>{t("find")}</span>
        <input
          id="subjects-find"
          className="field"
          type="search"
          placeholder={t("hint")}
          maxLength={60}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <label>
        <span>{t("kind.name")}</span>
        <select
          className="field"
          value={filters.kind ?? ""}
          onChange={(event) => set({ kind: event.target.value })}
        >
          <option value="">{t("kind.all")}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("narrow.name")}</span>
        <select
          className="field"
          value={filters.narrow ?? ""}
          onChange={(event) => set({ narrow: event.target.value })}
        >
          <option value="">{t("narrow.all")}</option>
          {NARROW.map((narrow) => (
            <option key={narrow} value={narrow}>
              {t(`narrow.${narrow}`)}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}

/** `/` goes to the search. */
function useSlash(): void {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      event.preventDefault();
      document.getElementById("subjects-find")?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
