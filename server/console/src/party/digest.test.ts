import { describe, expect, it } from "vitest";
import { plain } from "./digest";

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const of = (text: string) => hex(plain(new TextEncoder().encode(text)));

describe("a digest without HTTPS", () => {
  // The values of NIST's examples; 55, 56 and 64 bytes are where the padding turns.
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
  ])("of %j", (text, digest) => {
    expect(of(text)).toBe(digest);
  });
  it("is what the browser's own says, at every length", async () => {
    for (const length of [1, 54, 55, 56, 57, 63, 64, 65, 1000]) {
      const bytes = new Uint8Array(length).fill(length % 251);
      const own = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      expect(hex(plain(bytes))).toBe(hex(own));
    }
  });
});
