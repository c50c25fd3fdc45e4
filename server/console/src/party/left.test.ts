import { expect, it } from "vitest";
import { left } from "./left";
import { within } from "./photo";

const NOW = Date.parse("2026-11-22T02:00:00Z");

it.each([
  ["2026-11-22T02:00:00Z", { days: 0, hours: 0, minutes: 0, over: true }],
  ["2026-11-22T01:00:00Z", { days: 0, hours: 0, minutes: 0, over: true }],
  ["2026-11-22T02:00:01Z", { days: 0, hours: 0, minutes: 1, over: false }],
  ["2026-11-22T03:30:00Z", { days: 0, hours: 1, minutes: 30, over: false }],
  ["2026-11-24T02:00:00Z", { days: 2, hours: 0, minutes: 0, over: false }],
])("until %s", (until, expected) => {
  expect(left(until, NOW)).toEqual(expected);
});

it("makes photos small and never large", () => {
  expect(within(4000, 3000, 1600)).toEqual([1600, 1200]);
  expect(within(3000, 4000, 1600)).toEqual([1200, 1600]);
  expect(within(640, 480, 1600)).toEqual([640, 480]);
  expect(within(10_000, 1, 1600)).toEqual([1600, 1]);
});
