/** What the server says may stand in a cell, found again as one of our own texts, with what is particular in it. Pure. */

const KNOWN = [
  [/^a value: formulas/, "formula"],
  [/^text: as a number/, "digits"],
  [/^text without control/, "control"],
  [/^the code of a subject on file in your district$/, "codeHere"],
  [/^the code of a subject on file$/, "codeOnFile"],
  [/^the code of another subject on file/, "office"],
  [/^one of (?<what>.+)$/, "oneOf"],
  [/^each column once$/, "once"],
  [/^the column (?<what>.+) is needed$/, "column"],
  [/^a day, YYYY-MM-DD$/, "day"],
  [/^the day from which the place is held/, "sincePlace"],
  [/^the day from which it answers/, "sinceZone"],
  [/^a day after (?<what>[\d-]+), since when it is called/, "after"],
  [/^known \(/, "kind"],
  [/^18 characters of/, "code"],
  [/^check character (?<what>\S+), or a reason in the column/, "check"],
  [/^4 to 40 characters$/, "number"],
  [/^a resident ID number/, "resident"],
  [/^corners as/, "ground"],
  [/^lower-case letters, digits/, "names"],
  [/^a subject of your district$/, "district"],
  [/^the name of its other rows, '?(?<what>.+?)'?$/, "otherName"],
  [/^a zone that nobody else answers for/, "zone"],
  [/code is needed for kind known/, "needsCode"],
  [/kind individual needs person_number/, "needsPerson"],
  [/at least 1 character/, "empty"],
] as const;

export type FaultKey = (typeof KNOWN)[number][1];

export function faultOf(allowed: string): { key: FaultKey; what: string } | null {
  for (const [pattern, key] of KNOWN) {
    const found = pattern.exec(allowed);
    if (found) return { key, what: found.groups?.what ?? "" };
  }
  return null;
}
