/** The stills of the cameras in sight: one small question every two seconds says which pictures are new. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "../../api/client";

const LOOK_MS = 2000;
const WATCH_MS = 50_000;

/** `received`: when the server had it, by the server's clock: those of edges and of this machine may be wrong. */
export interface Still {
  readonly etag: string;
  readonly received: number;
}

/** Stills by `edge/camera`, without cameras that have none of the last day; and how far our clock is ahead, in ms. */
export interface Stills {
  readonly of: ReadonlyMap<string, Still>;
  readonly ahead: number;
}

/** Whole seconds stand in the `Date` of an answer: a smaller difference says nothing. */
const SURE_MS = 3000;
const NONE: Stills = { of: new Map(), ahead: 0 };

async function ask(): Promise<Stills> {
  const { data = [], response } = await api.GET("/api/stills");
  const ahead = Date.now() - Date.parse(response.headers.get("Date") ?? "");
  const of = new Map(
    data.map((one) => [
      `${one.edge_id}/${one.camera_id}`,
      { etag: one.etag, received: Date.parse(one.received_at) },
    ]),
  );
  return { of, ahead: Math.abs(ahead) > SURE_MS ? ahead : 0 };
}

export function useStills(): Stills {
  const stills = useQuery({
    queryKey: ["stills"],
    queryFn: ask,
    refetchInterval: LOOK_MS,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  return stills.data ?? NONE;
}

/** Asks the edges for a still each second while these cameras are in sight. */
export function useWatching(keys: readonly string[]): void {
  const wanted = keys.join(",");
  useEffect(() => {
    if (wanted === "") return undefined;
    const cameras = wanted.split(",").map((key) => {
      const [edge_id = "", camera_id = ""] = key.split("/");
      return { edge_id, camera_id };
    });
    // A wish that is lost is said again; the picture's age tells when it is of no use.
    const ask = () => void api.POST("/api/stills/watch", { body: { cameras } }).catch(() => undefined);
    ask();
    const timer = setInterval(ask, WATCH_MS);
    return () => clearInterval(timer);
  }, [wanted]);
}

/** The address of a still; another one for each picture, so that the browser fetches only what is new. */
export const addressOf = (key: string, etag: string) => `/api/stills/${key}?v=${etag}`;
