/** What an on-site form becomes: the documents it asks for, then the move that names them. Pure. */
import type { Draft, Json } from "./outbox/entry";

export type Harm = "NONE" | "MINOR" | "SERIOUS";
export type Severity = "SLIGHT" | "ORDINARY" | "GRAVE";

/** What was filled in, checked for gaps already. Times are ISO; `area` in m², null when not measured. */
export interface OnSiteTold {
  readonly spot: boolean;
  readonly officers: readonly { readonly name: string; readonly certificate: string }[];
  readonly harm: Harm;
  readonly sev: Severity;
  readonly area: number | null;
  readonly dueAt: string;
  readonly demands: string;
  readonly findings: string;
  readonly place: string;
  readonly present: string;
  readonly onPaper: boolean;
  readonly orderNumber: string;
  readonly recordNumber: string;
  readonly photos: readonly string[];
  readonly signature: string;
  readonly refusedWhy: string;
  readonly pledged: boolean;
  readonly at: string;
}

interface About {
  readonly caseId: string;
  readonly number: string;
}

/** The documents to be issued, each with its key, and the fields of the move. */
export function papersOf(
  told: OnSiteTold,
  about: About,
  newKey: () => string,
): { documents: Draft[]; fields: Record<string, Json>; files: string[] } {
  const documents: Draft[] = [];
  const common = { officers: told.officers.map((one) => ({ ...one })), place: told.place };
  const refused = told.refusedWhy === "" ? {} : { refused_to_sign: told.refusedWhy };
  const issue = (kind: string, fields: Record<string, Json>): Json => {
    const key = newKey();
    const route = { kind: "document", caseId: about.caseId } as const;
    const body: Json = { kind, fields: { ...common, ...refused, ...fields } };
    documents.push({ key, chain: about.caseId, about: about.number, route, body, files: [] });
    return { $answer: key, take: "number" };
  };
  const record: Json = told.onPaper
    ? told.recordNumber
    : issue("inspection", { began_at: told.at, findings: told.findings, present: told.present });
  const order: Json = told.spot
    ? told.orderNumber
    : told.onPaper
      ? told.orderNumber
      : issue("order", { due_at: told.dueAt, demands: told.demands });
  const files = [...told.photos, ...(told.signature === "" ? [] : [told.signature])];
  const fields: Record<string, Json> = {
    officers: told.officers.map((one) => one.certificate),
    harm: told.harm,
    sev: told.sev,
    order_number: order,
    inspection_record: record,
    photos: files,
    pledge_signed: told.pledged,
    refused_to_sign: told.refusedWhy !== "",
    ...(told.area === null ? {} : { area_m2: told.area }),
    // A document's deadline is the one printed in it; a paper form's is told.
    ...(told.onPaper && !told.spot ? { due_at: told.dueAt } : {}),
  };
  return { documents, fields, files };
}
