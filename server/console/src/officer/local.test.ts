import { describe, expect, it } from "vitest";
import { fromLocal, toLocal } from "./local";

describe("local times", () => {
  it("are Shanghai's, whatever the phone thinks", () => {
    const at = Date.parse("2026-11-22T10:05:00Z");
    expect(toLocal(at)).toBe("2026-11-22T18:05");
    expect(fromLocal("2026-11-22T18:05")).toBe(at);
    expect(fromLocal("")).toBeNaN();
  });
});
