import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../../api/client";
import { ClaimKeeper, IDLE_MS, RENEW_MS } from "./claims";
import type { Claim } from "./queue";

let clock = 0;
const CLAIM = { person_id: "me", person_name: "me", since: "", until: "" } satisfies Claim;

function keeper(claim: (id: string) => Promise<Claim> = async () => CLAIM) {
  const asked: string[] = [];
  const server = {
    claim: (id: string, over: boolean) => {
      asked.push(`${over ? "over" : "put"} ${id}`);
      return claim(id);
    },
    giveBack: async (id: string) => void asked.push(`delete ${id}`),
  };
  const news = { mine: vi.fn(), held: vi.fn(), gone: vi.fn() };
  return { asked, news, keeper: new ClaimKeeper(server, news, () => clock) };
}
async function later(ms: number): Promise<void> {
  clock += ms;
  await vi.advanceTimersByTimeAsync(ms);
}

beforeEach(() => {
  clock = 1_000_000;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("claiming", () => {
  it("takes what is looked at and gives back what was left", async () => {
    const { asked, keeper: one } = keeper();
    one.choose("a", false);
    await later(1000);
    one.choose("b", false);
    await later(10);
    expect(new Set(asked)).toEqual(new Set(["put a", "delete a", "put b"]));
  });

  it("keeps what was decided: its decision is on the way", async () => {
    const { asked, keeper: one } = keeper();
    one.choose("a", false);
    await later(1000);
    one.choose("b", true);
    await later(10);
    expect(asked).toEqual(["put a", "put b"]);
  });

  it("asks nothing of what is only passed by", async () => {
    const { asked, keeper: one } = keeper();
    one.choose("a", false);
    for (const id of ["b", "c", "d"]) {
      await later(50);
      one.choose(id, false);
    }
    await later(1000);
    expect(asked.filter((line) => line.startsWith("put"))).toEqual(["put a", "put d"]);
  });

  it("never gives back what is looked at again, though the answers come late", async () => {
    const { asked, keeper: one } = keeper(() => new Promise((done) => setTimeout(() => done(CLAIM), 300)));
    one.choose("a", false);
    await later(400);
    one.choose("b", false);
    one.choose("a", false);
    await later(2000);
    expect(asked.at(-1)).toBe("put a");
  });

  it("renews while somebody is at the keys, and not when nobody is", async () => {
    const { asked, keeper: one } = keeper();
    one.start();
    one.choose("a", false);
    await later(RENEW_MS);
    expect(asked).toEqual(["put a", "put a"]);
    await later(IDLE_MS + RENEW_MS);
    const before = asked.length;
    await later(5 * RENEW_MS);
    expect(asked.length).toBe(before);
    one.touched();
    await later(0);
    expect(asked.length).toBe(before + 1);
    one.stop();
    await later(0);
    expect(asked.at(-1)).toBe("delete a");
  });

  it.each([
    ["claim.held", 409, "held"],
    ["claim.not_waiting", 409, "gone"],
    ["case.not_found", 404, "gone"],
  ] as const)("%s is told as %s", async (code, status, told) => {
    const { news, keeper: one } = keeper(() => Promise.reject(new Problem(status, code, "", { ...CLAIM })));
    one.choose("a", false);
    await later(0);
    expect(news[told]).toHaveBeenCalledTimes(1);
  });
});
