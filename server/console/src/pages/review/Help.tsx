/** The keys, and the switch for those who cannot use single ones. */
import { useEffect, useRef, useState } from "react";
import { singleKeys } from "./keys";
import { useWords } from "./words";

const KEYS = [
  ["J / ↓ · K / ↑", "move"],
  ["1", "confirm"],
  ["R", "remind"],
  ["W", "file"],
  ["2", "false"],
  ["3", "permit"],
  ["4", "duplicate"],
  ["5", "unclear"],
  ["6", "transfer"],
  ["U / Ctrl+Z", "undo"],
  ["␣", "play"],
  ["← / →", "shots"],
  ["Z", "zoom"],
  ["+ / −", "zoomBy"],
  ["F", "flip"],
  ["/", "date"],
  ["C", "takeOver"],
  ["?", "help"],
  ["Esc", "escape"],
] as const;

export function Help({ open, close }: { open: boolean; close: () => void }) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [single, setSingle] = useState(singleKeys.on);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} onClose={close} className="rv-help" aria-labelledby="rv-help-title">
      <h2 id="rv-help-title">{t("help.title")}</h2>
      <dl>
        {KEYS.map(([key, says]) => (
          <div key={says}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`help.${says}`)}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={single}
          onChange={(event) => {
            singleKeys.set(event.target.checked);
            setSingle(event.target.checked);
          }}
        />{" "}
        {t("help.single")}
      </label>
      <button type="button" className="btn" onClick={close}>
        {t("help.close")}
      </button>
    </dialog>
  );
}
