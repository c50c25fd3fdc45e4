/** How a deadline stands at an instant. Pure. */

/** A deadline as the API tells it: when it began, 70 %, 100 % and 150 % of the time. */
export interface Span {
  readonly started_at: string;
  readonly warn_at: string;
  readonly due_at: string;
  readonly late_at: string;
}
export type Phase = "running" | "warn" | "overdue" | "late";
/** `share` of the time that is used up, 0..1; `left` in milliseconds, negative when over. */
export interface Standing {
  readonly share: number;
  readonly phase: Phase;
  readonly left: number;
}

export function standing(span: Span, now: number): Standing {
  const [began, due] = [Date.parse(span.started_at), Date.parse(span.due_at)];
  const used = due > began ? (now - began) / (due - began) : 1;
  return { share: Math.min(1, Math.max(0, used)), phase: phaseAt(span, now), left: due - now };
}

function phaseAt(span: Span, now: number): Phase {
  if (now >= Date.parse(span.late_at) && now >= Date.parse(span.due_at)) return "late";
  if (now >= Date.parse(span.due_at)) return "overdue";
  return now >= Date.parse(span.warn_at) ? "warn" : "running";
}

export type Unit = "days" | "hours" | "minutes" | "seconds";
/** The two largest units that are not nothing: 3 days 4 hours, 12 minutes. Under a minute: nothing to count. */
export function spoken(ms: number): readonly { readonly unit: Unit; readonly n: number }[] {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const parts: { unit: Unit; n: number }[] = [
    { unit: "days", n: Math.floor(minutes / 1440) },
    { unit: "hours", n: Math.floor((minutes % 1440) / 60) },
    { unit: "minutes", n: minutes % 60 },
  ];
  const first = parts.findIndex((part) => part.n > 0);
  return first < 0 ? [] : parts.slice(first, first + 2).filter((part) => part.n > 0);
}
