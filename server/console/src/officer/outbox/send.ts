/** One try to send one entry: its files first, then what it says. What came of it is an `Outcome`, never an error. */
import { api, Offline, Problem, problemOf } from "../../api/client";
import type {
  ActionRequest,
  DocumentWanted,
  PledgeMade,
  ReportCreate,
  VerdictCreate,
} from "../../api/schema";
import { kept, type OwnPhoto } from "../kept/db";
import type { Answer, Entry, Json } from "./entry";
import { filled, mayGoOn, type Outcome, versionOf } from "./plan";

/** The session has ended: nothing is refused, somebody must log in. */
export class LoggedOut extends Error {}

const LATER = new Set([408, 425, 429]);

/** Raises Offline (no network) or LoggedOut; anything else is an outcome. */
export async function send(entry: Entry, entries: readonly Entry[]): Promise<Outcome> {
  try {
    for (const sha256 of entry.files) await sendFile(sha256);
    return { kind: "taken", answer: await sendBody(entry, entries) };
  } catch (error) {
    if (error instanceof Problem) return outcomeOf(error, entry, entries);
    if (error instanceof Offline) throw error;
    // Something on this phone went wrong: this entry waits, the others go on.
    console.warn(error);
    return { kind: "later" };
  }
}

async function sendFile(sha256: string): Promise<void> {
  const database = await kept();
  const photo = await database.get("photos", sha256);
  if (photo === undefined) throw new Problem(0, "officer.photo_lost", sha256, {});
  if (photo.sent) return;
  const answer = await fetch(`/api/evidence/${sha256}`, {
    method: "PUT",
    body: photo.bytes,
    headers: { "Content-Type": photo.type },
    credentials: "same-origin",
  }).catch((error: unknown) => {
    throw new Offline(String(error));
  });
  if (!answer.ok) throw await problemOf(answer);
  await tellPhoto(photo);
  await database.put("photos", { ...photo, sent: true });
}

/** Its time and place. Where another phone told of the very same picture before, what it told stands: no reason to
 * keep back what the picture is for. */
async function tellPhoto(photo: OwnPhoto): Promise<void> {
  const { sha256 } = photo;
  try {
    await api.PUT("/api/officer/photos/{sha256}", { params: { path: { sha256 } }, body: toldOf(photo) });
  } catch (error) {
    if (!(error instanceof Problem && error.code === "photo.told_otherwise")) throw error;
  }
}

function toldOf(photo: OwnPhoto) {
  const { role, takenAt: taken_at, lon, lat, accuracyM: accuracy_m } = photo;
  return { role, taken_at, lon, lat, accuracy_m };
}

async function sendBody(entry: Entry, entries: readonly Entry[]): Promise<Answer> {
  const said: Json = bodyOf(entry, entries);
  const header = { "idempotency-key": entry.key };
  const { route } = entry;
  switch (route.kind) {
    case "move": {
      const version = versionOf(entry, entries);
      const { data } = await api.POST("/api/cases/{case_id}/actions", {
        params: { path: { case_id: route.caseId }, header: { ...header, "if-match": `"${version}"` } },
        body: said as unknown as ActionRequest,
      });
      return data === undefined ? {} : { version: data.version, state: data.state };
    }
    case "document": {
      const { data } = await api.POST("/api/cases/{case_id}/documents", {
        params: { path: { case_id: route.caseId }, header },
        body: said as unknown as DocumentWanted,
      });
      return data === undefined ? {} : { id: data.id, number: data.number };
    }
    case "pledge": {
      const { data } = await api.POST("/api/cases/{case_id}/pledges", {
        params: { path: { case_id: route.caseId }, header },
        body: said as unknown as PledgeMade,
      });
      return data === undefined ? {} : { id: data.id };
    }
    case "verdict": {
      const body = said as unknown as VerdictCreate;
      const { data } = await api.POST("/api/verdicts", { params: { header }, body });
      return data === undefined ? {} : { id: data.id };
    }
    case "report": {
      const body = said as unknown as ReportCreate;
      const { data } = await api.POST("/api/reports", { params: { header }, body });
      return data === undefined ? {} : { id: data.id, number: data.number };
    }
  }
}

function bodyOf(entry: Entry, entries: readonly Entry[]): Json {
  try {
    return filled(entry.body, entries);
  } catch (error) {
    throw new Problem(0, "officer.answer_lost", String(error), {});
  }
}

async function outcomeOf(problem: Problem, entry: Entry, entries: readonly Entry[]): Promise<Outcome> {
  if (problem.status === 401) throw new LoggedOut();
  if (LATER.has(problem.status) || problem.status >= 500) return { kind: "later", afterMs: waitOf(problem) };
  const refusal = {
    status: problem.status,
    code: problem.code,
    title: problem.title,
    problems: faultsOf(problem),
  };
  if (problem.status !== 412 || entry.route.kind !== "move") return { kind: "refused", refusal };
  const { data } = await api.GET("/api/cases/{case_id}", {
    params: { path: { case_id: entry.route.caseId } },
  });
  if (data === undefined) return { kind: "refused", refusal };
  const version = versionOf(entry, entries) ?? 0;
  if (mayGoOn(entry.route.from, version, data)) return { kind: "moved", version: data.version };
  return { kind: "refused", refusal: { ...refusal, stateNow: data.state, versionNow: data.version } };
}

function waitOf(problem: Problem): number | undefined {
  const seconds = problem.facts.retry_after_s;
  return typeof seconds === "number" ? seconds * 1000 : undefined;
}

function faultsOf(problem: Problem): string[] {
  const { problems, missing } = problem.facts;
  const listed = Array.isArray(problems) ? problems : Array.isArray(missing) ? missing : [];
  return listed.flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null) return [];
    const { field, allowed, what, todo } = one as Record<string, unknown>;
    const name = String(field ?? what ?? "").replace(/^fields\./, "");
    return [`${name}: ${String(allowed ?? todo ?? "")}`];
  });
}
