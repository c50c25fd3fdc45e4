/** How long, in words; and clock times with seconds for clips. Times are those of the city. */
import type { useWords } from "./words";

type Words = ReturnType<typeof useWords>;

export function lasting(ms: number, t: Words): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return t("time.minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t("time.hours", { n: hours }) : t("time.days", { n: Math.floor(hours / 24) });
}

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** `10:05:03`. */
export function clock(ms: number): string {
  return CLOCK.format(new Date(ms));
}

/** `22:00:00` as the API has it, to `22:00`. */
export const hoursOf = (time: string): string => time.slice(0, 5);
