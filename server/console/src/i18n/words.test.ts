import { describe, expect, it } from "vitest";
import { en } from "./en";
import { zh } from "./zh";

type Words = { [key: string]: string | Words };

function flat(words: Words, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`, value] as [string, string]]
      : flat(value, `${path}${key}.`),
  );
}

const holes = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((found) => found[1]).sort();

describe("the words", () => {
  const chinese = new Map(flat(zh));
  it.each(flat(en))("%s is said in both languages, with the same facts", (key, text) => {
    expect(text.trim()).not.toBe("");
    expect(chinese.get(key)?.trim()).toBeTruthy();
    expect(holes(text)).toEqual(holes(chinese.get(key) ?? ""));
  });
  it("has Chinese where Chinese is meant", () => {
    expect([...chinese.values()].filter((text) => !/[\u4e00-\u9fff]/.test(text))).toEqual([]);
  });
});
