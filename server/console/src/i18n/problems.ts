/** What the server's errors mean, in Chinese, by their stable codes; in English the server's own titles stand.
 *
 * `tests/server/web/test_problems_are_said.py` finds a code or a sentence that is missing here.
 */
import i18next from "i18next";
import { CODES } from "./problems.codes";
import { inChinese } from "./problems.fields";

/** By the end of a code, where all errors of that kind mean the same. */
const ENDINGS: Readonly<Record<string, string>> = {
  not_found: "没有找到，或不在您的辖区",
  stale_version: "别人刚改过，请核对最新内容后再试",
  if_match_required: "请先打开最新内容再修改",
  idempotency_key_reused: "这个请求编号已用于另一项操作，请刷新后重试",
};

/** An error of the server in the language spoken now. */
export function said(code: string, title: string): string {
  if (i18next.language === "en") return title;
  return CODES[code] ?? ENDINGS[code.split(".").at(-1) ?? ""] ?? title;
}

/** What a field would have taken, in the language spoken now. */
export function wanted(allowed: string): string {
  return i18next.language === "en" ? allowed : inChinese(allowed);
}
