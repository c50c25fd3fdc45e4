/** In and out. What the phone keeps belongs to whoever logged in; the cookie is the server's. */
import { api, body, Offline, Problem } from "../api/client";
import { setClock } from "./clock";
import { forgetDrafts } from "./draft";
import { keepMe, keepTasks, now, wipe } from "./kept/state";
import { wake } from "./outbox/sync";

const LEFT = "shouwei.officer.left";

/** Somebody has a good cookie: their own things are shown, another person's are put away first.
 *
 * Raises Problem (401 nobody, 403 not for this account) or Offline. */
export async function begin(): Promise<void> {
  const me = await body(api.GET("/api/me"));
  const tasks = await body(api.GET("/api/officer/tasks"));
  if (now().me !== null && now().me?.id !== me.id) await wipe();
  localStorage.removeItem(LEFT);
  setClock(tasks.at);
  await keepMe(me);
  await keepTasks(tasks);
  wake();
}

/** Out: the session ends if the server can be reached, and what is kept goes in any case. */
export async function leave(): Promise<void> {
  localStorage.setItem(LEFT, "yes");
  await finishLeaving();
  forgetDrafts();
  await wipe();
}

/** Whether somebody logged out here and the server does not know it yet. */
export function hasLeft(): boolean {
  return localStorage.getItem(LEFT) !== null;
}

export async function finishLeaving(): Promise<void> {
  try {
    await api.DELETE("/api/session");
    localStorage.removeItem(LEFT);
  } catch (error) {
    if (error instanceof Problem) localStorage.removeItem(LEFT);
    else if (!(error instanceof Offline)) throw error;
  }
}
