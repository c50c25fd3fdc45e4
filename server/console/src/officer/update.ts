/** The service worker from the page's side: registered, asked for a newer app, told to take it. */
import { useEffect, useState } from "react";

const LOOK_EVERY_MS = 15 * 60_000;

export async function register(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/officer/sw.js", { scope: "/officer/" }).catch((error: unknown) => {
    console.warn(error);
  });
}

async function ask(kind: "look" | "take"): Promise<string | null> {
  const worker = (await navigator.serviceWorker.ready).active;
  if (worker === null) return null;
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise<string | null>((resolve) => {
    port1.onmessage = (event) => resolve((event.data as { waiting: string | null }).waiting);
  });
  worker.postMessage({ kind }, [port2]);
  return answered;
}

/** Whether a newer app lies ready, and what takes it. */
export function useUpdate(): { waiting: boolean; take: () => Promise<void> } {
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return undefined;
    const look = () => {
      if (navigator.onLine) void ask("look").then((version) => setWaiting(version !== null));
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    addEventListener("online", look);
    return () => {
      clearInterval(timer);
      removeEventListener("online", look);
    };
  }, []);
  const take = async () => {
    await ask("take");
    location.reload();
  };
  return { waiting, take };
}
