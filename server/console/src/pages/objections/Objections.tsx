/** 异议与陈述: what parties say, the one due first ahead, each with its period; answered with reasons. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { api, body } from "../../api/client";
import type { ObjectionRead, ObjectionWaiting } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { DueIn } from "../../parts/Deadline";
import { Page } from "../../parts/Page";
import { Answer, Empty } from "../../parts/states";
import { moment } from "../../parts/time";
import { deedOf, stepped, typingIn } from "../desk/keys";
import { Chosen } from "./Chosen";
import "./objections.css";
import { useWords } from "./words";

type Shown = "open" | "all";

function usePlace() {
  const search = useSearch({ strict: false }) as { show?: string; id?: string };
  const navigate = useNavigate();
  const show: Shown = search.show === "all" ? "all" : "open";
  const go = (to: Shown, id?: string) =>
    void navigate({
      to: "/objections",
      search: { ...(to === "all" ? { show: to } : {}), ...(id ? { id } : {}) },
      replace: true,
    });
  return { show, id: search.id, go };
}

export function Objections() {
  const t = useWords();
  const { show, go } = usePlace();
  return (
    <Page
      title={t("title")}
      fill
      tools={
        <div className="objections-show" role="group" aria-label={t("tabs")}>
          {(["open", "all"] as const).map((one) => (
            <button
              key={one}
              type="button"
              className="btn"
              aria-pressed={show === one}
              onClick={() => go(one)}
            >
              {t(one)}
            </button>
          ))}
        </div>
      }
    >
      {show === "open" ? <Open /> : <All />}
    </Page>
  );
}

function Open() {
  const t = useWords();
  const { id, go } = usePlace();
  const client = useQueryClient();
  const open = useQuery({
    queryKey: ["desk", "objections", "open"],
    queryFn: () => body(api.GET("/api/desk/objections")),
  });
  const rows = open.data ?? [];
  const ids = rows.map((row) => row.objection.id);
  const chosen = rows.find((row) => row.objection.id === id);
  const first = ids[0];
  useEffect(() => {
    if (chosen === undefined && first !== undefined && !matchMedia("(max-width: 720px)").matches)
      go("open", first);
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey } = event;
      const deed = deedOf({ key, ctrlKey, metaKey, altKey, typing: typingIn(event.target) });
      const to = deed?.kind === "go" ? stepped(ids, id, deed.by) : undefined;
      if (to !== undefined) go("open", to);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
  const done = () => {
    void client.invalidateQueries({ queryKey: ["desk"] });
  };
  return (
    <Answer of={open} empty={(all) => all.length === 0} nothing={t("nothing")}>
      {(all) => (
        <div className={chosen ? "objections chosen" : "objections"}>
          <div className="objections-list">
            <ul aria-label={t("list")}>
              {all.map((row) => (
                <Row
                  key={row.objection.id}
                  row={row}
                  chosen={row === chosen}
                  choose={() => go("open", row.objection.id)}
                />
              ))}
            </ul>
            <p className="objections-keys">{t("keys")}</p>
          </div>
          {chosen ? (
            <Chosen key={chosen.objection.id} row={chosen} onDone={done} back={() => go("open")} />
          ) : null}
        </div>
      )}
    </Answer>
  );
}

function Row({ row, chosen, choose }: { row: ObjectionWaiting; chosen: boolean; choose: () => void }) {
  const t = useWords();
  const { objection: one } = row;
  return (
    <li>
      <button type="button" aria-current={chosen ? "true" : undefined} onClick={choose}>
        <span className="objections-top">
          <b>{t(one.kind)}</b>
          <DueIn at={one.due_at} />
        </span>
        <span>{row.subject_name}</span>
        <span className="objections-said">{one.statement}</span>
        <small className="num">{one.number}</small>
      </button>
    </li>
  );
}

/** Everything ever said, with its answer. */
function All() {
  const t = useWords();
  const pages = useInfiniteQuery({
    queryKey: ["desk", "objections", "all"],
    queryFn: ({ pageParam }) =>
      body(api.GET("/api/objections", { params: { query: pageParam === "" ? {} : { before: pageParam } } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Answer of={pages}>
      {() =>
        rows.length === 0 ? (
          <Empty>{t("nothingAll")}</Empty>
        ) : (
          <div className="objections-all">
            {rows.map((row) => (
              <Past key={row.id} one={row} />
            ))}
            {pages.hasNextPage ? (
              <button type="button" className="btn" onClick={() => void pages.fetchNextPage()}>
                {t("more")}
              </button>
            ) : null}
          </div>
        )
      }
    </Answer>
  );
}

function Past({ one }: { one: ObjectionRead }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <article className="card">
      <p>
        <a href={`/console/cases/${one.case_id}`} className="num">
          {one.number}
        </a>{" "}
        <span className="tag">{t(one.kind)}</span> <span className="tag good">{t(one.status)}</span>{" "}
        <small>{t("lodged", { at: moment(one.lodged_at, language) })}</small>
      </p>
      <blockquote>{one.statement}</blockquote>
      {one.answered_at ? (
        <p>
          {t("answered", {
            by: one.answered_by_name,
            at: moment(one.answered_at, language),
            answer: one.answer,
          })}
        </p>
      ) : null}
    </article>
  );
}
