import { describe, expect, it } from "vitest";
import type { ReviewItem } from "../../api/schema";
import { around, type Claim, heldByOther, merged, nextFree, ordered, picturesOf, without } from "./queue";

const item = (id: string, more: { urgent?: boolean; doubt?: boolean } = {}): ReviewItem =>
  ({
    case: { id, urgent: more.urgent ?? false, version: 1, number: id, state: "A1" },
    doubt: more.doubt ? { note: "x" } : null,
    pictures: [],
    clips: [],
  }) as unknown as ReviewItem;
const NOW = Date.parse("2026-11-20T02:00:00Z");
const claim = (person_id: string, until = "2026-11-20T02:03:00Z"): Claim => ({
  person_id,
  person_name: person_id,
  since: "2026-11-20T02:00:00Z",
  until,
});

describe("the order", () => {
  const items = merged(new Map(), [
    item("a"),
    item("b", { urgent: true }),
    item("c"),
    item("d", { doubt: true }),
  ]);
  it("is urgent ones, newest first, then what was left", () => {
    expect(ordered(items, new Set())).toEqual(["b", "c", "a", "d"]);
  });
  it("leaves out what was decided", () => {
    expect(ordered(items, new Set(["c"]))).toEqual(["b", "a", "d"]);
    expect(ordered(without(items, "b"), new Set())).toEqual(["c", "a", "d"]);
  });
});

describe("the next free case", () => {
  const order = ["a", "b", "c"];
  it("passes over what others have, and goes round", () => {
    const claims = new Map([
      ["b", claim("other")],
      ["c", claim("other")],
    ]);
    expect(nextFree(order, 1, claims, "me", NOW)).toBe("a");
    expect(nextFree(order, 1, new Map([["b", claim("me")]]), "me", NOW)).toBe("b");
  });
  it("is none when others have them all", () => {
    const claims = new Map(order.map((id) => [id, claim("other")]));
    expect(nextFree(order, 0, claims, "me", NOW)).toBeNull();
    expect(nextFree([], 0, claims, "me", NOW)).toBeNull();
  });
  it("counts no claim that is over", () => {
    expect(heldByOther(new Map([["a", claim("other", "2026-11-20T02:00:00Z")]]), "a", "me", NOW)).toBeNull();
  });
});

describe("what is warmed", () => {
  it.each([
    ["b", ["c", "d", "a"]],
    ["a", ["b", "c"]],
    ["e", ["d"]],
  ])("around %s", (chosen, ids) => {
    expect(around(["a", "b", "c", "d", "e"], chosen, 2)).toEqual(ids);
  });
});

describe("the pictures that may be seen", () => {
  const picture = (role: string, sealed = false) => ({ role, sealed, sha256: role });
  it("are the shown ones: the whole view, a close one, and the reference apart", () => {
    const one = {
      ...item("a"),
      pictures: [
        picture("close_shown"),
        picture("wide_original", true),
        picture("reference_shown"),
        picture("wide_shown"),
      ],
      clips: [
        { ...picture("clip", true), media_type: "video/mp4" },
        { ...picture("clip_shown"), media_type: "video/mp4" },
      ],
    } as unknown as ReviewItem;
    const found = picturesOf(one);
    expect(found.shots.map((shot) => shot.role)).toEqual(["wide_shown", "close_shown"]);
    expect([found.reference?.role, found.clip?.role, found.clipSealed]).toEqual([
      "reference_shown",
      "clip_shown",
      true,
    ]);
  });
});
