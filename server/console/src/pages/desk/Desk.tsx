/** 待办: what waits for whoever looks, by their roles. The address says which queue is open and which case. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { api, body } from "../../api/client";
import type { Queue as QueueKey } from "../../api/schema";
import { useMe } from "../../app/session";
import { Page } from "../../parts/Page";
import { Answer, Empty, Loading } from "../../parts/states";
import "./desk.css";
import { deedOf, typingIn } from "./keys";
import { Queue } from "./Queue";
import { besides, isRoom, openTab, type RoomKey, type Tab, tabsOf } from "./tabs";
import { useWords } from "./words";

const Corrections = lazy(() => import("./Corrections").then((all) => ({ default: all.Corrections })));
const Watch = lazy(() => import("./Watch").then((all) => ({ default: all.Watch })));
const Sample = lazy(() => import("./Sample").then((all) => ({ default: all.Sample })));
const Roster = lazy(() => import("./Roster").then((all) => ({ default: all.Roster })));
const Patrols = lazy(() => import("./Patrols").then((all) => ({ default: all.Patrols })));
const Circumstances = lazy(() => import("./Circumstances").then((all) => ({ default: all.Circumstances })));

export function Desk() {
  const t = useWords();
  const me = useMe();
  const desk = useQuery({ queryKey: ["desk"], queryFn: () => body(api.GET("/api/desk")) });
  return (
    <Page title={t("title")} fill>
      <Answer of={desk}>{(found) => <Tabs tabs={tabsOf(found, me?.roles ?? [])} />}</Answer>
    </Page>
  );
}

/** Which tab and case the address names, and how to go to another. */
export function usePlace() {
  const search = useSearch({ strict: false }) as { tab?: string; case?: string };
  const navigate = useNavigate();
  const go = (tab: string, caseId?: string) =>
    void navigate({ to: "/desk", search: caseId ? { tab, case: caseId } : { tab }, replace: true });
  return { tab: search.tab, caseId: search.case, go };
}

function Tabs({ tabs }: { tabs: readonly Tab[] }) {
  const t = useWords();
  const { tab, go } = usePlace();
  const open = openTab(tabs, tab);
  useEffect(() => {
    if (open === undefined) return undefined;
    const press = (event: KeyboardEvent) => {
      const deed = deedOf({ ...keysOf(event), typing: typingIn(event.target) });
      const to = deed?.kind === "tab" ? besides(tabs, open.key, deed.by) : undefined;
      if (to !== undefined) go(to.key);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
  const key = open?.key;
  useEffect(() => {
    if (key) document.getElementById(`tab-${key}`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [key]);
  if (open === undefined) return <Empty>{t("nothing")}</Empty>;
  return (
    <div className="desk">
      <div className="desk-tabs" role="tablist" aria-label={t("tabs")}>
        {tabs.map((one) => (
          <button
            key={one.key}
            type="button"
            role="tab"
            id={`tab-${one.key}`}
            aria-selected={one.key === open.key}
            aria-controls="desk-panel"
            onClick={() => go(one.key)}
          >
            {t(`queue.${one.key as QueueKey}`)}
            {one.waiting === null ? null : <Count waiting={one.waiting} late={one.late} />}
          </button>
        ))}
      </div>
      <div id="desk-panel" className="desk-panel" role="tabpanel" aria-labelledby={`tab-${open.key}`}>
        {isRoom(open.key) ? (
          <Suspense fallback={<Loading />}>
            <div className="desk-room">{roomOf(open.key)}</div>
          </Suspense>
        ) : (
          <Queue key={open.key} queue={open.key as QueueKey} />
        )}
      </div>
    </div>
  );
}

export function keysOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { key, ctrlKey, metaKey, altKey };
}

function Count({ waiting, late }: { waiting: number; late: number }) {
  const t = useWords();
  return (
    <>
      {" "}
      <b className={late > 0 ? "desk-count late" : waiting > 0 ? "desk-count" : "desk-count none"}>
        {waiting}
      </b>
      {late > 0 ? <span className="unseen">{t("late", { n: late })}</span> : null}
    </>
  );
}

function roomOf(key: RoomKey): ReactNode {
  switch (key) {
    case "corrections":
      return <Corrections />;
    case "sample":
      return <Sample />;
    case "roster":
      return <Roster />;
    case "patrols":
      return <Patrols />;
    case "circumstances":
      return <Circumstances />;
    default:
      return <Watch what={key} />;
  }
}
