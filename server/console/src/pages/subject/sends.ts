/** What each edit sends. Days and minutes are those of the city. */
import { api, body } from "../../api/client";
import type { ContactCreate, LinkCreate, RecordCreate } from "../../api/schema";
import type { Values } from "../../parts/FormDialog";
import { utcOf } from "../../parts/time";
import { unpacked } from "../../parts/ZonePick";
import type { Act, Ending } from "./Edit";

export function send(id: string, act: Act, values: Values): Promise<unknown> {
  const params = { path: { subject_id: id } };
  const of = (name: string) => (values[name] ?? "").trim();
  const day = (name: string) => utcOf(of(name));
  switch (act) {
    case "rename":
      return body(
        api.POST("/api/subjects/{subject_id}/names", {
          params,
          body: { name: of("name"), since: day("since") },
        }),
      );
    case "identity":
      return body(
        api.POST("/api/subjects/{subject_id}/identity", {
          params,
          body: { person_number: of("number") },
        }),
      );
    case "head":
      return body(
        api.POST("/api/subjects/{subject_id}/head-office", {
          params,
          body: { head_office_id: of("other") || null },
        }),
      );
    case "premises":
      return body(
        api.POST("/api/subjects/{subject_id}/premises", {
          params,
          body: { address: of("address"), door_number: of("door"), ground: null, valid_from: day("since") },
        }),
      );
    case "contact":
      return body(
        api.POST("/api/subjects/{subject_id}/contacts", {
          params,
          body: {
            name: of("name"),
            role: of("role") as ContactCreate["role"],
            channel: of("channel") as ContactCreate["channel"],
            address: of("to"),
            rank: Number(of("rank") || "1"),
            language: of("language") === "en" ? "en" : "zh-CN",
            electronic_consent_at: of("consent") ? day("consent") : null,
          },
        }),
      );
    case "zone":
      return body(
        api.POST("/api/subjects/{subject_id}/zones", {
          params,
          body: {
            camera_id: unpacked(of("zone")).camera,
            zone_id: unpacked(of("zone")).zone,
            valid_from: day("since"),
            valid_to: of("until") ? day("until") : null,
          },
        }),
      );
    case "link":
      return body(
        api.POST("/api/subjects/{subject_id}/links", {
          params,
          body: { other_id: of("other"), kind: of("kind") as LinkCreate["kind"], reason: of("reason") },
        }),
      );
    case "record":
      return body(
        api.POST("/api/subjects/{subject_id}/records", {
          params,
          body: {
            kind: of("kind") as RecordCreate["kind"],
            at: day("at"),
            title: of("title"),
            source: of("source"),
          },
        }),
      );
    case "handover":
      return handover(id, values);
  }
}

function handover(id: string, values: Values): Promise<unknown> {
  const fresh = values.taker === "fresh";
  return body(
    api.POST("/api/subjects/{subject_id}/handover", {
      params: { path: { subject_id: id } },
      body: {
        to_subject_id: fresh ? null : (values.other ?? ""),
        to_subject: fresh
          ? {
              kind: "known",
              name: (values.name ?? "").trim(),
              code: (values.code ?? "").trim().toUpperCase(),
              code_override_reason: "",
              pending_reason: "",
              owner_name: "",
              contact: "",
              language: "zh-CN",
            }
          : null,
        at: utcOf(values.at ?? ""),
        reason: (values.reason ?? "").trim(),
      },
    }),
  );
}

export function end(what: Ending): Promise<unknown> {
  if (what.end === "premises")
    return body(
      api.POST("/api/subjects/premises/{premises_id}/end", { params: { path: { premises_id: what.id } } }),
    );
  if (what.end === "contacts")
    return body(
      api.POST("/api/subjects/contacts/{contact_id}/end", { params: { path: { contact_id: what.id } } }),
    );
  return body(
    api.POST("/api/subjects/zones/{binding_id}/end", { params: { path: { binding_id: what.id } } }),
  );
}
