import { describe, expect, it } from "vitest";
import { fitted, sha256Of } from "./photo";

describe("the size of a photo", () => {
  it.each([
    [4000, 3000, 1600, 1200],
    [3000, 4000, 1200, 1600],
    [1600, 900, 1600, 900],
    [640, 480, 640, 480],
    [5000, 1, 1600, 1],
  ])("%d x %d becomes %d x %d", (width, height, wide, high) => {
    expect(fitted(width, height)).toEqual({ width: wide, height: high });
  });

  it("is named by its bytes", async () => {
    const bytes = new TextEncoder().encode("abc").buffer as ArrayBuffer;
    expect(await sha256Of(bytes)).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
