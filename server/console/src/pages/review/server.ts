/** What the review asks of the server. An interface, so that tests can stand in for it. */
import { api, body } from "../../api/client";
import type { ReviewCount, ReviewItem, ReviewPage } from "../../api/schema";
import type { Kept } from "./outbox";
import type { Claim } from "./queue";

/** Instants in UTC; empty parts are left out. */
export interface Filter {
  readonly opened_from?: string;
  readonly opened_to?: string;
  readonly camera_id?: string;
}
export interface ReviewServer {
  page(filter: Filter, after: string | null): Promise<ReviewPage>;
  some(ids: readonly string[]): Promise<readonly ReviewItem[]>;
  count(filter: Filter): Promise<ReviewCount>;
  claims(): Promise<readonly (Claim & { case_id: string })[]>;
  claim(id: string, takeOver: boolean): Promise<Claim>;
  giveBack(id: string): Promise<void>;
  send(entry: Kept): Promise<void>;
}
const PAGE = 30;

export const server: ReviewServer = {
  page: (filter, after) =>
    body(
      api.GET("/api/review", { params: { query: { ...filter, limit: PAGE, ...(after ? { after } : {}) } } }),
    ),
  some: async (ids) =>
    (
      await body(
        api.GET("/api/review", { params: { query: { case_id: ids.slice(0, 60), limit: ids.length } } }),
      )
    ).items,
  count: (filter) => body(api.GET("/api/review/count", { params: { query: filter } })),
  claims: () => body(api.GET("/api/claims")),
  claim: (id, takeOver) =>
    body(
      api.PUT("/api/claims/{case_id}", {
        params: { path: { case_id: id } },
        body: { take_over: takeOver },
      }),
    ),
  giveBack: async (id) => {
    await api.DELETE("/api/claims/{case_id}", { params: { path: { case_id: id } } });
  },
  send: async (entry) => {
    if (entry.to === null) {
      await api.PUT("/api/review/{case_id}/doubt", {
        params: { path: { case_id: entry.caseId } },
        body: { note: entry.reason },
      });
      return;
    }
    await api.POST("/api/cases/{case_id}/actions", {
      params: {
        path: { case_id: entry.caseId },
        header: { "if-match": `"${entry.version}"`, "idempotency-key": entry.key },
      },
      body: { to: entry.to, reason: entry.reason, fields: { ...entry.fields } },
    });
  },
};
