/** The bar of judgments: one key each, and what some of them still ask for. */
import { useEffect, useRef, useState } from "react";
import type { ReviewItem } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { moment } from "../../parts/time";
import { type Asking, type Choice, choices, fromText, takesText } from "./asking";
import type { Does, Told } from "./decision";
import { confirming } from "./decision";
import type { Claim } from "./queue";
import { useWords } from "./words";

export type Pressed = Does | "confirm";
interface Props {
  readonly item: ReviewItem;
  readonly asking: Asking | null;
  readonly held: Claim | null;
  /** Whether this person judges, and whether they may take a case over. */
  readonly judges: boolean;
  readonly leads: boolean;
  readonly canUndo: boolean;
  readonly press: (what: Pressed) => void;
  readonly tell: (asking: Asking, told: Told) => void;
  readonly cancel: () => void;
  readonly undo: () => void;
  readonly takeOver: () => void;
  readonly next: () => void;
}

export function Decide(props: Props) {
  const { item, asking, held, judges } = props;
  const t = useWords();
  const language = useLanguage();
  if (held)
    return (
      <div className="rv-decide rv-held" role="group" aria-label={t("decide.label")}>
        <p>{t("decide.held", { name: held.person_name, at: moment(held.since, language) })}</p>
        <button type="button" className="btn primary" onClick={props.next}>
          {t("decide.next")}
        </button>
        {props.leads ? (
          <button type="button" className="btn" onClick={props.takeOver} aria-keyshortcuts="c">
            {t("decide.takeOver")} <kbd>{"C"}</kbd>
          </button>
        ) : null}
      </div>
    );
  if (asking) return <Ask key={`${item.case.id}${asking}`} {...props} asking={asking} />;
  const confirm = confirming(item) === "remind" ? "decide.confirmRemind" : "decide.confirmFile";
  const buttons: readonly [Pressed, string, string][] = [
    ["confirm", t(confirm), "1"],
    ["false", t("decide.false"), "2"],
    ["permit", t("decide.permit"), "3"],
    ["duplicate", t("decide.duplicate"), "4"],
    ["unclear", t("decide.unclear"), "5"],
    ["transfer", t("decide.transfer"), "6"],
  ];
  return (
    <div className="rv-decide" role="group" aria-label={t("decide.label")}>
      {judges ? null : <p>{t("decide.superv")}</p>}
      {buttons.map(([what, says, key]) => (
        <button
          key={what}
          type="button"
          className={what === "confirm" ? "btn primary" : "btn"}
          disabled={!judges && what !== "unclear"}
          aria-keyshortcuts={key}
          onClick={() => props.press(what)}
        >
          {says} <kbd>{key}</kbd>
        </button>
      ))}
      {judges && item.advice.can_remind ? (
        <Other remind={confirm === "decide.confirmFile"} press={props.press} />
      ) : null}
      <button
        type="button"
        className="btn plain"
        disabled={!props.canUndo}
        aria-keyshortcuts="u Control+z"
        onClick={props.undo}
      >
        {t("decide.undo")} <kbd>{"U"}</kbd>
      </button>
    </div>
  );
}

/** The way to confirm that is not recommended. */
function Other({ remind, press }: { remind: boolean; press: (what: Pressed) => void }) {
  const t = useWords();
  return (
    <button
      type="button"
      className="btn plain"
      aria-keyshortcuts={remind ? "r" : "w"}
      onClick={() => press(remind ? "remind" : "file")}
    >
      {t(remind ? "decide.remind" : "decide.file")} <kbd>{remind ? "R" : "W"}</kbd>
    </button>
  );
}

const QUESTION = {
  false: "decide.whyFalse",
  unclear: "decide.whyUnclear",
  duplicate: "decide.whichCase",
  file: "decide.whyFile",
  permit: "decide.whyPermit",
  transfer: "decide.whichBody",
} as const;

function Ask({ item, asking, tell, cancel }: Props & { asking: Asking }) {
  const t = useWords();
  const offered = choices(item, asking);
  const [words, setWords] = useState(offered.length === 0 && takesText(asking));
  const [text, setText] = useState("");
  const first = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (words) first.current?.focus();
  }, [words]);
  const choose = (choice: Choice) => (choice.told === null ? setWords(true) : tell(asking, choice.told));
  const open = asking === "permit" || asking === "file" || asking === "transfer";
  return (
    <div className="rv-decide rv-ask" role="group" aria-label={t(QUESTION[asking])}>
      <p role="alert">
        {offered.length === 0 && asking === "duplicate" ? t("decide.noCase") : t(QUESTION[asking])}
      </p>
      {words ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) tell(asking, fromText(asking, text.trim()));
          }}
        >
          <input
            ref={(node) => {
              first.current = node;
            }}
            className="field"
            maxLength={asking === "transfer" ? 120 : 400}
            aria-label={t("decide.text")}
            placeholder={t("decide.text")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <button type="submit" className="btn primary" disabled={!text.trim()}>
            {t("decide.save")}
          </button>
        </form>
      ) : (
        offered.map((choice, at) => (
          <button
            key={choice.word ?? choice.says}
            type="button"
            className="btn"
            data-choice={at + 1}
            aria-keyshortcuts={String(at + 1)}
            onClick={() => choose(choice)}
          >
            {choice.word ? t(choice.word) : choice.says} <kbd>{at + 1}</kbd>
          </button>
        ))
      )}
      {!words && open ? (
        <button type="button" className="btn" onClick={() => setWords(true)}>
          {t("decide.text")}
        </button>
      ) : null}
      <button type="button" className="btn plain" onClick={cancel}>
        {t("decide.cancel")} <kbd>{"Esc"}</kbd>
      </button>
    </div>
  );
}
