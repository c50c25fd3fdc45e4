import { describe, expect, it } from "vitest";
import { type OnSiteTold, papersOf } from "./papers";

const TOLD: OnSiteTold = {
  spot: false,
  officers: [
    { name: "甲", certificate: "1" },
    { name: "乙", certificate: "2" },
  ],
  harm: "NONE",
  sev: "SLIGHT",
  area: 2.5,
  dueAt: "2026-11-22T12:00:00Z",
  demands: "收回",
  findings: "占道",
  place: "12号",
  present: "店长",
  onPaper: false,
  orderNumber: "",
  recordNumber: "",
  photos: ["p"],
  signature: "s",
  refusedWhy: "",
  pledged: true,
  at: "2026-11-22T10:00:00Z",
};
const ABOUT = { caseId: "c", number: "n" };

function made(told: Partial<OnSiteTold>) {
  let n = 0;
  return papersOf({ ...TOLD, ...told }, ABOUT, () => `k${++n}`);
}

describe("the papers of a visit", () => {
  it("are issued first, and the move names the numbers they get", () => {
    const { documents, fields, files } = made({});
    expect(documents.map((one) => (one.body as { kind: string }).kind)).toEqual(["inspection", "order"]);
    expect(fields.inspection_record).toEqual({ $answer: "k1", take: "number" });
    expect(fields.order_number).toEqual({ $answer: "k2", take: "number" });
    expect(fields.due_at).toBeUndefined();
    expect(files).toEqual(["p", "s"]);
    expect(fields.photos).toEqual(["p", "s"]);
  });

  it("on paper are told by their numbers and their deadline", () => {
    const { documents, fields } = made({ onPaper: true, orderNumber: "责改-7", recordNumber: "检-7" });
    expect(documents).toEqual([]);
    expect([fields.order_number, fields.inspection_record, fields.due_at]).toEqual([
      "责改-7",
      "检-7",
      TOLD.dueAt,
    ]);
  });

  it("of a correction on the spot hold no order", () => {
    const { documents, fields } = made({ spot: true });
    expect(documents.map((one) => (one.body as { kind: string }).kind)).toEqual(["inspection"]);
    expect([fields.order_number, fields.due_at]).toEqual(["", undefined]);
  });

  it("say why nobody signed", () => {
    const { documents, fields } = made({ signature: "", refusedWhy: "不认可" });
    expect(fields.refused_to_sign).toBe(true);
    expect(documents[1]?.body).toMatchObject({ fields: { refused_to_sign: "不认可" } });
  });
});
