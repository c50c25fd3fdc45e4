/** Sends what waits, one at a time, in one tab at a time. Wakes at the start, when something is decided, when the network
 * or the screen comes back, and when the time of a waiting entry has come. */
import { api, body, Offline, Problem } from "../../api/client";
import { setClock } from "../clock";
import { kept } from "../kept/db";
import { keepMe, keepTasks, load, now, onElsewhere, rewrite, showSending } from "../kept/state";
import { nextAt, patience, ready, tried } from "./plan";
import { LoggedOut, send } from "./send";

const LOCK = "shouwei-officer-sending";
const LOOK_EVERY_MS = 60_000;
let awake: (() => void) | null = null;
let failures = 0;

/** Something happened that may let things go now. */
export function wake(): void {
  failures = 0;
  awake?.();
}

/** Runs as long as the page lives; only the tab that holds the lock sends. Other tabs wait for it. */
export async function run(): Promise<void> {
  for (const name of ["online", "focus"]) addEventListener(name, wake);
  onElsewhere(wake);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  if (!("locks" in navigator)) return forever();
  const free = await navigator.locks.query();
  if (free.held?.some((lock) => lock.name === LOCK)) showSending("elsewhere");
  await navigator.locks.request(LOCK, forever);
}

async function forever(): Promise<never> {
  for (;;) {
    await load();
    await once();
    await sleep();
  }
}

async function once(): Promise<void> {
  if (now().me === null) return showSending("idle");
  try {
    await know();
    await empty();
    await look();
    failures = 0;
    showSending("idle");
  } catch (error) {
    if (error instanceof LoggedOut) return showSending("login");
    failures += 1;
    showSending("away");
    if (!(error instanceof Offline)) console.warn(error);
  }
}

/** Send until nothing may go now. */
async function empty(): Promise<void> {
  for (;;) {
    const me = now().me;
    const next = me === null ? undefined : ready(now().entries, me.id, Date.now())[0];
    if (next === undefined) return;
    showSending("busy");
    const outcome = await send(next, now().entries);
    await rewrite(tried(next, outcome, Date.now(), Math.random()));
    failures = 0;
  }
}

/** The cookie is that of the person whose things are kept here: nobody's decisions go out under another's name. */
async function know(): Promise<void> {
  const me = await known(api.GET("/api/me"));
  if (me.id !== now().me?.id) throw new LoggedOut();
  await keepMe(me);
}

/** My tasks, and the blurred pictures that are not here yet. */
async function look(): Promise<void> {
  const tasks = await known(api.GET("/api/officer/tasks"));
  setClock(tasks.at);
  await keepTasks(tasks);
  for (const picture of tasks.tasks.flatMap((task) => task.pictures)) await keepPicture(picture.sha256);
}

async function known<T>(asked: Promise<{ data?: T }>): Promise<T> {
  try {
    return await body(asked);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) throw new LoggedOut();
    throw error;
  }
}

async function keepPicture(sha256: string): Promise<void> {
  const database = await kept();
  if ((await database.count("shown", sha256)) > 0) return;
  const answer = await fetch(`/api/evidence/${sha256}`, { credentials: "same-origin" }).catch(
    (error: unknown) => {
      throw new Offline(String(error));
    },
  );
  if (!answer.ok) return;
  const type = answer.headers.get("Content-Type") ?? "image/jpeg";
  await database.put("shown", { sha256, bytes: await answer.arrayBuffer(), type });
  await load();
}

function sleep(): Promise<void> {
  const me = now().me;
  const waiting = me === null ? null : nextAt(now().entries, me.id);
  const untilNext = waiting === null ? LOOK_EVERY_MS : Math.max(0, waiting - Date.now());
  const wait = failures > 0 ? patience(failures, Math.random()) : Math.min(LOOK_EVERY_MS, untilNext);
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(50, wait));
    awake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
