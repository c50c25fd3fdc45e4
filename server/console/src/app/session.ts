/** Who is at the screen, and what they may open. The cookie is the server's; nothing of it is kept here. */
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, Problem } from "../api/client";
import type { Me } from "../api/schema";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await body(api.GET("/api/me"));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** The question itself, for who must know whether it is still being asked or failed. */
export function useMeAsked() {
  return useQuery(meQuery);
}

/** Who is logged in; null for nobody, undefined while that is not known. */
export function useMe(): Me | null | undefined {
  return useQuery(meQuery).data;
}

export function useLogOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await api.DELETE("/api/session");
    client.setQueryData(meQuery.queryKey, null);
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== "me" });
  };
}

/** Trade a one-time code (from a link's `#login=`) for the session cookie. */
export async function openWithCode(code: string): Promise<void> {
  await api.POST("/api/session", { body: { code } });
}

export async function openWithPassword(name: string, password: string): Promise<void> {
  await api.POST("/api/session/password", { body: { login: name, password } });
}

/** The code behind the `#` of a one-time link, taken out of the address bar so that no history keeps it. */
export function takeCode(location: Location, history: History): string | null {
  const found = /^#login=(.+)$/.exec(location.hash)?.[1] ?? null;
  if (found !== null) history.replaceState(null, "", location.pathname + location.search);
  return found;
}
