/** What is read of a subject, each under its own key, so that a change makes stale what it touches. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body } from "../../api/client";

const at = (id: string) => ({ params: { path: { subject_id: id } } });

export const useArchive = (id: string, enabled = true) =>
  useQuery({
    queryKey: ["subjects", id, "archive"],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}/archive", at(id))),
    enabled,
  });

export const useNames = (id: string) =>
  useQuery({
    queryKey: ["subjects", id, "names"],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}/names", at(id))),
  });

export const usePremises = (id: string) =>
  useQuery({
    queryKey: ["subjects", id, "premises"],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}/premises", at(id))),
  });

export const useContacts = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ["subjects", id, "contacts"],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}/contacts", at(id))),
    enabled,
  });

export const useZones = (id: string) =>
  useQuery({
    queryKey: ["subjects", id, "zones"],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}/zones", at(id))),
  });

export const useTotals = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ["subjects", id, "totals"],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}/totals", at(id))),
    enabled,
  });

export const useCheck = (id: string) =>
  useQuery({
    queryKey: ["subjects", id, "check"],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}/check", at(id))),
  });

export const usePublicView = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ["subjects", id, "public"],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}/public-view", at(id))),
    enabled,
  });

export const useCreditView = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ["subjects", id, "credit"],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}/credit-view", at(id))),
    enabled,
    retry: false,
  });

/** Everything of subjects is read again. */
export function useChanged(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["subjects"] });
}
