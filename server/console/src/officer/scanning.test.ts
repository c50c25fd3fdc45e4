import { describe, expect, it } from "vitest";
import type { Task } from "../api/schema";
import { foundHere } from "./scanning";

const TASK = {
  case: { id: "c", number: "20261122-0A1B2C3D" },
  subject: { code: "92320402MA00000152" },
  documents: [{ token: "abcdefghijklmnopqrstuv" }],
} as unknown as Task;
const BARE = {
  case: { id: "d", number: "20261122-FFFFFFFF" },
  subject: { code: null },
  documents: [],
} as unknown as Task;

describe("a code among the tasks on the phone", () => {
  it.each([
    "案件 20261122-0a1b2c3d",
    "统一社会信用代码：92320402MA00000152；",
    "https://cg.example.gov.cn/verify/abcdefghijklmnopqrstuv",
    "abcdefghijklmnopqrstuv",
  ])("%s", (text) => {
    expect(foundHere(text, [BARE, TASK])?.case.id).toBe("c");
  });

  it("is not found where it is not", () => {
    expect(foundHere("https://x/verify/zzz", [BARE, TASK])).toBeNull();
  });
});
