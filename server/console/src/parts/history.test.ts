import { expect, it } from "vitest";
import { begun, changed, redone, undone } from "./history";

it("goes back and forth, and forgets the other way once something new is done", () => {
  const three = changed(changed(begun("a"), "b"), "c");
  expect(undone(three).now).toBe("b");
  expect(redone(undone(three)).now).toBe("c");
  const other = changed(undone(three), "d");
  expect(redone(other)).toBe(other);
  expect(undone(undone(undone(other))).now).toBe("a");
});

it("takes the same value for no change", () => {
  const one = begun("a");
  expect(changed(one, "a")).toBe(one);
});
