/** A photo taken now: written down at once, with its time and place, before anything else happens. */

import type { Shrunk } from "../parts/photo";
import { stamp } from "./clock";
import { kept, type OwnPhoto } from "./kept/db";
import { now } from "./kept/state";
import { hereNow } from "./place";

export async function keepPhoto(
  picture: Pick<Shrunk, "sha256" | "bytes" | "type">,
  role: OwnPhoto["role"],
  caseId: string,
): Promise<OwnPhoto> {
  const here = hereNow();
  const photo: OwnPhoto = {
    sha256: picture.sha256,
    bytes: picture.bytes,
    type: picture.type,
    role,
    caseId,
    person: now().me?.id ?? "",
    takenAt: stamp(),
    lon: here?.lon ?? null,
    lat: here?.lat ?? null,
    accuracyM: here === null ? null : Math.round(here.accuracyM * 10) / 10,
    sent: false,
  };
  const database = await kept();
  // The very same picture again keeps the time and place that it has.
  const known = await database.get("photos", photo.sha256);
  if (known !== undefined) return known;
  await database.put("photos", photo);
  return photo;
}
