/** One camera on the wall: its newest picture, how old that is, and how the camera is. */
import { useEffect, useRef } from "react";
import type { Camera } from "../../parts/cameras";
import { addressOf, type Still } from "./stills";
import { age } from "./wall";
import { useWords } from "./words";

const LATE_MS = 150_000;

interface Props {
  readonly camera: Camera;
  readonly still: Still | undefined;
  readonly now: number;
  readonly alerts: number;
  readonly fresh: boolean;
  readonly open: () => void;
}

export function Tile({ camera, still, now, alerts, fresh, open }: Props) {
  const t = useWords();
  const well = camera.state === "ok";
  const old = still ? age(now - still.received) : undefined;
  const late = still !== undefined && now - still.received > LATE_MS;
  return (
    <button type="button" className={`wall-tile${fresh ? " wall-fresh" : ""}`} onClick={open}>
      {still ? (
        <img src={addressOf(camera.key, still.etag)} alt={t("still.of", { name: camera.name })} />
      ) : (
        <span className="wall-nothing">{t("still.none")}</span>
      )}
      <span className="wall-name">
        <b>{camera.name}</b>
        {alerts > 0 ? <i className="wall-count">{t("today_n", { n: alerts })}</i> : null}
      </span>
      <span className="wall-health">
        {well ? null : <b className="wall-ill">{t(`state.${stateOf(camera.state)}`)}</b>}
        {old ? (
          <span className={late ? "wall-late num" : "num"}>
            {t(late ? "still.late" : "still.ago", { n: old.n, unit: t(`unit.${old.unit}`) })}
          </span>
        ) : null}
      </span>
    </button>
  );
}

const STATES = ["ok", "lost", "frozen", "black", "blurred", "moved", "away"] as const;
export const stateOf = (state: string) => STATES.find((one) => one === state) ?? "unknown";

/** One camera over all: motion JPEG as its edge brings it. Closed by its button, Escape, or a click beside it. */
export function Live({ camera, close }: { camera: Camera; close: () => void }) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const picture = useRef<HTMLImageElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    const shown = picture.current;
    // A picture taken off the page goes on loading for ever; without an address it stops.
    return () => shown?.removeAttribute("src");
  }, []);
  const name = t("live_of", { name: camera.name });
  return (
    <dialog ref={dialog} className="wall-live" aria-label={name} onClose={close}>
      <header>
        <b>{name}</b>
        <span className={camera.state === "ok" ? "wall-well" : "wall-ill"}>
          {t(`state.${stateOf(camera.state)}`)}
        </span>
        <button type="button" className="wall-tool" onClick={close}>
          {t("close")}
        </button>
      </header>
      <img ref={picture} key={camera.key} src={`/api/stills/${camera.key}/live`} alt={name} />
    </dialog>
  );
}
