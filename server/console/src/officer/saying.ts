/** Times, distances and states in words. */
import type { Entry } from "./outbox/entry";
import type { Spot } from "./place";
import { bearing, distanceM, windOf } from "./place";
import { type Key, say } from "./words";
import { zh } from "./zh";

/** A span of time, in ms, without its sign. */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.round(Math.abs(ms) / 60_000));
  const h = Math.floor(minutes / 60);
  if (h >= 48) return say("time.days", { d: Math.floor(h / 24), h: h % 24 });
  return h > 0 ? say("time.hours", { h, n: minutes % 60 }) : say("time.minutes", { n: minutes });
}

export function length(metres: number): string {
  return metres < 1000
    ? say("unit.m", { n: Math.round(metres) })
    : say("unit.km", { n: (metres / 1000).toFixed(metres < 10_000 ? 1 : 0) });
}

export function wayTo(from: Spot, to: Spot): string {
  const wind = say(`wind.${windOf(bearing(from, to))}`);
  return say("task.away", { distance: length(distanceM(from, to)), wind });
}

const CLOCK = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

/** Month, day and time in Shanghai: `11-22 18:05`. */
export function clock(at: string): string {
  const parts = Object.fromEntries(CLOCK.formatToParts(new Date(at)).map((part) => [part.type, part.value]));
  return `${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

export function stateName(state: string): string {
  return say((state in zh.state ? `state.${state}` : "state.other") as Key);
}

export function kindOf(entry: Entry): string {
  const { route } = entry;
  const body = entry.body as { kind?: string };
  const name = (() => {
    if (route.kind === "document") return body.kind === "pledge" ? "pledgePaper" : (body.kind ?? "document");
    if (route.kind !== "move") return route.kind;
    if (route.from === "W5" && route.to === "W4") return "found";
    if (route.from === "W4" && route.to === "W7") return "spot";
    return route.to;
  })();
  return say((name in zh.sending.kind ? `sending.kind.${name}` : "sending.kind.move") as Key);
}

type Advice = keyof typeof zh.advice;
const ADVICE: Readonly<Record<string, Advice>> = {
  "case.stale_version": "stale",
  "case.transition_not_listed": "moved",
  "case.not_your_transition": "moved",
  "case.too_late_to_refuse": "late",
  "case.returned_too_often": "returns",
  "case.not_assigned_to_you": "notYours",
  "case.not_found": "notYours",
  "case.subject_unknown": "subject",
  "pledge.subject_unknown": "subject",
  "case.filed_path_only": "filedOnly",
  "case.officer_uncertified": "certificate",
  "case.arrived_elsewhere": "far",
  "case.fields_invalid": "fields",
  "input.invalid": "fields",
  "document.fields_invalid": "fields",
  "document.incomplete": "document",
  "document.not_in_this_state": "document",
  "document.unverified": "document",
  "case.photos_invalid": "photo",
  "report.photos_invalid": "photo",
  "photo.told_otherwise": "photo",
  "officer.photo_lost": "lost",
  "auth.forbidden": "role",
  "request.idempotency_key_reused": "duplicate",
  "case.idempotency_key_reused": "duplicate",
};

/** What the person can do about a refusal. */
export function adviceOn(entry: Entry): string {
  const { refusal, route } = entry;
  const moved = refusal?.stateNow !== undefined && route.kind === "move" && refusal.stateNow !== route.from;
  return say(`advice.${moved ? "moved" : (ADVICE[refusal?.code ?? ""] ?? "default")}` as Key);
}

/** Whether a few words more may be all that the server asks for. */
export function wantsReason(entry: Entry): boolean {
  const code = entry.refusal?.code ?? "";
  const named = entry.refusal?.problems.some((problem) => problem.startsWith("reason")) ?? false;
  return (
    entry.route.kind === "move" &&
    (named || ["case.arrived_elsewhere", "case.officer_uncertified"].includes(code))
  );
}
