/** What the pages of the list ask of the server, and what they tell it. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body, Problem } from "../../api/client";
import type { components, ExemptionList } from "../../api/schema";
import type { Tree } from "./fields";

export type Draft = components["schemas"]["server__policy__schemas__DraftRead"];

export const lists = queryOptions({
  queryKey: ["lists"],
  queryFn: () => body(api.GET("/api/exemption-lists")),
});

/** Drafts are for those who write or publish them; everybody else sees none. */
export const drafts = (may: boolean) =>
  queryOptions({
    queryKey: ["drafts"],
    queryFn: () => (may ? body(api.GET("/api/exemption-lists/drafts")) : Promise.resolve([] as Draft[])),
  });

export const list = (id: string) =>
  queryOptions({
    queryKey: ["list", id],
    queryFn: () =>
      body(api.GET("/api/exemption-lists/{version_id}", { params: { path: { version_id: id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const comparison = (before: string, after: string) =>
  queryOptions({
    queryKey: ["list-comparison", before, after],
    queryFn: () => body(api.GET("/api/exemption-lists/compare", { params: { query: { before, after } } })),
    enabled: before !== "" && before !== after,
    retry: false,
  });

/** The list that a draft would become, as far as it is written. */
export const bodyOf = (draft: Draft): ExemptionList => draft.body as unknown as ExemptionList;

/** One change of a draft. A stale revision loads the newest and says so; nothing of what was typed is lost. */
export function useChange<Told>(send: (told: Told) => Promise<Draft>) {
  const client = useQueryClient();
  return useMutation<Draft, Error, Told>({
    mutationFn: send,
    onSuccess: (draft) => {
      client.setQueryData<Draft[]>(["drafts"], (all) =>
        all?.map((one) => (one.id === draft.id ? draft : one)),
      );
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 412)
        void client.invalidateQueries({ queryKey: ["drafts"] });
    },
  });
}

const path = (draft_id: string) => ({ path: { draft_id } });

export const putItem = (draft: Draft, code: string) => (item: Tree) =>
  body(
    api.PUT("/api/exemption-lists/drafts/{draft_id}/items/{code}", {
      params: { path: { draft_id: draft.id, code } },
      body: { revision: draft.revision, item },
    }),
  );

export const dropItem = (draft: Draft, code: string) => () =>
  body(
    api.POST("/api/exemption-lists/drafts/{draft_id}/items/{code}/drop", {
      params: { path: { draft_id: draft.id, code } },
      body: { revision: draft.revision },
    }),
  );

export const changeHead = (draft: Draft) => (head: Tree) =>
  body(
    api.PATCH("/api/exemption-lists/drafts/{draft_id}", {
      params: path(draft.id),
      body: { ...head, revision: draft.revision },
    }),
  );

export const dropDraft = (draft: Draft) => () =>
  body(
    api.POST("/api/exemption-lists/drafts/{draft_id}/drop", {
      params: path(draft.id),
      body: { revision: draft.revision },
    }),
  );

export const publish = (draft: Draft) => () =>
  body(
    api.POST("/api/exemption-lists/drafts/{draft_id}/publish", {
      params: path(draft.id),
      body: { revision: draft.revision },
    }),
  );

export const begin = (from_version: string) => (version: string) =>
  body(api.POST("/api/exemption-lists/drafts", { body: { from_version, version } }));

export const tryOut = (draft: Draft) => (limit: number) =>
  body(
    api.POST("/api/exemption-lists/drafts/{draft_id}/trial", {
      params: { ...path(draft.id), query: { limit } },
    }),
  );
