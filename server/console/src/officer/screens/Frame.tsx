/** The frame: how sending goes above, the page, and the five places below, under the thumb. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useKept } from "../kept/state";
import { useUpdate } from "../update";
import { type At, go, useView } from "../view";
import { useWords } from "../words";
import { Slot } from "./Below";
import { Icon, type IconName } from "./Icon";

const PLACES: readonly { at: At; icon: IconName }[] = [
  { at: "tasks", icon: "tasks" },
  { at: "scan", icon: "scan" },
  { at: "report", icon: "report" },
  { at: "sending", icon: "sending" },
  { at: "me", icon: "me" },
];

export function Frame({ children }: { children: ReactNode }) {
  const t = useWords();
  const { at, caseId, what } = useView();
  const { entries, me } = useKept();
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const page = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view begins at its top
  useEffect(() => {
    // Its answer is a promise in newer browsers, which is nothing to hand back to React.
    page.current?.scrollTo(0, 0);
  }, [at, caseId, what]);
  const mine = entries.filter((entry) => entry.person === me?.id);
  const unsent = mine.filter((entry) => entry.standing === "waiting").length;
  const refused = mine.filter((entry) => entry.standing === "refused").length;
  return (
    <div className="o-app" data-at={at}>
      <Line unsent={unsent} refused={refused} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <main className="o-main" ref={page} tabIndex={0}>
        <Slot.Provider value={slot}>{children}</Slot.Provider>
      </main>
      <div ref={setSlot} />
      <nav className="o-nav" aria-label={t("nav.menu")}>
        {PLACES.map(({ at: place, icon }) => (
          <button
            key={place}
            type="button"
            aria-current={
              place === at || (place === "tasks" && (at === "task" || at === "do")) ? "page" : undefined
            }
            onClick={() => go({ at: place })}
          >
            <Icon name={icon} />
            {t(`nav.${place as "tasks" | "scan" | "report" | "sending" | "me"}`)}
            {place === "sending" && unsent + refused > 0 ? (
              <b className={refused > 0 ? "o-count bad" : "o-count"}>{unsent + refused}</b>
            ) : null}
          </button>
        ))}
      </nav>
    </div>
  );
}

function Line({ unsent, refused }: { unsent: number; refused: number }) {
  const t = useWords();
  const { sending } = useKept();
  const update = useUpdate();
  return (
    <header className="o-line" data-sending={sending}>
      <p role="status">
        <i aria-hidden="true" />
        {t(`net.${sending}`)}
        {unsent > 0 ? <span> · {t("net.unsent", { n: unsent })}</span> : null}
        {refused > 0 ? <span> · {t("net.refused", { n: refused })}</span> : null}
      </p>
      {sending === "login" ? (
        <button type="button" onClick={() => go({ at: "login" })}>
          {t("net.again")}
        </button>
      ) : null}
      {update.waiting ? (
        <button type="button" onClick={() => void update.take()}>
          {t("update.take")}
        </button>
      ) : null}
    </header>
  );
}
