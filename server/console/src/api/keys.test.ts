import { describe, expect, it } from "vitest";
import { newKey } from "./keys";

describe("a key", () => {
  it("is a UUID of version 7 that begins with the time", () => {
    const key = newKey(0x0192_3456_789a);
    expect(key).toMatch(/^01923456-789a-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
  it("is never the same twice", () => {
    expect(new Set(Array.from({ length: 1000 }, () => newKey(1))).size).toBe(1000);
  });
});
