/** The camera over the whole screen, with a picture laid over it to take the next one from the same spot. */
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { type Shrunk, shrink, shrinkFile } from "../../parts/photo";
import { useWords } from "../words";
import { Icon } from "./Icon";
import { Shown, usePicture } from "./Shown";

interface Wanted {
  /** Pictures that may be laid over, by hash. */
  readonly overlays: readonly string[];
  readonly onTaken: (picture: Shrunk) => Promise<void>;
  readonly onClose: () => void;
}

export function Camera({ overlays, onTaken, onClose }: Wanted) {
  const t = useWords();
  const frame = useRef<HTMLDialogElement>(null);
  const film = useRef<HTMLVideoElement>(null);
  const standing = useStream(film);
  const [overlay, setOverlay] = useState<string | null>(overlays[0] ?? null);
  const [strength, setStrength] = useState(45);
  const [taken, setTaken] = useState<Shrunk | null>(null);
  useEffect(() => {
    const dialog = frame.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const shoot = async () => {
    const shown = film.current;
    if (shown !== null) setTaken(await shrink(shown, shown.videoWidth, shown.videoHeight));
  };
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file !== undefined) setTaken(await shrinkFile(file));
  };
  const keep = async () => {
    if (taken === null) return;
    await onTaken(taken);
    onClose();
  };
  return (
    <dialog ref={frame} className="o-camera" aria-label={t("camera.title")} onClose={onClose}>
      <div className="o-stage">
        <video ref={film} autoPlay playsInline muted data-standing={standing} />
        {taken === null && overlay !== null ? <Overlay sha256={overlay} strength={strength} /> : null}
        {taken === null ? null : <Taken picture={taken} />}
        {standing === "live" || taken !== null ? null : (
          <p className="o-stagenote" role="status">
            {t(standing === "denied" ? "camera.denied" : "camera.starting")}
          </p>
        )}
      </div>
      <button type="button" className="o-square o-closecamera" aria-label={t("app.close")} onClick={onClose}>
        <Icon name="close" />
      </button>
      {taken === null ? (
        <div className="o-cameratools">
          {overlays.length === 0 ? null : (
            <Overlays
              all={overlays}
              chosen={overlay}
              choose={setOverlay}
              strength={strength}
              change={setStrength}
            />
          )}
          <div className="o-shootrow">
            <label className="o-big plain o-file">
              {t("camera.from")}
              <input
                type="file"
                accept="image/*"
                capture="environment"
                onChange={(event) => void choose(event)}
              />
            </label>
            <button
              type="button"
              className="o-shoot"
              aria-label={t("camera.shoot")}
              disabled={standing !== "live"}
              onClick={() => void shoot()}
            />
          </div>
        </div>
      ) : (
        <div className="o-cameratools o-keeprow">
          <button type="button" className="o-big plain" onClick={() => setTaken(null)}>
            {t("camera.again")}
          </button>
          <button type="button" className="o-big" onClick={() => void keep()}>
            {t("camera.keep")}
          </button>
        </div>
      )}
    </dialog>
  );
}

type Standing = "starting" | "live" | "denied";

/** The back camera, as large as it goes; let go of when the page goes. */
export function useStream(film: React.RefObject<HTMLVideoElement | null>): Standing {
  const [standing, setStanding] = useState<Standing>("starting");
  useEffect(() => {
    let stream: MediaStream | null = null;
    let gone = false;
    const video = { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } };
    const opening = navigator.mediaDevices?.getUserMedia({ video, audio: false });
    if (opening === undefined) setStanding("denied");
    else
      opening.then(
        (opened) => {
          stream = opened;
          if (gone || film.current === null) return stop(opened);
          film.current.srcObject = opened;
          film.current.onloadeddata = () => setStanding("live");
          return undefined;
        },
        () => setStanding("denied"),
      );
    return () => {
      gone = true;
      if (stream !== null) stop(stream);
    };
  }, [film]);
  return standing;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function Overlay({ sha256, strength }: { sha256: string; strength: number }) {
  const url = usePicture(sha256);
  return url === null ? null : (
    <img className="o-overlay" src={url} alt="" style={{ opacity: strength / 100 }} data-testid="overlay" />
  );
}

function Taken({ picture }: { picture: Shrunk }) {
  const t = useWords();
  const [url, setUrl] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([picture.bytes], { type: picture.type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return url ? <img className="o-taken" src={url} alt={t("camera.taken")} /> : null;
}

interface Choice {
  readonly all: readonly string[];
  readonly chosen: string | null;
  readonly choose: (sha256: string | null) => void;
  readonly strength: number;
  readonly change: (strength: number) => void;
}

function Overlays({ all, chosen, choose, strength, change }: Choice) {
  const t = useWords();
  return (
    <fieldset className="o-overlays">
      <legend>{t("camera.overlay")}</legend>
      <button type="button" aria-pressed={chosen === null} onClick={() => choose(null)}>
        {t("camera.none")}
      </button>
      {all.map((sha256, n) => (
        <button
          key={sha256}
          type="button"
          aria-pressed={chosen === sha256}
          aria-label={t("task.picture", { n: n + 1 })}
          onClick={() => choose(sha256)}
        >
          <Shown sha256={sha256} alt="" />
        </button>
      ))}
      <label>
        {t("camera.strength")}
        <input
          type="range"
          min={10}
          max={90}
          step={5}
          value={strength}
          disabled={chosen === null}
          onChange={(event) => change(Number(event.target.value))}
        />
      </label>
    </fieldset>
  );
}
