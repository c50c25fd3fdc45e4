/** Times as people read them, in Shanghai, wherever the browser stands. */
import type { Language } from "../i18n";

const ZONE = "Asia/Shanghai";

function formatter(language: Language, options: Intl.DateTimeFormatOptions): (at: string) => string {
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "zh-CN", {
    timeZone: ZONE,
    ...options,
  });
  return (at) => format.format(new Date(at));
}

/** Month, day, hour and minute. */
export function shortTime(at: string, language: Language): string {
  return formatter(language, { month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" })(at);
}

/** The whole date with seconds. */
export function wholeTime(at: string, language: Language): string {
  return formatter(language, { dateStyle: "medium", timeStyle: "medium" })(at);
}
