/** What the page of a case reads. Every key begins with `case` and its id, so that one change makes all of it stale. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { api, body } from "../../api/client";
import { useMe } from "../../app/session";

const STAFF = ["seat", "superv", "dispatch", "officer", "leader", "legal", "head", "verify"];

/** Whether whoever looks has one of these roles. */
export function useHas(...roles: readonly string[]): boolean {
  const held = useMe()?.roles ?? [];
  return roles.some((role) => held.includes(role as (typeof held)[number]));
}

/** Documents, notices, evidence: for staff, not for auditors and grid workers. */
export const useStaff = (): boolean => useHas(...STAFF);

export function useCase(id: string) {
  return useQuery({
    queryKey: ["case", id],
    queryFn: () => body(api.GET("/api/cases/{case_id}", { params: { path: { case_id: id } } })),
  });
}

/** One list of a case. */
const path = (id: string) => ({ params: { path: { case_id: id } } });

export const usePictures = (id: string) =>
  useQuery({
    queryKey: ["case", id, "pictures"],
    queryFn: () => body(api.GET("/api/cases/{case_id}/pictures", path(id))),
  });
export const useDocuments = (id: string) =>
  useQuery({
    queryKey: ["case", id, "documents"],
    queryFn: () => body(api.GET("/api/cases/{case_id}/documents", path(id))),
  });
export const useObjections = (id: string) =>
  useQuery({
    queryKey: ["case", id, "objections"],
    queryFn: () => body(api.GET("/api/cases/{case_id}/objections", path(id))),
  });
export const usePledges = (id: string) =>
  useQuery({
    queryKey: ["case", id, "pledges"],
    queryFn: () => body(api.GET("/api/cases/{case_id}/pledges", path(id))),
  });
export const useEducation = (id: string) =>
  useQuery({
    queryKey: ["case", id, "education"],
    queryFn: () => body(api.GET("/api/cases/{case_id}/education", path(id))),
  });
export const useSiblings = (id: string) =>
  useQuery({
    queryKey: ["case", id, "siblings"],
    queryFn: () => body(api.GET("/api/cases/{case_id}/siblings", path(id))),
  });
export const useNotices = (id: string) =>
  useQuery({
    queryKey: ["case", id, "notices"],
    queryFn: () => body(api.GET("/api/notices", { params: { query: { case_id: id, limit: 50 } } })),
  });
export const useKinds = () =>
  useQuery({
    queryKey: ["documents", "kinds"],
    queryFn: () => body(api.GET("/api/documents/kinds")),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The files of all alerts of a case, each once, in the order of camera time. */
export function useFiles(of: { readonly id: string; readonly alert_ids: readonly string[] }) {
  const alerts = useQueries({
    queries: of.alert_ids.slice(0, 20).map((alertId) => ({
      queryKey: ["case", of.id, "alert", alertId],
      queryFn: () => body(api.GET("/api/alerts/{alert_id}", { params: { path: { alert_id: alertId } } })),
    })),
  });
  const files = alerts.flatMap((alert) => alert.data?.evidence ?? []);
  const once = new Map(files.map((file) => [file.sha256 + file.role, file]));
  return [...once.values()].sort((one, other) => one.captured_at.localeCompare(other.captured_at));
}

export const useOffences = (id: string, subjectId: string) =>
  useQuery({
    queryKey: ["case", id, "offences", subjectId],
    queryFn: () => body(api.GET("/api/offences", { params: { query: { subject_id: subjectId } } })),
  });
export const usePermits = (id: string, subjectId: string) =>
  useQuery({
    queryKey: ["case", id, "permits", subjectId],
    queryFn: () => body(api.GET("/api/permits", { params: { query: { subject_id: subjectId, limit: 20 } } })),
  });
export const useSubject = (id: string, subjectId: string) =>
  useQuery({
    queryKey: ["case", id, "subject", subjectId],
    queryFn: () =>
      body(api.GET("/api/subjects/{subject_id}", { params: { path: { subject_id: subjectId } } })),
  });
