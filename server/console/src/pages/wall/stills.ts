/** The stills of the cameras in sight: one small question every two seconds says which pictures are new. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, body } from "../../api/client";

const LOOK_MS = 2000;
const WATCH_MS = 50_000;

export interface Still {
  readonly etag: string;
  readonly captured: number;
}

/** By `edge/camera`; a camera without a still of the last day is not in it. */
export function useStills(): ReadonlyMap<string, Still> {
  const stills = useQuery({
    queryKey: ["stills"],
    queryFn: () => body(api.GET("/api/stills")),
    refetchInterval: LOOK_MS,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    select: (list) =>
      new Map(
        list.map((one) => [
          `${one.edge_id}/${one.camera_id}`,
          { etag: one.etag, captured: Date.parse(one.captured_at) },
        ]),
      ),
  });
  return stills.data ?? NONE;
}
const NONE: ReadonlyMap<string, Still> = new Map();

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
