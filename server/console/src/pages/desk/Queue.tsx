/** One queue: the cases that wait on the left, the one in hand on the right. What is done leaves; the next one comes. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, body } from "../../api/client";
import type { Queue as QueueKey, WaitingRead } from "../../api/schema";
import { router } from "../../app/router";
import { useLanguage } from "../../i18n";
import { DueIn } from "../../parts/Deadline";
import { Answer } from "../../parts/states";
import { keysOf, usePlace } from "./Desk";
import { deedOf, following, stepped, typingIn } from "./keys";
import { Work } from "./Work";
import { useWords } from "./words";

export function Queue({ queue }: { queue: QueueKey }) {
  const t = useWords();
  const { caseId, go } = usePlace();
  const client = useQueryClient();
  const [said, setSaid] = useState("");
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const waiting = useInfiniteQuery({
    queryKey: ["desk", "queue", queue],
    queryFn: ({ pageParam }) =>
      body(
        api.GET("/api/desk/queues/{queue}", {
          params: { path: { queue }, query: pageParam === "" ? {} : { before: pageParam } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = (waiting.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (row) => !gone.has(row.case.id),
  );
  const ids = rows.map((row) => row.case.id);
  const chosen = useKept(
    rows.find((row) => row.case.id === caseId),
    caseId !== undefined && gone.has(caseId) ? undefined : caseId,
  );
  const first = rows[0];
  useEffect(() => {
    // On a phone the list stands alone until one is chosen.
    if (chosen === undefined && first !== undefined && !matchMedia("(max-width: 720px)").matches)
      go(queue, first.case.id);
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const deed = deedOf({ ...keysOf(event), typing: typingIn(event.target) });
      if (deed?.kind === "go") {
        const to = stepped(ids, caseId, deed.by);
        if (to !== undefined) go(queue, to);
      } else if (deed?.kind === "open" && chosen !== undefined)
        void router.navigate({ to: "/cases/$id", params: { id: chosen.case.id } });
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
  const done = (id: string, kept: boolean) => {
    void client.invalidateQueries({ queryKey: ["desk"] });
    if (kept) return;
    const next = following(ids, id);
    setGone((was) => new Set(was).add(id));
    setSaid(t("next"));
    go(queue, next);
  };
  return (
    <Answer
      of={waiting}
      empty={() => rows.length === 0 && chosen === undefined}
      nothing={<Done queue={queue} said={said} />}
    >
      {() => (
        <div className={chosen ? "desk-split chosen" : "desk-split"}>
          <div className="desk-list">
            <p className="desk-hint">{t(`hint.${queue}`)}</p>
            <ul aria-label={t("list")}>
              {rows.map((row) => (
                <Row
                  key={row.case.id}
                  row={row}
                  chosen={row.case.id === caseId}
                  choose={() => go(queue, row.case.id)}
                />
              ))}
            </ul>
            {waiting.hasNextPage ? (
              <button type="button" className="btn" onClick={() => void waiting.fetchNextPage()}>
                {t("more")}
              </button>
            ) : null}
            <p className="desk-keys">{t("keys")}</p>
          </div>
          <div className="desk-work">
            <p role="status" className="unseen">
              {said}
            </p>
            {chosen ? (
              <>
                <button type="button" className="btn plain desk-back" onClick={() => go(queue)}>
                  {t("back")}
                </button>
                <Work
                  key={chosen.case.id}
                  row={chosen}
                  queue={queue}
                  onDone={(kept) => done(chosen.case.id, kept)}
                />
              </>
            ) : null}
          </div>
        </div>
      )}
    </Answer>
  );
}

/** The case in hand stays when somebody else takes it out of the queue: what is filled in is not lost, and is told. */
function useKept(found: WaitingRead | undefined, caseId: string | undefined): WaitingRead | undefined {
  const last = useRef<WaitingRead | undefined>(undefined);
  if (found !== undefined) last.current = found;
  return found ?? (last.current?.case.id === caseId ? last.current : undefined);
}

function Done({ queue, said }: { queue: QueueKey; said: string }) {
  const t = useWords();
  return (
    <>
      <p>{t(`hint.${queue}`)}</p>
      <b role="status">
        {said} {t("done")}
      </b>
    </>
  );
}

function Row({ row, chosen, choose }: { row: WaitingRead; chosen: boolean; choose: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) here.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const { case: one } = row;
  return (
    <li>
      <button ref={here} type="button" aria-current={chosen ? "true" : undefined} onClick={choose}>
        <span className="desk-row-top">
          <b>{language === "en" ? row.item_en || one.violation : row.item_zh || one.violation}</b>
          <DueIn at={one.due_at} />
        </span>
        <span>{one.subject_name}</span>
        <span className="desk-row-low">
          <span className="num">{one.number}</span>
          {one.urgent ? <span className="tag bad">{t("urgent")}</span> : null}
          {one.rework > 0 ? <span className="tag warn">{t("rework", { n: one.rework })}</span> : null}
          {row.hindrance ? <span className="tag">{t("hindered")}</span> : null}
        </span>
      </button>
    </li>
  );
}
