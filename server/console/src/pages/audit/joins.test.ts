import { describe, expect, it } from "vitest";
import { broken } from "./joins";

const chain = [
  { seq: 3, hash: "c", previous_hash: "b" },
  { seq: 2, hash: "b", previous_hash: "a" },
  { seq: 1, hash: "a", previous_hash: "0" },
];

describe("the chain", () => {
  it("is whole when each names the one before", () => {
    expect(broken(chain)).toEqual(new Set());
  });
  it("is broken where an entry was changed", () => {
    expect(broken(chain.with(1, { seq: 2, hash: "x", previous_hash: "a" }))).toEqual(new Set([3]));
  });
  it("says nothing of entries that are not shown", () => {
    expect(broken(chain.filter((entry) => entry.seq !== 2))).toEqual(new Set());
  });
});
