/** The list itself: pages by cursor, kept true by what the server says changes, without ever reading all pages again. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { api, body } from "../../api/client";
import type { CaseRead } from "../../api/schema";
import { type Heard, useHeard } from "../../app/events";
import { type Changes, noted, withChanges } from "./changes";
import type { Query, Sort } from "./filters";

const PAGE = 100;
const AT_ONCE = 200;
const PATIENCE_MS = 600;
const NO_CHANGES: Changes<CaseRead> = new Map();

export function useCases(query: Query) {
  const pages = useInfiniteQuery({
    queryKey: ["case-list", query],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/cases", {
          params: { query: { ...query, limit: PAGE, ...(pageParam ? { before: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  });
  const [changes, setChanges] = useChanges(query);
  const sort: Sort = query.sort ?? "newest";
  const whole = pages.data !== undefined && !pages.hasNextPage;
  const read = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const rows = useMemo(() => withChanges(read, changes, sort, whole), [read, changes, sort, whole]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = pages;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    rows,
    loadMore,
    more: hasNextPage,
    loading: pages.isPending,
    old: pages.isPlaceholderData,
    error: pages.error,
    refetch,
    /** Rows that came back from a move of one's own. */
    put: useCallback((moved: CaseRead) => setChanges((before) => noted(before, [], [moved])), [setChanges]),
  };
}

/** What changed since the pages were read: whoever changes is asked for again, with the same filters. */
function useChanges(query: Query) {
  const [changes, setChanges] = useState(NO_CHANGES);
  const client = useQueryClient();
  const waiting = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const key = JSON.stringify(query);
  useEffect(() => {
    void key;
    setChanges(NO_CHANGES);
    waiting.current.clear();
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [key]);
  const listen = useCallback(
    (heard: Heard) => {
      if (heard.kind !== "case") return;
      waiting.current.add(heard.key);
      timer.current ??= setTimeout(async () => {
        timer.current = undefined;
        const asked = [...waiting.current].slice(0, AT_ONCE);
        for (const id of asked) waiting.current.delete(id);
        if (asked.length === 0) return;
        const again = { ...(JSON.parse(key) as Query), id: asked, limit: AT_ONCE };
        const page = await body(api.GET("/api/cases", { params: { query: again } })).catch(() => null);
        if (page !== null) setChanges((before) => noted(before, asked, page.items));
        void client.invalidateQueries({ queryKey: ["case-count"] });
      }, PATIENCE_MS);
    },
    [key, client],
  );
  useHeard(listen);
  return [changes, setChanges] as const;
}

/** How many there are in all; never waited for. */
export function useCount(query: Query): number | undefined {
  const counted = useQuery({
    queryKey: ["case-count", query],
    queryFn: ({ signal }) => body(api.GET("/api/cases/count", { params: { query }, signal })),
    staleTime: 5_000,
  });
  return counted.data?.count;
}
