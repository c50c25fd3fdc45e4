import { describe, expect, it } from "vitest";
import { type Answered, enter, fingerprint, type Knock, Memory, type Shelf, takeCode } from "./visit";

function shelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

const NOW = Date.parse("2026-11-22T02:00:00Z");

/** A server that knows one code at a time, as the real one does. */
function server(first: string) {
  let code = first;
  let before: { code: string; key: string } | null = null;
  let count = 0;
  const asked: string[] = [];
  let loses = 0;
  const knock: Knock = async (given, key) => {
    asked.push(given);
    if (given !== code && !(before?.code === given && before.key === key)) return "refused";
    before = { code: given, key };
    count += 1;
    code = `swc_next${count}`;
    if (loses-- > 0) throw new Error("no answer");
    return { token: `swv_${count}`, until: "2026-11-22T14:00:00Z", next_code: code } satisfies Answered;
  };
  return {
    knock,
    asked,
    lose: () => {
      loses = 1;
    },
  };
}

describe("a visit", () => {
  it("uses the code once, then the running visit", async () => {
    const memory = new Memory(shelf(), shelf());
    const there = server("swc_a");
    const open = await enter(memory, "swc_a", there.knock, NOW);
    expect(open).toMatchObject({ token: "swv_1" });
    expect(await enter(memory, null, there.knock, NOW)).toEqual(open);
    expect(await enter(memory, "swc_a", there.knock, NOW)).toEqual(open);
    expect(there.asked).toEqual(["swc_a"]);
  });

  it("opens again on the same phone with the paper's code, although that one is used", async () => {
    const lasting = shelf();
    const there = server("swc_a");
    await enter(new Memory(lasting, shelf()), "swc_a", there.knock, NOW);
    expect(await enter(new Memory(lasting, shelf()), "swc_a", there.knock, NOW)).toMatchObject({
      token: "swv_2",
    });
    expect(await enter(new Memory(lasting, shelf()), null, there.knock, NOW)).toMatchObject({
      token: "swv_3",
    });
  });

  it("is refused on another phone", async () => {
    const there = server("swc_a");
    await enter(new Memory(shelf(), shelf()), "swc_a", there.knock, NOW);
    expect(await enter(new Memory(shelf(), shelf()), "swc_a", there.knock, NOW)).toBe("refused");
  });

  it("survives an answer that was lost on the way", async () => {
    const memory = new Memory(shelf(), shelf());
    const there = server("swc_a");
    there.lose();
    await expect(enter(memory, "swc_a", there.knock, NOW)).rejects.toThrow();
    expect(await enter(memory, "swc_a", there.knock, NOW)).toMatchObject({ token: "swv_2" });
  });

  it("asks which, when this phone knows several; two ways into one matter are one", async () => {
    const memory = new Memory(shelf(), shelf());
    for (const code of ["swc_a", "swc_b", "swc_c"]) await enter(memory, code, server(code).knock, NOW);
    memory.name(fingerprint("swc_a"), "CASE-1", "");
    memory.name(fingerprint("swc_b"), "CASE-2", "");
    memory.name(fingerprint("swc_c"), "CASE-1", "");
    memory.leave();
    expect(memory.known().map((one) => one.number)).toEqual(["CASE-1", "CASE-2"]);
    expect(memory.of(fingerprint("swc_a"))).toEqual(memory.of(fingerprint("swc_c")));
    expect(await enter(memory, null, server("x").knock, NOW)).toBeNull();
  });

  it("forgets", async () => {
    const memory = new Memory(shelf(), shelf());
    await enter(memory, "swc_a", server("swc_a").knock, NOW);
    memory.forget(fingerprint("swc_a"));
    expect([memory.known(), memory.open(NOW)]).toEqual([[], null]);
  });

  it("takes the code out of the address", () => {
    const seen: string[] = [];
    const history = { replaceState: (_: unknown, __: string, to: string) => seen.push(to) } as never;
    expect(takeCode({ hash: "#swc_Ab-9_", pathname: "/party" } as Location, history)).toBe("swc_Ab-9_");
    expect(takeCode({ hash: "#main", pathname: "/party" } as Location, history)).toBeNull();
    expect(seen).toEqual(["/party"]);
  });
});
