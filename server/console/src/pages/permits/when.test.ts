import { expect, it } from "vitest";
import { freshKey, hoursOf, weekdaysOf } from "./when";

it("says hours only when there are some", () => {
  expect(hoursOf({ hours_from: "18:00:00", hours_to: "02:00:00" })).toBe("18:00–02:00");
  expect(hoursOf({ hours_from: "00:00:00", hours_to: "00:00:00" })).toBe("");
});

it("reads weekdays as people type them", () => {
  expect(weekdaysOf("6, 7、1 1 9")).toEqual([1, 6, 7]);
  expect(weekdaysOf("")).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

it("makes keys that the register takes", () => {
  expect(freshKey("2026-11-22", 0.5)).toMatch(/^[a-z0-9](_?[a-z0-9-])*$/);
  expect(freshKey("2026-11-22", 0)).toBe("permit-20261122-0000");
});
