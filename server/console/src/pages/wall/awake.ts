/** Keeps a screen at work for days: awake, in step with the clock, turning its pages. */
import { useEffect, useState } from "react";

/** Asks the browser not to let the screen sleep, again whenever the page comes back into sight. */
export function useAwake(): void {
  useEffect(() => {
    if (!("wakeLock" in navigator)) return undefined;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const ask = async () => {
      if (document.visibilityState !== "visible" || over) return;
      // Refused on low battery or by policy: the screen then sleeps as it is set to.
      const given = await navigator.wakeLock.request("screen").catch(() => undefined);
      if (over) void given?.release();
      else lock = given;
    };
    document.addEventListener("visibilitychange", ask);
    void ask();
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, []);
}

/** The time, each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Which page of `pages` to show: the next one after `everyS` seconds unless paused. */
export function usePages(pages: number, everyS: number, paused: boolean) {
  const [page, setPage] = useState(0);
  const at = pages > 0 ? page % pages : 0;
  useEffect(() => {
    if (paused || pages < 2) return undefined;
    const timer = setInterval(() => setPage((before) => (before + 1) % pages), everyS * 1000);
    return () => clearInterval(timer);
  }, [pages, everyS, paused]);
  return { at, next: () => setPage((at + 1) % Math.max(1, pages)) };
}
