import { describe, expect, it } from "vitest";
import { changesBy, inLanguage, namesIn, shownAs, toldBy } from "./thread";

const step = {
  ordinal: 6,
  kind: "transition",
  from_state: "W4",
  to_state: "W6",
  fields: {
    harm: "NONE",
    officers: ["JS-1", "JS-2"],
    lon: 119.9701234,
    lat: 31.78,
    alert_id: "x",
    order_number: "",
  },
  before: { state: "W4", findings: { vio: true }, order_due_at: null },
  after: {
    state: "W6",
    findings: { vio: true, harm: "NONE", pledge_signed: true },
    order_due_at: "2026-11-20T02:30:00Z",
  },
};

describe("a step", () => {
  it("tells what people said, the place as one, and nothing empty or for machines", () => {
    expect(toldBy(step)).toEqual([
      ["place", "119.97012, 31.78000"],
      ["harm", "NONE"],
      ["officers", ["JS-1", "JS-2"]],
    ]);
  });
  it("shows what it changed, findings one by one, and nothing twice", () => {
    expect(changesBy(step)).toEqual([
      { name: "pledge_signed", before: undefined, after: true },
      { name: "order_due_at", before: null, after: "2026-11-20T02:30:00Z" },
    ]);
  });
});

describe("a value", () => {
  it.each([
    ["2026-11-20T02:30:00+00:00", [{ as: "moment", at: "2026-11-20T02:30:00+00:00" }]],
    ["a".repeat(64), [{ as: "file", sha256: "a".repeat(64) }]],
    ["0198a1b2-0000-7000-8000-000000000001", [{ as: "id", id: "0198a1b2-0000-7000-8000-000000000001" }]],
    [true, [{ as: "word", word: "true" }]],
    [0.12345, [{ as: "text", text: "0.123" }]],
    [
      ["NONE", "MINOR"],
      [
        { as: "word", word: "NONE" },
        { as: "word", word: "MINOR" },
      ],
    ],
  ])("%s", (value, shown) => expect(shownAs(value)).toEqual(shown));
});

describe("a text in both languages", () => {
  it.each([
    ["时限提示 / deadline mark", "时限提示", "deadline mark"],
    ["现场需人员处置", "现场需人员处置", "现场需人员处置"],
    [
      "拆出案件 1 / case 1 split off: 另一户",
      "拆出案件 1 / case 1 split off: 另一户",
      "拆出案件 1 / case 1 split off: 另一户",
    ],
    ["A/B", "A/B", "A/B"],
  ])("%s", (text, zh, en) => {
    expect(inLanguage(text, "zh-CN")).toBe(zh);
    expect(inLanguage(text, "en")).toBe(en);
  });
});

describe("names", () => {
  it("are those that the case tells", () => {
    const steps = [{ actor_id: "1", actor_name: "郑岩" }];
    const of = { steps, subject_id: "2", subject_name: "面馆", assignee_id: "3", assignee_name: "" };
    expect([...namesIn(of)]).toEqual([
      ["1", "郑岩"],
      ["2", "面馆"],
    ]);
  });
});
