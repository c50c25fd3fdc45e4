/** The act itself: the picture large, its clip, the reference view to flip against, and what was measured. */
import { type RefObject, useEffect, useState } from "react";
import type { ReviewItem } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { FlipOver, FlipTools, type Share } from "../../parts/Flip";
import { type Outline, Picture, type Zoom } from "../../parts/Picture";
import { moment } from "../../parts/time";
import { Clip } from "./Clip";
import { evidence, picturesOf } from "./queue";
import { useWords } from "./words";

interface Props {
  readonly item: ReviewItem;
  readonly zoom: Zoom;
  readonly flip: Share;
  readonly shot: number;
  readonly setShot: (shot: number) => void;
  readonly playing: boolean;
  readonly setPlaying: (playing: boolean) => void;
  readonly video: RefObject<HTMLVideoElement | null>;
}

export function Shown({ item, zoom, flip, shot, setShot, playing, setPlaying, video }: Props) {
  const t = useWords();
  const language = useLanguage();
  const { shots, reference, clip, clipSealed } = picturesOf(item);
  const [broken, setBroken] = useState(false);
  const picture = shots[shot % Math.max(1, shots.length)];
  const role = picture?.role === "wide_shown" ? t("picture.wide") : t("picture.close");
  const alert = item.alert;
  useEffect(() => setBroken(false), []);
  return (
    <section className="rv-shown" data-case={item.case.id} aria-labelledby="rv-what">
      <header className="rv-title">
        <h2 id="rv-what">{language === "en" ? item.violation_en : item.violation_zh}</h2>
        <span>{item.camera_name || alert?.address || item.case.camera_id}</span>
        <span className="num">{moment(alert?.raised_at ?? item.case.opened_at, language)}</span>
        <span className="rv-faint num">{item.case.number}</span>
        {item.alerts > 1 ? <span className="tag">{t("measured.alerts", { n: item.alerts })}</span> : null}
        {item.doubt ? (
          <span className="tag warn">{`${item.doubt.person_name}：${item.doubt.note}`}</span>
        ) : null}
      </header>
      {playing && clip && alert ? (
        <Clip
          key={clip.sha256}
          video={video}
          src={evidence(clip.sha256)}
          from={clip.captured_at}
          began={alert.began_at}
          raised={alert.raised_at}
          onFailed={() => setBroken(true)}
        />
      ) : picture ? (
        <Picture
          key={item.case.id}
          src={evidence(picture.sha256)}
          alt={t("picture.of", { number: item.case.number, role, at: moment(picture.captured_at, language) })}
          zoom={zoom}
          outlines={
            picture.role === "wide_shown" ? outlines(item, t("picture.zone"), t("picture.permit")) : []
          }
          over={
            reference && picture.role === "wide_shown" ? (
              <FlipOver src={evidence(reference.sha256)} alt={t("flip.before")} of={flip} />
            ) : undefined
          }
          failed={t("picture.failed")}
        />
      ) : (
        <div className="rv-nothing">
          <b>{t(alert && alert.source !== "camera" ? "picture.report" : "picture.none")}</b>
          {item.pictures.length > 0 ? <p>{t("picture.noneHint")}</p> : null}
        </div>
      )}
      <div className="rv-tools">
        {clip ? (
          <button
            type="button"
            className="btn"
            onClick={() => setPlaying(!playing)}
            aria-keyshortcuts="Space"
          >
            {t(playing ? "clip.back" : "clip.label")} <kbd>{playing ? "Esc" : "␣"}</kbd>
          </button>
        ) : (
          <small>{t(clipSealed ? "clip.sealed" : "clip.none")}</small>
        )}
        {broken ? <small className="fault">{t("clip.failed")}</small> : null}
        {shots.length > 1 && !playing ? (
          <span className="rv-shots">
            <button
              type="button"
              className="btn"
              aria-label="←"
              onClick={() => setShot(shot + shots.length - 1)}
            >
              {"‹"}
            </button>
            <span className="num">
              {t("picture.nth", { n: (shot % shots.length) + 1, of: shots.length })} · {role}
            </span>
            <button type="button" className="btn" aria-label="→" onClick={() => setShot(shot + 1)}>
              {"›"}
            </button>
          </span>
        ) : null}
        {playing ? null : reference ? (
          <FlipTools
            of={flip}
            label={t("flip.label")}
            now={t("flip.now")}
            before={t("flip.before")}
            hint={t("flip.share")}
          />
        ) : (
          <small>{t("flip.none")}</small>
        )}
        {picture && !playing ? (
          <button type="button" className="btn" onClick={zoom.toggle} aria-keyshortcuts="z">
            {zoom.look.k > 1 ? t("picture.fit") : t("picture.zoom")}
          </button>
        ) : null}
      </div>
    </section>
  );
}

/** The zone as it was measured, and what a permit allows in this picture. Without a polygon it is burned in. */
function outlines(item: ReviewItem, zone: string, permit: string): readonly Outline[] {
  const permits = item.permits
    .filter((one) => one.status === "active")
    .flatMap((one) =>
      one.areas.map((points) => ({ kind: "permit" as const, points, label: `${permit} ${one.number}` })),
    );
  return item.zone ? [{ kind: "zone", points: item.zone, label: zone }, ...permits] : permits;
}
