/** A clip with a clear start and end: when it was taken, where in it the act was seen first and raised. */
import { type CSSProperties, type RefObject, useEffect, useState } from "react";
import { clock } from "./time";
import { useWords } from "./words";

interface Props {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly src: string;
  /** Camera time of its first frame, of when the act was seen first, and of the alert (ISO 8601). */
  readonly from: string;
  readonly began: string;
  readonly raised: string;
  readonly onFailed: () => void;
}

/** Plays or pauses; from the start again when it had ended. */
export function toggle(video: HTMLVideoElement | null): void {
  if (video === null) return;
  if (video.paused) void video.play().catch(() => undefined);
  else video.pause();
}

export function Clip({ video, src, from, began, raised, onFailed }: Props) {
  const t = useWords();
  const [length, setLength] = useState(0);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [ended, setEnded] = useState(false);
  const [loop, setLoop] = useState(false);
  const start = Date.parse(from);
  useEffect(() => {
    if (!playing) return undefined;
    let frame = requestAnimationFrame(function look() {
      setAt(video.current?.currentTime ?? 0);
      frame = requestAnimationFrame(look);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, video]);
  const marks = [
    { key: "began" as const, at: (Date.parse(began) - start) / 1000 },
    { key: "raised" as const, at: (Date.parse(raised) - start) / 1000 },
  ].filter((mark) => length > 0 && mark.at >= 0 && mark.at <= length);
  const says = t(ended ? "clip.again" : playing ? "clip.pause" : "clip.play");
  return (
    <div className="rv-clip">
      <div className="rv-clip-stage">
        <video
          ref={video}
          src={src}
          muted
          playsInline
          autoPlay
          loop={loop}
          preload="auto"
          aria-label={t("clip.label")}
          onLoadedMetadata={(event) => setLength(event.currentTarget.duration)}
          onPlay={() => {
            setPlaying(true);
            setEnded(false);
          }}
          onPause={() => setPlaying(false)}
          onEnded={() => {
            setPlaying(false);
            setEnded(true);
            setAt(length);
          }}
          onSeeked={(event) => setAt(event.currentTarget.currentTime)}
          onError={onFailed}
        />
        {ended ? <div className="rv-clip-ended">{t("clip.ended")}</div> : null}
      </div>
      <div className="rv-clip-tools">
        <button type="button" className="btn" onClick={() => toggle(video.current)}>
          {says}
        </button>
        <span className="rv-clip-edge num">{t("clip.start", { at: clock(start) })}</span>
        <div className="rv-scrub">
          <input
            type="range"
            min={0}
            max={length || 1}
            step={0.04}
            value={at}
            aria-label={t("clip.scrub")}
            aria-valuetext={clock(start + at * 1000)}
            onChange={(event) => {
              if (video.current) video.current.currentTime = Number(event.target.value);
              setAt(Number(event.target.value));
              setEnded(false);
            }}
          />
          {marks.map((mark) => (
            <span
              key={mark.key}
              className={`rv-mark ${mark.key}`}
              style={{ "--at": `${(mark.at / length) * 100}%` } as CSSProperties}
            >
              {t(`clip.${mark.key}`)}
            </span>
          ))}
        </div>
        <span className="rv-clip-edge num">{t("clip.end", { at: clock(start + length * 1000) })}</span>
        <label className="rv-loop">
          <input type="checkbox" checked={loop} onChange={(event) => setLoop(event.target.checked)} />
          {t("clip.loop")}
        </label>
      </div>
    </div>
  );
}
