import { describe, expect, it } from "vitest";
import { inChinese } from "./problems.fields";

describe("what a field would have taken", () => {
  it("says whole sentences with their facts", () => {
    expect(inChinese("Field required")).toBe("必填");
    expect(inChinese("Input should be greater than or equal to 0")).toBe("不小于 0");
    expect(inChinese("Input should be 'NONE', 'MINOR' or 'SERIOUS'")).toBe(
      "须是以下之一：'NONE', 'MINOR' or 'SERIOUS'",
    );
  });
  it("says what a rule of ours refused, also several at once", () => {
    expect(inChinese("Value error, hours are local: no offset")).toBe("时间按本地时间填，不带时区");
    expect(inChinese("Value error, item CG-01 is listed twice; in_force_to is before in_force_from")).toBe(
      "事项 CG-01 列了两次；失效日早于生效日",
    );
  });
  it("says lines about a field", () => {
    expect(
      inChinese("status: 'draft' is not accepted: the legal department signs first (status: signed)"),
    ).toBe("status 不接受 'draft'：须先由法制部门签字（状态：已签）");
    expect(inChinese("in_force_from: 2021-07-15 lies in the past: a list cannot reach back")).toBe(
      "in_force_from：2021-07-15 已经过去：清单不能溯及既往",
    );
    expect(inChinese("items.0.ceiling: '' is not accepted: Field required")).toBe(
      "items.0.ceiling 不接受 ''：必填",
    );
  });
  it("leaves what it does not know", () => {
    expect(inChinese("something else: entirely")).toBe("something else: entirely");
  });
});
