/** The three parts of the desk, and the keys that move them. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Me } from "../../api/schema";
import { useFlip } from "../../parts/Flip";
import { useZoom } from "../../parts/Picture";
import { START } from "../../parts/zoom";
import { type Asking, begin, choices } from "./asking";
import { Beside } from "./Beside";
import { toggle } from "./Clip";
import { Decide, type Pressed } from "./Decide";
import type { Told } from "./decision";
import type { Desk, DeskView } from "./desk";
import { useKeys } from "./keys";
import { QueueList } from "./QueueList";
import { picturesOf } from "./queue";
import { Shown } from "./Shown";
import { Strip } from "./Strip";
import { useWords } from "./words";

interface Props {
  readonly desk: Desk;
  readonly view: DeskView;
  readonly me: Me;
  readonly filtered: boolean;
}
const PRESSES: Readonly<Record<string, Pressed>> = {
  "1": "confirm",
  r: "remind",
  w: "file",
  "2": "false",
  "3": "permit",
  "4": "duplicate",
  "5": "unclear",
  "6": "transfer",
};

export function Workplace({ desk, view, me, filtered }: Props) {
  const t = useWords();
  const now = useNow();
  const box = useSyncExternalStore(desk.outbox.subscribe, desk.outbox.get);
  const zoom = useZoom();
  const flip = useFlip();
  const [shot, setShot] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  const item = view.chosen === null ? undefined : view.items.get(view.chosen);
  const [shown, setShown] = useState(view.chosen);
  if (shown !== view.chosen) {
    // Another case: nothing of the last one stays.
    setShown(view.chosen);
    setShot(0);
    setPlaying(false);
    setAsking(null);
    zoom.set(START);
    flip.set(0);
  }
  const judges = me.roles.includes("seat");
  const leads = me.roles.includes("superv");
  const held = desk.heldBy();
  const press = (what: Pressed) => {
    if (item === undefined || held !== null || (!judges && what !== "unclear")) return;
    if (what === "remind" && !item.advice.can_remind) return;
    const ready = begin(item, what);
    if (typeof ready === "string") setAsking(ready);
    else desk.decide(ready.does, ready.told);
  };
  const tell = (about: Asking, told: Told) => {
    setAsking(null);
    desk.decide(about, told);
  };
  const digit = (key: string): boolean => {
    if (asking === null || item === undefined || !/^[1-9]$/.test(key)) return false;
    const choice = choices(item, asking)[Number(key) - 1];
    if (choice?.told) tell(asking, choice.told);
    else document.querySelector<HTMLElement>(`[data-choice="${key}"]`)?.click();
    return true;
  };
  const play = () => {
    if (item === undefined || picturesOf(item).clip === null) return;
    if (playing) toggle(video.current);
    else setPlaying(true);
  };
  const others: Readonly<Record<string, () => void>> = {
    j: () => desk.step(1),
    ArrowDown: () => desk.step(1),
    k: () => desk.step(-1),
    ArrowUp: () => desk.step(-1),
    ArrowRight: () => setShot(shot + 1),
    ArrowLeft: () => setShot(shot + (item ? picturesOf(item).shots.length : 1) - 1),
    u: () => void desk.undo(),
    "ctrl+z": () => void desk.undo(),
    " ": play,
    z: zoom.toggle,
    "+": () => zoom.by(1.4),
    "=": () => zoom.by(1.4),
    "-": () => zoom.by(1 / 1.4),
    f: () => item && picturesOf(item).reference && flip.flip(),
    c: () => leads && held && desk.takeOver(),
    "/": () => document.getElementById("rv-from")?.focus(),
    "?": () => window.dispatchEvent(new CustomEvent("review-help", { detail: true })),
    Escape: () => (asking === null ? setPlaying(false) : setAsking(null)),
  };
  useKeys((key) => {
    if (digit(key)) return true;
    const what = PRESSES[key];
    if (asking === null && what !== undefined) press(what);
    else others[key]?.();
    return what !== undefined || key in others;
  });
  const at = view.chosen === null ? -1 : view.order.indexOf(view.chosen);
  return (
    <div className={view.order.length === 0 ? "rv rv-none" : "rv"}>
      <div className="rv-left">
        <QueueList
          items={view.items}
          order={view.order}
          chosen={view.chosen}
          claims={view.claims}
          me={me.id}
          now={now}
          more={view.more}
          loadMore={desk.loadMore}
          choose={desk.pick}
        />
        <p className="rv-foot num">{at >= 0 ? t("position", { n: at + 1, of: view.order.length }) : null}</p>
      </div>
      <div className="rv-middle">
        {item ? (
          <>
            <Shown
              item={item}
              zoom={zoom}
              flip={flip}
              shot={shot}
              setShot={setShot}
              playing={playing}
              setPlaying={setPlaying}
              video={video}
            />
            <Decide
              item={item}
              asking={asking}
              held={held}
              judges={judges}
              leads={leads}
              canUndo={box.waiting.length > 0}
              press={press}
              tell={tell}
              cancel={() => setAsking(null)}
              undo={() => void desk.undo()}
              takeOver={() => desk.takeOver()}
              next={() => desk.step(1)}
            />
          </>
        ) : (
          <Nothing taken={view.order.length > 0} filtered={filtered} />
        )}
        <Strip
          box={box}
          stillThere={(id) => view.items.has(id)}
          seen={(key) => desk.outbox.seen(key)}
          open={(id) => desk.choose(id)}
        />
        <Saying view={view} />
      </div>
      {item ? <Beside item={item} /> : <aside className="rv-beside" />}
    </div>
  );
}

function Nothing({ taken, filtered }: { taken: boolean; filtered: boolean }) {
  const t = useWords();
  return (
    <div className="state rv-empty">
      <b>{t(taken ? "taken" : filtered ? "emptyFiltered" : "empty")}</b>
      {filtered || taken ? null : <p>{t("emptyHint")}</p>}
    </div>
  );
}

/** Says what happened, and which case stands there now, to who cannot see it. */
function Saying({ view }: { view: DeskView }) {
  const t = useWords();
  const said = view.said;
  const what = said?.does ? t(`decide.${said.does}`) : "";
  return (
    <p className="unseen" aria-live="polite">
      {said ? t(`said.${said.key}`, { ...said.facts, what }) : ""}
    </p>
  );
}

/** The time, every half minute: for how long things wait, and whether claims still hold. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
