/** What the server's errors mean, in Chinese, by their stable codes; in English the server's own titles stand. */
import i18next from "i18next";

/** By the end of a code, where all errors of that kind mean the same. */
const ENDINGS: Readonly<Record<string, string>> = {
  not_found: "没有找到，或不在您的辖区",
  stale_version: "别人刚改过，请核对最新内容后再试",
  if_match_required: "请先打开最新内容再修改",
};

const CODES: Readonly<Record<string, string>> = {
  "auth.unauthorized": "请重新登录",
  "auth.forbidden": "您的角色不能做这项操作",
  "auth.wrong_login": "登录名或口令不对",
  "auth.too_many_attempts": "试得太多了，请稍后再试",
  "auth.cross_site": "只能从本系统页面操作",
  "case.transition_not_listed": "案件当前状态不能这样办理",
  "case.not_your_transition": "这一步由其他角色办理",
  "database.unavailable": "数据库暂时没有应答，请稍后再试",
  "server.error": "系统出错，已记录，请联系管理员",
  "input.invalid": "填写的内容有误",
  "http.body_too_large": "内容太大",
};

/** An error of the server in the language spoken now. */
export function said(code: string, title: string): string {
  if (i18next.language === "en") return title;
  return CODES[code] ?? ENDINGS[code.split(".").at(-1) ?? ""] ?? title;
}
