/** How long is left, in the two largest units: 2 days 3 hours, 1 hour 20 minutes, 9 minutes. Pure. */

export interface Left {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly over: boolean;
}

/** `now` is the server's clock: phones are often wrong about the time. */
export function left(until: string, now: number): Left {
  const whole = Math.ceil((Date.parse(until) - now) / 60_000);
  const all = Math.max(0, whole);
  return {
    days: Math.floor(all / 1440),
    hours: Math.floor((all % 1440) / 60),
    minutes: all % 60,
    over: whole <= 0,
  };
}
