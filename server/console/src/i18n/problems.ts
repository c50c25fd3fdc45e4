/** What the server's errors mean, in Chinese, by their stable codes; in English the server's own titles stand.
 *
 * `tests/server/web/test_problems_are_said.py` finds a code that is missing here.
 */
import i18next from "i18next";
import { CODES } from "./problems.codes";

/** By the end of a code, where all errors of that kind mean the same. */
const ENDINGS: Readonly<Record<string, string>> = {
  not_found: "没有找到，或不在您的辖区",
  stale_version: "别人刚改过，请核对最新内容后再试",
  if_match_required: "请先打开最新内容再修改",
  idempotency_key_reused: "这个请求编号已用于另一项操作，请刷新后重试",
};

/** What a field would have taken, as the server says it in English. */
const ALLOWED: Readonly<Record<string, string>> = {
  "Field required": "必填",
  "not after now: set the phone's clock": "不能晚于现在：请校准手机时间",
  "a file that was sent before": "须是已上传的文件",
  "a picture that was sent before": "须是已上传的照片",
  "a PNG sent before, unused": "须是刚上传、还没用过的签名图",
  "a certificate on file, valid today, or a reason": "须有在册且有效的执法证号，或说明原因",
  "a reason for this move": "须说明原因",
  "a time that has come": "须是已经到来的时间",
  "a time that has passed": "须是过去的时间",
  "not after now": "不能晚于现在",
  "after now": "须晚于现在",
  "a whole JPEG file": "须是完整的 JPEG 图片",
  "why the act has several subjects": "须说明为何涉及多个主体",
  "each column once": "每一列只能出现一次",
  "a photo of this case: this one belongs to another": "须是本案的照片：这一张属于另一案件",
};

/** An error of the server in the language spoken now. */
export function said(code: string, title: string): string {
  if (i18next.language === "en") return title;
  return CODES[code] ?? ENDINGS[code.split(".").at(-1) ?? ""] ?? title;
}

/** What a field would have taken, in the language spoken now. */
export function wanted(allowed: string): string {
  return i18next.language === "en" ? allowed : (ALLOWED[allowed] ?? allowed);
}
