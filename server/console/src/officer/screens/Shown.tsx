/** Pictures from the phone's own store: blurred ones of the cameras, and one's own photos. */
import { useEffect, useState } from "react";
import { kept, type OwnPhoto } from "../kept/db";
import { useKept } from "../kept/state";

/** An address for bytes that lie in the store; null while they are not there. */
export function usePicture(sha256: string): string | null {
  const [held, setHeld] = useState<{ sha256: string; url: string } | null>(null);
  const { tasks, entries } = useKept();
  const isHeld = held?.sha256 === sha256;
  // Looked for again when the tasks changed, until it is there: it may have come meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: that is what the two are for
  useEffect(() => {
    if (isHeld) return;
    let gone = false;
    void find(sha256).then((found) => {
      if (gone || found === null) return;
      setHeld({ sha256, url: URL.createObjectURL(new Blob([found.bytes], { type: found.type })) });
    });
    return () => {
      gone = true;
    };
  }, [sha256, isHeld, tasks, entries]);
  useEffect(() => (held === null ? undefined : () => URL.revokeObjectURL(held.url)), [held]);
  return isHeld ? held.url : null;
}

async function find(sha256: string): Promise<{ bytes: ArrayBuffer; type: string } | null> {
  const database = await kept();
  return (await database.get("shown", sha256)) ?? (await database.get("photos", sha256)) ?? null;
}

/** One's own photos of a case that are still on the phone. */
export function useOwnPhotos(caseId: string): OwnPhoto[] {
  const [photos, setPhotos] = useState<OwnPhoto[]>([]);
  const { entries } = useKept();
  // biome-ignore lint/correctness/useExhaustiveDependencies: again when something was decided or sent
  useEffect(() => {
    let gone = false;
    void kept()
      .then((database) => database.getAll("photos"))
      .then((all) => {
        if (!gone) setPhotos(all.filter((one) => one.caseId === caseId && one.role !== "signature"));
      });
    return () => {
      gone = true;
    };
  }, [caseId, entries]);
  return photos;
}

export function Shown({
  sha256,
  alt,
  className = "o-thumb",
}: {
  sha256: string;
  alt: string;
  className?: string;
}) {
  const url = usePicture(sha256);
  return url === null ? (
    <span className={`${className} o-nothumb`} />
  ) : (
    <img className={className} src={url} alt={alt} />
  );
}
