import { describe, expect, it } from "vitest";
import { date, dayOf, minuteOf, moment, utcOf, whole } from "./time";

describe("times of the city", () => {
  const now = new Date("2026-11-22T00:00:00Z");
  it("are eight hours ahead", () => {
    expect(dayOf("2026-11-19T16:00:00Z")).toBe("2026-11-20");
    expect(dayOf("2026-11-19T15:59:59Z")).toBe("2026-11-19");
    expect(minuteOf("2026-11-20T02:05:00Z")).toBe("2026-11-20T10:05");
  });
  it("come back as they were told", () => {
    expect(utcOf("2026-11-20T10:05")).toBe("2026-11-20T02:05:00.000Z");
    expect(utcOf("2026-11-20")).toBe("2026-11-19T16:00:00.000Z");
    expect(utcOf("")).toBe("");
    expect(utcOf("soon")).toBe("");
  });
  it("are short this year and whole in another", () => {
    expect(moment("2026-11-20T02:05:00Z", "zh-CN", now)).toBe("11月20日 10:05");
    expect(moment("2025-11-20T02:05:00Z", "zh-CN", now)).toContain("2025年");
    expect(whole("2026-11-20T02:05:07Z", "zh-CN")).toBe("2026年11月20日 10:05:07");
    expect(date("2026-11-19T16:00:00Z", "en")).toBe("Nov 20, 2026");
  });
});
