/** Reads a QR code from the camera, from a photo, or typed by hand. */
import { type ChangeEvent, type FormEvent, useEffect, useRef, useState } from "react";
import { fitted } from "../../parts/photo";
import { useWords } from "../words";
import { useStream } from "./Camera";

const LOOK_EVERY_MS = 200;
const SIDE = 800;

export function Reader({ onRead }: { onRead: (text: string) => void }) {
  const t = useWords();
  const film = useRef<HTMLVideoElement>(null);
  const standing = useStream(film);
  const [text, setText] = useState("");
  const read = useRef(onRead);
  read.current = onRead;
  useEffect(() => {
    if (standing !== "live") return undefined;
    let busy = false;
    const timer = setInterval(() => {
      const shown = film.current;
      if (busy || shown === null) return;
      busy = true;
      void codeIn(shown, shown.videoWidth, shown.videoHeight)
        .then((found) => {
          if (found !== null) read.current(found);
        })
        .finally(() => {
          busy = false;
        });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [standing]);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file === undefined) return;
    const picture = await createImageBitmap(file);
    const found = await codeIn(picture, picture.width, picture.height);
    if (found !== null) onRead(found);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim().length >= 4) onRead(text.trim());
  };
  return (
    <>
      <div className="o-reader">
        <video ref={film} autoPlay playsInline muted data-standing={standing} />
        {standing === "live" ? <i aria-hidden="true" /> : null}
        <p role="status">
          {t(standing === "live" ? "scan.hint" : standing === "denied" ? "camera.denied" : "camera.starting")}
        </p>
      </div>
      <label className="o-big plain o-file">
        {t("scan.picture")}
        <input type="file" accept="image/*" onChange={(event) => void choose(event)} />
      </label>
      <form className="o-byhand" onSubmit={submit}>
        <label className="o-field">
          <span>{t("scan.code")}</span>
          <input
            value={text}
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <button type="submit" className="o-big">
          {t("scan.find")}
        </button>
      </form>
    </>
  );
}

/** The text of a QR code in a picture; null without one. The reader comes when it is first needed. */
async function codeIn(source: CanvasImageSource, width: number, height: number): Promise<string | null> {
  if (width === 0 || height === 0) return null;
  const { default: jsQR } = await import("jsqr");
  const size = fitted(width, height, SIDE);
  const canvas = document.createElement("canvas");
  canvas.width = size.width;
  canvas.height = size.height;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (pen === null) return null;
  pen.drawImage(source, 0, 0, size.width, size.height);
  const { data } = pen.getImageData(0, 0, size.width, size.height);
  return jsQR(data, size.width, size.height)?.data || null;
}
