import { expect, it } from "vitest";
import { addressWith, ID, tryStep } from "./adding";

it.each([
  ["rtsp://10.0.0.5/a", "", "", "rtsp://10.0.0.5/a"],
  [" rtsp://10.0.0.5:554/a ", "admin", "p@ss/1", "rtsp://admin:p%40ss%2F1@10.0.0.5:554/a"],
  ["rtsp://old:one@10.0.0.5/a", "new", "", "rtsp://new@10.0.0.5/a"],
  ["/clips/a.mp4", "admin", "x", "/clips/a.mp4"],
])("puts user and password into %s", (address, user, password, whole) => {
  expect(addressWith(address, user, password)).toBe(whole);
});

it("knows ids as the edge does", () => {
  expect(["cam-1", "a", "0_x"].every((id) => ID.test(id))).toBe(true);
  expect(["Cam", "-a", "", "a b", "门"].some((id) => ID.test(id))).toBe(false);
});

it("counts the steps of a try", () => {
  expect(["asked", "fetched", "done"].map(tryStep)).toEqual([0, 1, 3]);
});
