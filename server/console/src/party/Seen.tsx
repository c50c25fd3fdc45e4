/** What a camera saw: blurred pictures, when, how much. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { OwnCase, Sighting } from "../api/schema";
import { useLanguage } from "../i18n";
import { moment } from "../parts/time";
import { bytes } from "./server";
import { useWords } from "./words";

export function Seen({ of }: { of: OwnCase }) {
  const t = useWords();
  return (
    <section className="pt-card" aria-labelledby="pt-seen">
      <h2 id="pt-seen">{t("seen.title")}</h2>
      {of.seen.length === 0 ? <p>{t("seen.none")}</p> : null}
      {of.seen.map((sighting) => (
        <One key={sighting.began_at} sighting={sighting} />
      ))}
    </section>
  );
}

function One({ sighting }: { sighting: Sighting }) {
  const t = useWords();
  const language = useLanguage();
  const from = moment(sighting.began_at, language);
  return (
    <div className="pt-seen">
      <p>{t("seen.at", { from, to: moment(sighting.last_seen_at, language) })}</p>
      {sighting.area_m2 === null ? null : <p>{t("seen.area", { n: sighting.area_m2.toFixed(1) })}</p>}
      {sighting.pictures.map((name) => (
        <Shown key={name} path={`/api/party/pictures/${name}`} alt={t("seen.alt", { time: from })} />
      ))}
      <p className="pt-faint">{sighting.pictures.length > 0 ? t("seen.blurred") : t("seen.none")}</p>
    </div>
  );
}

/** A picture of one's own case; a tap shows it large. */
export function Shown({ path, alt, small = false }: { path: string; alt: string; small?: boolean }) {
  const t = useWords();
  const found = useQuery({ queryKey: ["bytes", path], queryFn: () => bytes(path), staleTime: Infinity });
  const url = useUrl(found.data);
  const large = useRef<HTMLDialogElement>(null);
  if (found.error) return <p role="alert">{t("seen.failed")}</p>;
  if (url === null) return <p className="pt-faint">{t("seen.loading")}</p>;
  if (found.data?.type.startsWith("video/"))
    return (
      // biome-ignore lint/a11y/useMediaCaption: what a party sent has no captions
      <video className="pt-picture" controls src={url} aria-label={alt} />
    );
  return (
    <>
      <button
        type="button"
        className={small ? "pt-shot small" : "pt-shot"}
        aria-label={`${alt} · ${t("seen.large")}`}
        onClick={() => large.current?.showModal()}
      >
        <img className="pt-picture" src={url} alt="" />
      </button>
      <dialog ref={large} className="pt-large" aria-label={alt}>
        <img src={url} alt={alt} />
        <button type="button" className="pt-btn" onClick={() => large.current?.close()}>
          {t("seen.close")}
        </button>
      </dialog>
    </>
  );
}

/** An address of the bytes for as long as they are shown. */
export function useUrl(content: Blob | undefined): string | null {
  const [url, set] = useState<string | null>(null);
  useEffect(() => {
    if (content === undefined) return undefined;
    const made = URL.createObjectURL(content);
    set(made);
    return () => URL.revokeObjectURL(made);
  }, [content]);
  return url;
}
