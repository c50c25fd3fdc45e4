/** When a permit allows trading, as people read and type it. Pure. */

interface Hours {
  readonly hours_from: string;
  readonly hours_to: string;
}

/** `18:00–02:00`; empty for the whole day. */
export function hoursOf(permit: Hours): string {
  const [from, to] = [permit.hours_from.slice(0, 5), permit.hours_to.slice(0, 5)];
  return from === to ? "" : `${from}–${to}`;
}

/** Weekdays typed as digits 1 to 7 with anything between; every day when none is typed. */
export function weekdaysOf(text: string): number[] {
  const found = [...new Set([...text].filter((letter) => /[1-7]/.test(letter)).map(Number))].sort();
  return found.length > 0 ? found : [1, 2, 3, 4, 5, 6, 7];
}

/** A key that nobody used, from the day and some luck: people change it to what they like. */
export function freshKey(day: string, luck: number): string {
  const tail = Math.floor(luck * 36 ** 4)
    .toString(36)
    .padStart(4, "0");
  return `permit-${day.replaceAll("-", "")}-${tail}`;
}
