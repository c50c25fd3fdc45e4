/** The decision: the moves by number, then the form of the one chosen. Ctrl+Enter sends, Escape goes back. */
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent as Press, useEffect, useRef, useState } from "react";
import type { CaseDetail, PossibleMove, Queue as QueueKey, WaitingRead } from "../../api/schema";
import { nameOf } from "../../parts/fields";
import { useMoves } from "../../parts/Move";
import { MoveForm } from "../../parts/MoveForm";
import "../../parts/move.css";
import { useMeaning } from "../../parts/Refused";
import { Failed, Loading } from "../../parts/states";
import { useWords as useMoveWords } from "../../parts/words.move";
import { Candidates } from "./Candidates";
import { keysOf } from "./Desk";
import { deedOf, typingIn } from "./keys";
import { offered, startOf, staysIn } from "./moves";
import { ObstacleGone } from "./ObstacleGone";

interface Props {
  readonly row: WaitingRead;
  readonly of: CaseDetail;
  readonly queue: QueueKey;
  readonly onDone: (kept: boolean) => void;
}

export function Decide({ row, of, queue, onDone }: Props) {
  const asked = useMoves(of.id, of.version);
  // While it is read again after a change, a form that somebody fills in stays.
  const known = useRef<readonly PossibleMove[]>([]);
  if (asked.data !== undefined) known.current = asked.data;
  const moves = offered(known.current, queue).filter((move) => move.frm === of.state);
  const t = useMoveWords();
  const meaning = useMeaning();
  const form = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<PossibleMove | null>(null);
  const [officer, setOfficer] = useState("");
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const deed = deedOf({ ...keysOf(event), typing: typingIn(event.target) });
      const move = deed?.kind === "move" ? moves[deed.index] : undefined;
      if (move === undefined || move.barred) return;
      event.preventDefault();
      setOpened(move);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
  useEffect(() => {
    if (opened !== null) form.current?.querySelector<HTMLElement>("select, textarea, input, button")?.focus();
  }, [opened]);
  const keys = (event: Press) => {
    if (event.key === "Escape") setOpened(null);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
      form.current?.querySelector("form")?.requestSubmit();
    else return;
    event.preventDefault();
  };
  const send = (id: string) => {
    setOfficer(id);
    setOpened(moves.find((move) => move.to === "W2") ?? null);
  };
  if (opened === null && asked.data === undefined)
    return asked.error ? <Failed error={asked.error} retry={asked.refetch} /> : <Loading />;
  if (opened === null && moves.length === 0 && queue !== "suspended") return <OthersTurn of={of} />;
  return (
    <section className="desk-decide" aria-label={t("title")}>
      {queue === "dispatch" ? (
        <Candidates caseId={of.id} chosen={officer} choose={send} barred={moves[0]?.barred !== null} />
      ) : null}
      {opened === null ? (
        <div className="moves-row">
          {moves.map((move, index) => (
            <div key={move.to}>
              <button
                type="button"
                className={index === 0 ? "btn primary" : "btn"}
                disabled={move.barred !== null}
                onClick={() => setOpened(move)}
              >
                <kbd>{index + 1}</kbd> {t(`move.${nameOf(move)}`)}
              </button>
              {move.barred && !row.hindrance ? (
                <small>{meaning(move.barred.code, move.barred.title)}</small>
              ) : null}
            </div>
          ))}
        </div>
      ) : (
        <div ref={form} onKeyDown={keys} role="group" aria-label={t("title")}>
          <MoveForm
            key={`${nameOf(opened)}${officer}`}
            move={opened}
            of={of}
            start={startOf(opened, row, officer)}
            cancel={() => setOpened(null)}
            done={(moved) => {
              setOpened(null);
              onDone(staysIn(queue, moved.state));
            }}
          />
        </div>
      )}
      {queue === "suspended" ? <ObstacleGone of={of} onDone={() => onDone(false)} /> : null}
    </section>
  );
}

/** Where this desk only watches: whose turn it is. */
function OthersTurn({ of }: { of: CaseDetail }) {
  const t = useMoveWords();
  const who = [...new Set(of.moves.map((move) => move.who))].map((role) => t(`role.${role as "seat"}`));
  return (
    <p className="desk-turn">
      {who.length > 0 ? t("noneWhy", { who: who.join(" / ") }) : t("none")}{" "}
      <Link to="/cases/$id" params={{ id: of.id }} className="btn">
        {of.number}
      </Link>
    </p>
  );
}
