/** Every text in both languages with the same facts, and no text outside of the words. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { known, type Words } from "./index";

await Promise.all(Object.values(import.meta.glob("../**/words*.ts")).map((load) => load()));
const HAN = /[\u4e00-\u9fff]/;
const sources = Object.keys(import.meta.glob("../**/*.tsx"));

function flat(words: Words, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`, value] as [string, string]]
      : flat(value, `${path}${key}.`),
  );
}

const holes = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((found) => found[1]).sort();

describe.each([...known])("the words of %s", (_room, words) => {
  const chinese = new Map(flat(words["zh-CN"]));
  const english = new Map(flat(words.en));
  it("are the same texts in both languages, with the same facts", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
    for (const [key, text] of english) {
      expect(text.trim(), key).not.toBe("");
      expect(chinese.get(key)?.trim(), key).toBeTruthy();
      expect(holes(text), key).toEqual(holes(chinese.get(key) ?? ""));
    }
  });
  it("are English in English", () => {
    expect([...english].filter(([, text]) => HAN.test(text))).toEqual([]);
  });
});

describe.each(sources)("%s", (name) => {
  const text = readFileSync(resolve(import.meta.dirname, name), "utf-8");
  it("says nothing that is not in the words", () => {
    expect(said(ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TSX))).toEqual(
      [],
    );
  });
});

const SEEN = new Set(["title", "alt", "placeholder", "aria-label", "label", "aria-description"]);

/** Texts that people would see or hear although no language was asked for them. */
function said(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const letters = (text: string) => /\p{L}{2,}/u.test(text);
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node) && letters(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (SEEN.has(node.name.getText(source)) && letters(node.initializer.text))
        found.push(node.initializer.text);
    }
    if (ts.isStringLiteralLike(node) && HAN.test(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
