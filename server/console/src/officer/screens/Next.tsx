/** What can be done next in a state: one thing large, the others in a sheet. */
import { type MouseEvent, useRef } from "react";
import type { Seen } from "../asif";
import { serverNow } from "../clock";
import { decide } from "../deciding";
import { type Deed, go } from "../view";
import { useWords } from "../words";
import { Below } from "./Below";

/** Of each state: what is large (at most two), and what is in the sheet. */
const DEEDS: Readonly<Record<string, { first: readonly (Deed | "accept")[]; more: readonly Deed[] }>> = {
  W2: { first: ["accept"], more: ["refuse", "ask", "verdict"] },
  W3: { first: ["arrive"], more: ["ask", "verdict"] },
  W4: { first: ["order", "spot"], more: ["pledge", "false", "nobody", "ask", "verdict"] },
  W5: { first: ["found"], more: ["verdict"] },
  W6: { first: ["corrected"], more: ["pledge", "ask", "verdict"] },
};

export function Next({ seen }: { seen: Seen }) {
  const t = useWords();
  const sheet = useRef<HTMLDialogElement>(null);
  const { task, state, refused } = seen;
  const deeds = DEEDS[state];
  const open = (what: Deed) => go({ at: "do", caseId: task.case.id, what });
  if (refused !== null)
    return (
      <Below>
        <button type="button" className="o-big" onClick={() => go({ at: "sending" })}>
          {t("sending.title")}
        </button>
      </Below>
    );
  if (deeds === undefined) return <p className="o-faint">{t("task.nothing")}</p>;
  const mayRefuse = task.refuse_until !== null && Date.parse(task.refuse_until) > serverNow();
  const more = deeds.more.filter(
    (what) => (what !== "refuse" || mayRefuse) && (what !== "verdict" || task.camera_alerts.length > 0),
  );
  const press = (what: Deed | "accept") => {
    if (what === "accept") void decide(seen, { to: "W3" });
    else open(what);
  };
  const leave = (event: MouseEvent<HTMLDialogElement>) => {
    if (event.target === sheet.current) sheet.current?.close();
  };
  return (
    <>
      <Below>
        <button type="button" className="o-big plain" onClick={() => sheet.current?.showModal()}>
          {t("app.more")}
        </button>
        {deeds.first.map((what) => (
          <button key={what} type="button" className="o-big" onClick={() => press(what)}>
            {t(`do.${what}`)}
          </button>
        ))}
      </Below>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself */}
      <dialog ref={sheet} className="o-sheet" aria-label={t("app.more")} onClick={leave}>
        {more.map((what) => (
          <button key={what} type="button" className="o-big plain" onClick={() => open(what)}>
            {t(`do.${what}`)}
          </button>
        ))}
        <button type="button" className="o-big plain" onClick={() => sheet.current?.close()}>
          {t("app.cancel")}
        </button>
      </dialog>
    </>
  );
}
