import { describe, expect, it } from "vitest";
import { BULK, type Candidate, offers, whyNever } from "./bulk";

const row = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  number: id,
  state: "A1",
  version: 1,
  district: "east",
  camera_id: "cam-1",
  zone_id: "z1",
  violation: "outdoor_display",
  urgent: false,
  void_asked_by: null,
  ...more,
});
const of = (rows: Candidate[], roles: string[], name: string) =>
  offers(rows, roles).find((one) => one.move.name === name);

describe("what is safe in bulk", () => {
  it.each([
    ["L4", "L5", "head", "decides"],
    ["L1", "C3", "leader", "decides"],
    ["W4", "C4", "leader", "decides"],
    ["W1", "V", "superv", "decides"],
    ["A1", "C5", "seat", "decides"],
    ["W4", "W6", "officer", "document"],
    ["L5", "C1", "officer", "document"],
    ["W8", "L1", "verify", "document"],
    ["W7", "W8", "verify", "fourEyes"],
    ["W8", "W4", "verify", "fourEyes"],
    ["A1", "W1", "seat", "oneByOne"],
    ["W2", "W3", "officer", "oneByOne"],
    ["L1", "L4", "officer", "oneByOne"],
  ])("never %s to %s by %s: %s", (frm, to, who, why) => expect(whyNever(frm, to, who)).toBe(why));
  it("is three moves, none of them by one of the deciders or the verifier", () => {
    expect(BULK.map((move) => move.frm + move.to)).toEqual(["A1A3", "A1A2", "W1W2"]);
    for (const move of BULK) expect(["seat", "dispatch"]).toContain(move.who);
  });
});

describe("an offer", () => {
  it("is for those whose role makes the move", () => {
    expect(offers([row("a"), row("b")], ["officer"])).toEqual([]);
    expect(offers([row("a"), row("b")], ["seat"]).map((one) => one.move.name)).toEqual([
      "falseAlarm",
      "duplicate",
    ]);
    expect(offers([row("a", { state: "W1" })], ["dispatch"]).map((one) => one.move.name)).toEqual(["assign"]);
  });
  it("leaves out what is elsewhere, urgent, or asked to be void, and says so", () => {
    const rows = [
      row("a"),
      row("b", { state: "W1" }),
      row("c", { urgent: true }),
      row("d", { void_asked_by: "x" }),
    ];
    const told = of(rows, ["seat"], "falseAlarm");
    expect(told?.can.map((one) => one.id)).toEqual(["a"]);
    expect(told?.cannot.map((one) => [one.row.id, one.why])).toEqual([
      ["b", "otherState"],
      ["c", "urgent"],
      ["d", "voidAsked"],
    ]);
  });
  it("joins duplicates of one place only, and never a single one", () => {
    const rows = [row("a"), row("b"), row("c", { camera_id: "cam-2" }), row("d", { violation: "muck" })];
    expect(of(rows, ["seat"], "duplicate")?.can.map((one) => one.id)).toEqual(["a", "b"]);
    expect(of([row("a"), row("b", { camera_id: "cam-2" })], ["seat"], "duplicate")).toBeUndefined();
  });
  it("gives an officer the cases of one district", () => {
    const rows = [row("a", { state: "W1" }), row("b", { state: "W1", district: "west" })];
    expect(of(rows, ["dispatch"], "assign")?.cannot).toEqual([{ row: rows[1], why: "otherDistrict" }]);
  });
  it("of nothing is none", () => expect(offers([], ["seat", "dispatch"])).toEqual([]));
});
