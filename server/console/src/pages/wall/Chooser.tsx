/** Which cameras, how many at once, how long each page of them stays. */
import { useEffect, useRef, useState } from "react";
import type { Camera } from "../../parts/cameras";
import { EVERY_S, SIZES, type View } from "./wall";
import { useWords } from "./words";

interface Props {
  readonly all: readonly Camera[];
  readonly view: View;
  readonly change: (view: View) => void;
  readonly close: () => void;
}

export function Chooser({ all, view, change, close }: Props) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  const sought = text.trim().toLowerCase();
  const found = all.filter((camera) => `${camera.name} ${camera.key}`.toLowerCase().includes(sought));
  const flip = (key: string) => {
    const cameras = view.cameras.includes(key)
      ? view.cameras.filter((one) => one !== key)
      : [...view.cameras, key];
    change({ ...view, cameras });
  };
  return (
    <dialog ref={dialog} className="wall-chooser" aria-labelledby="wall-chooser" onClose={close}>
      <h2 id="wall-chooser">{t("chooser.title")}</h2>
      <p>{t("chooser.hint")}</p>
      <div className="wall-fields">
        <Choice
          label={t("chooser.size")}
          among={SIZES}
          value={view.size}
          choose={(size) => change({ ...view, size })}
        />
        <Choice
          label={t("chooser.every")}
          among={EVERY_S}
          value={view.every}
          choose={(every) => change({ ...view, every })}
        />
        <label>
          {t("chooser.search")}
          <input
            className="field"
            type="search"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ul tabIndex={0} aria-label={t("chooser.title")}>
        {found.map((camera) => (
          <li key={camera.key}>
            <label>
              <input
                type="checkbox"
                checked={view.cameras.includes(camera.key)}
                onChange={() => flip(camera.key)}
              />
              {camera.name} <small>{camera.edge}</small>
            </label>
          </li>
        ))}
      </ul>
      <footer>
        <span role="status">{t("chooser.chosen", { n: view.cameras.length })}</span>
        <button type="button" className="btn" onClick={() => change({ ...view, cameras: [] })}>
          {t("chooser.all")}
        </button>
        <button type="button" className="btn primary" onClick={close}>
          {t("chooser.done")}
        </button>
      </footer>
    </dialog>
  );
}

interface Choosing {
  readonly label: string;
  readonly among: readonly number[];
  readonly value: number;
  readonly choose: (value: number) => void;
}

function Choice({ label, among, value, choose }: Choosing) {
  return (
    <label>
      {label}
      <select className="field" value={value} onChange={(event) => choose(Number(event.target.value))}>
        {among.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}
