/** The wall: live pictures of chosen cameras, today's alerts and counters, for a big screen that nobody touches. */
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { api, body, Problem } from "../../api/client";
import { useLive } from "../../app/events";
import { meQuery } from "../../app/session";
import { useLanguage } from "../../i18n";
import { useCameras } from "../../parts/cameras";
import { Answer } from "../../parts/states";
import { useAwake, useNow, usePages } from "./awake";
import { Chooser } from "./Chooser";
import { Alerts, Counters, FRESH_MS } from "./Side";
import { useStills, useWatching } from "./stills";
import { Live, Tile } from "./Tile";
import "./wall.css";
import { byCamera, grid, midnight, readView, shown, type View, writeView } from "./wall";
import { useWords } from "./words";

const AGAIN_MS = 60_000;
const NONE: readonly never[] = [];

export function Wall() {
  const t = useWords();
  const cameras = useCameras();
  useEffect(() => {
    document.title = t("title");
  }, [t]);
  return (
    <main className="wall">
      <Answer
        of={cameras}
        empty={(all) => all.length === 0}
        nothing={
          <>
            <p>{t("nocameras")}</p>
            <Link to="/" className="btn">
              {t("back")}
            </Link>
          </>
        }
      >
        {(all) => <Screen all={all} />}
      </Answer>
    </main>
  );
}

function Screen({ all }: { all: NonNullable<ReturnType<typeof useCameras>["data"]> }) {
  const t = useWords();
  const stills = useStills();
  const now = useNow() - stills.ahead;
  const view = readView(useSearch({ strict: false }));
  const navigate = useNavigate();
  const change = (next: View) => void navigate({ to: "/wall", search: writeView(next), replace: true });
  const [choosing, setChoosing] = useState(false);
  const [paused, setPaused] = useState(false);
  useAwake();
  const { alerts, counted: cameras, today } = useToday(midnight(now));
  const counted = useMemo(() => byCamera(cameras), [cameras]);
  const list = shown(all, view.cameras, counted);
  const pages = Math.max(1, Math.ceil(list.length / view.size));
  const { at, next } = usePages(pages, view.every, paused || view.focus !== "");
  const inSight = list.slice(at * view.size, (at + 1) * view.size);
  const told = inSight.filter((camera) => camera.told);
  useWatching(view.focus === "" ? told.map((camera) => camera.key) : []);
  const { columns, rows } = grid(view.size, inSight.length);
  const fresh = new Set(
    alerts
      .filter((alert) => now - Date.parse(alert.received_at) < FRESH_MS)
      .map((alert) => `${alert.edge_id}/${alert.camera_id}`),
  );
  const names = useMemo(() => new Map(all.map((camera) => [camera.key, camera.name])), [all]);
  const focused = all.find((camera) => camera.key === view.focus);
  return (
    <>
      <header className="wall-head">
        <h1>{t("title")}</h1>
        <Counters today={today} />
        <Line />
        <Clock now={now} />
      </header>
      <section
        className="wall-tiles"
        aria-label={t("choose")}
        style={{ "--columns": columns, "--rows": rows } as React.CSSProperties}
      >
        {inSight.map((camera) => (
          <Tile
            key={camera.key}
            camera={camera}
            still={stills.of.get(camera.key)}
            now={now}
            alerts={counted.get(camera.key) ?? 0}
            fresh={fresh.has(camera.key)}
            open={() => change({ ...view, focus: camera.key })}
          />
        ))}
      </section>
      <Alerts alerts={alerts} names={names} now={now} />
      <footer className="wall-foot">
        <Link to="/" className="wall-tool">
          {t("back")}
        </Link>
        <span className="num">{t("page", { n: at + 1, of: pages })}</span>
        <button type="button" className="wall-tool" onClick={() => setPaused(!paused)} disabled={pages < 2}>
          {t(paused ? "go" : "pause")}
        </button>
        <button type="button" className="wall-tool" onClick={next} disabled={pages < 2}>
          {t("next")}
        </button>
        <button type="button" className="wall-tool" onClick={() => setChoosing(true)}>
          {t("choose")}
        </button>
        <button
          type="button"
          className="wall-tool"
          onClick={() => void document.documentElement.requestFullscreen?.()}
        >
          {t("full")}
        </button>
      </footer>
      {choosing ? <Chooser all={all} view={view} change={change} close={() => setChoosing(false)} /> : null}
      {focused ? <Live camera={focused} close={() => change({ ...view, focus: "" })} /> : null}
    </>
  );
}

/** Today's alerts and counters: told anew with each change, and once a minute whatever was missed. */
function useToday(since: string) {
  const client = useQueryClient();
  const alerts = useQuery({
    queryKey: ["alerts", "wall", since],
    queryFn: () => body(api.GET("/api/wall/alerts")),
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
  });
  const today = useQuery({
    queryKey: ["cases", "wall", since],
    queryFn: () => body(api.GET("/api/wall/today")),
    refetchInterval: AGAIN_MS,
    placeholderData: keepPreviousData,
  });
  const out = [alerts.error, today.error].some((error) => error instanceof Problem && error.status === 401);
  useEffect(() => {
    // The session is over: ask who is at the screen, and the frame leads to the login page and back.
    if (out) void client.invalidateQueries({ queryKey: meQuery.queryKey });
  }, [out, client]);
  return { alerts: alerts.data?.items ?? NONE, counted: alerts.data?.cameras ?? NONE, today: today.data };
}

function Line() {
  const t = useWords();
  const live = useLive();
  return (
    <span className={live ? "line live" : "line away"} role="status">
      {t(live ? "live" : "away")}
    </span>
  );
}

function Clock({ now }: { now: number }) {
  const language = useLanguage();
  const at = new Date(now);
  const zone = { timeZone: "Asia/Shanghai" } as const;
  return (
    <time className="wall-clock num" dateTime={at.toISOString()}>
      <small>
        {at.toLocaleDateString(language, { ...zone, month: "long", day: "numeric", weekday: "short" })}
      </small>
      {at.toLocaleTimeString(language, { ...zone, hour12: false })}
    </time>
  );
}
