/** Where the officer is, and how far and which way it is to somewhere. WGS-84 throughout, as phones tell it. */
import { useSyncExternalStore } from "react";

export interface Spot {
  readonly lon: number;
  readonly lat: number;
}
export interface Here extends Spot {
  readonly accuracyM: number;
  readonly at: number;
}

const EARTH_M = 6_371_008.8;
const rad = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in metres. */
export function distanceM(from: Spot, to: Spot): number {
  const dLat = rad(to.lat - from.lat);
  const dLon = rad(to.lon - from.lon);
  const a =
    Math.sin(dLat / 2) ** 2 + Math.cos(rad(from.lat)) * Math.cos(rad(to.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(a)));
}

/** The first bearing of the great circle, in degrees from north, clockwise, 0 to 360. */
export function bearing(from: Spot, to: Spot): number {
  const dLon = rad(to.lon - from.lon);
  const y = Math.sin(dLon) * Math.cos(rad(to.lat));
  const x =
    Math.cos(rad(from.lat)) * Math.sin(rad(to.lat)) -
    Math.sin(rad(from.lat)) * Math.cos(rad(to.lat)) * Math.cos(dLon);
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}

export const WINDS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
export type Wind = (typeof WINDS)[number];

/** The nearest of the eight winds. */
export function windOf(degrees: number): Wind {
  return WINDS[Math.round(degrees / 45) % 8] ?? "n";
}

export type Sight = "unasked" | "asking" | "known" | "denied" | "unknown";
export interface Whereabouts {
  readonly sight: Sight;
  readonly here: Here | null;
}

const ASKED = "shouwei.officer.place";
let now: Whereabouts = { sight: "unasked", here: null };
let watching: number | null = null;
const listeners = new Set<() => void>();

function say(next: Whereabouts): void {
  now = next;
  for (const listener of listeners) listener();
}

/** Begin to follow the phone. The browser asks the person the first time, so this is called by a press only, and
 * at the start for who said yes before. */
export function follow(): void {
  if (watching !== null || !("geolocation" in navigator)) {
    if (!("geolocation" in navigator)) say({ sight: "unknown", here: null });
    return;
  }
  localStorage.setItem(ASKED, "yes");
  say({ ...now, sight: "asking" });
  watching = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      const here = { lon: coords.longitude, lat: coords.latitude, accuracyM: coords.accuracy, at: timestamp };
      say({ sight: "known", here });
    },
    (error) => {
      say({ sight: error.code === error.PERMISSION_DENIED ? "denied" : "unknown", here: now.here });
      if (error.code === error.PERMISSION_DENIED) stop();
    },
    { enableHighAccuracy: true, maximumAge: 10_000, timeout: 20_000 },
  );
}

function stop(): void {
  if (watching !== null) navigator.geolocation.clearWatch(watching);
  watching = null;
}

export function followIfAskedBefore(): void {
  if (localStorage.getItem(ASKED) === "yes") follow();
}

/** The newest place that is not older than two minutes; null when the phone does not know. */
export function hereNow(): Here | null {
  return now.here !== null && Date.now() - now.here.at < 120_000 ? now.here : null;
}

export function useWhereabouts(): Whereabouts {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
  );
}
