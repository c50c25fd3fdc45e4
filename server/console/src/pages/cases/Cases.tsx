/** The list of cases: filters in the address bar, rows of any number, live, by keyboard; and what is safe in bulk. */
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from "react";
import type { CaseRead } from "../../api/schema";
import type { Search } from "../../app/search";
import { useNarrow } from "../../parts/narrow";
import { Page } from "../../parts/Page";
import { Rows } from "../../parts/Rows";
import { Empty, Failed, Loading } from "../../parts/states";
import { Bulk } from "./Bulk";
import "./cases.css";
import { useColumns } from "./columns";
import { Filters, Flags, Presets } from "./Filters";
import { type Filters as Chosen, NONE, queryOf, readFilters, same, writeFilters } from "./filters";
import { useCases, useCount } from "./list";
import { useWords } from "./words";

export function Cases() {
  const t = useWords();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const filters = useMemo(() => readFilters(search), [search]);
  const query = useMemo(() => queryOf(filters), [filters]);
  const list = useCases(query);
  const total = useCount(query);
  const [ticked, setTicked] = useState<ReadonlyMap<string, CaseRead>>(new Map());
  const phone = useNarrow();
  const set = useCallback(
    (next: Chosen) => void navigate({ to: "/cases", search: writeFilters(next), replace: true }),
    [navigate],
  );
  const choose = (row: CaseRead) =>
    void navigate({ to: "/cases", search: { ...writeFilters(filters), at: row.id }, replace: true });
  const open = (row: CaseRead) => void navigate({ to: "/cases/$id", params: { id: row.id } });
  const tick = useCallback((row: CaseRead) => {
    setTicked((before) => {
      const next = new Map(before);
      if (!next.delete(row.id)) next.set(row.id, row);
      return next;
    });
  }, []);
  useSlash();
  const columns = useColumns(ticked, tick, phone);
  const press = (event: KeyboardEvent, row: CaseRead) => {
    if (event.key !== "x" || event.ctrlKey || event.metaKey) return false;
    tick(row);
    return true;
  };
  return (
    <Page
      title={t("title")}
      fill
      tools={
        <span className="cases-count num" aria-live="polite">
          {total === undefined ? t("counting") : t("count", { n: total.toLocaleString() })}
        </span>
      }
    >
      <div className={list.old ? "cases old" : "cases"}>
        <div className="cases-views">
          <Presets filters={filters} set={set} />
          <Flags filters={filters} set={set} />
        </div>
        <Filters filters={filters} set={set} />
        {ticked.size > 0 ? (
          <Bulk rows={[...ticked.values()]} clear={() => setTicked(new Map())} moved={list.put} />
        ) : null}
        {list.loading ? (
          <Loading />
        ) : list.error && list.rows.length === 0 ? (
          <Failed error={list.error} retry={list.refetch} />
        ) : list.rows.length === 0 ? (
          <Nothing filtered={!same(filters, NONE)} />
        ) : (
          <Rows
            key={phone ? "phone" : "desk"}
            label={t("label")}
            rows={list.rows}
            columns={columns}
            idOf={idOf}
            chosen={search.at}
            onChoose={choose}
            onOpen={open}
            onKey={press}
            total={total}
            more={list.more}
            loadMore={list.loadMore}
            ahead={100}
            rowHeight={phone ? 116 : 44}
          />
        )}
        <p className="cases-keys">{t("keys")}</p>
      </div>
    </Page>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const t = useWords();
  return (
    <Empty>
      <p>{t(filtered ? "empty" : "none")}</p>
      <p>{t(filtered ? "emptyHint" : "noneHint")}</p>
      {filtered ? (
        <Link className="btn" to="/cases" search={{}}>
          {t("filter.clear")}
        </Link>
      ) : null}
    </Empty>
  );
}

const idOf = (row: CaseRead) => row.id;

/** `/` goes to the number, as in many lists. */
function useSlash(): void {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
      event.preventDefault();
      document.getElementById("cases-number")?.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
