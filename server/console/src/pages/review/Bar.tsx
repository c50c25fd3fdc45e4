/** How many wait, the days that are looked at, and the keys. */
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ReviewCount } from "../../api/schema";
import { type Heard, useHeard } from "../../app/events";
import type { Search } from "../../app/search";
import { Day } from "../../parts/Day";
import { utcOf } from "../../parts/time";
import type { Desk } from "./desk";
import { Help } from "./Help";
import { type Filter, server } from "./server";
import { useWords } from "./words";

const COUNT_AGAIN_MS = 1500;
const DAY_MS = 86_400_000;

/** The address bar's part of the question. Days are days of the city; the last one is included. */
export function filterOf(search: {
  from?: string | undefined;
  to?: string | undefined;
  camera?: string | undefined;
}): Filter {
  const from = search.from ? utcOf(search.from) : "";
  const to = search.to ? utcOf(search.to) : "";
  return {
    ...(from ? { opened_from: from } : {}),
    ...(to ? { opened_to: new Date(Date.parse(to) + DAY_MS).toISOString() } : {}),
    ...(search.camera ? { camera_id: search.camera } : {}),
  };
}

export function Bar({ search, desk }: { search: Search; desk: Desk }) {
  const t = useWords();
  const count = useCount(search);
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const go = (part: Record<string, string | undefined>) =>
    void navigate({
      to: ".",
      search: (known: Record<string, unknown>) => given({ ...known, case: undefined, ...part }),
    } as never);
  useEffect(() => {
    const open = (event: Event) => setHelp((event as CustomEvent<boolean>).detail);
    window.addEventListener("review-help", open);
    return () => window.removeEventListener("review-help", open);
  }, []);
  const filtered = Boolean(search.from || search.to || search.camera);
  return (
    <div className="rv-bar">
      {count ? (
        <span className="rv-count num" role="status">
          <b>{t("count", { waiting: count.waiting })}</b>
          {count.urgent > 0 ? <span className="tag bad">{t("urgent", { n: count.urgent })}</span> : null}
          {count.overdue > 0 ? <span className="tag warn">{t("overdue", { n: count.overdue })}</span> : null}
          {count.unclear > 0 ? <span className="tag">{t("unclear", { n: count.unclear })}</span> : null}
        </span>
      ) : null}
      <label>
        {t("from")}{" "}
        <Day
          id="rv-from"
          value={search.from ?? ""}
          max={search.to}
          onChange={(day) => go({ from: day || undefined })}
        />
      </label>
      <label>
        {t("to")}{" "}
        <Day value={search.to ?? ""} min={search.from} onChange={(day) => go({ to: day || undefined })} />
      </label>
      {search.camera ? <span className="tag">{t("camera", { name: search.camera })}</span> : null}
      {filtered ? (
        <button
          type="button"
          className="btn plain"
          onClick={() => go({ from: undefined, to: undefined, camera: undefined })}
        >
          {t("clear")}
        </button>
      ) : null}
      <button type="button" className="btn" onClick={() => setHelp(true)} aria-keyshortcuts="?">
        {t("keys")} <kbd>{"?"}</kbd>
      </button>
      <Help
        open={help}
        close={() => {
          setHelp(false);
          desk.touched();
        }}
      />
    </div>
  );
}

/** Without what is not given: an address has no empty parts. */
export function given(search: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ""),
  );
}

/** The server's count, asked again a moment after a case moved. */
function useCount(search: Search): ReviewCount | null {
  const { from, to, camera } = search;
  const [count, setCount] = useState<ReviewCount | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const ask = useCallback(() => {
    timer.current = undefined;
    server.count(filterOf({ from, to, camera })).then(setCount, () => undefined);
  }, [from, to, camera]);
  useEffect(() => {
    ask();
    return () => clearTimeout(timer.current);
  }, [ask]);
  useHeard(
    useCallback(
      (heard: Heard) => {
        if (heard.kind === "case") timer.current ??= setTimeout(ask, COUNT_AGAIN_MS);
      },
      [ask],
    ),
  );
  return count;
}
