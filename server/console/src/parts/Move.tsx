/** The moves that a person may make of a case now, and the form of each, made from what the server says it must tell. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../api/client";
import type { CaseDetail, PossibleMove } from "../api/schema";
import { useLanguage } from "../i18n";
import { nameOf } from "./fields";
import { MoveForm } from "./MoveForm";
import "./move.css";
import { useMeaning } from "./Refused";
import { Answer } from "./states";
import { useWords } from "./words.move";

/** Moves after which the case is over, or harder on the party: their buttons say so. The ordinary way forward, which
 * needs no reason, stands out.
 */
const GRAVE = new Set(["A3", "V", "C3", "C4", "C5", "C6", "C8"]);

/** Asked for again with each version: moves of a state that was left must not be offered a moment longer. */
export function useMoves(caseId: string, version: number) {
  return useQuery({
    queryKey: ["case", caseId, "moves", version],
    queryFn: () => body(api.GET("/api/cases/{case_id}/moves", { params: { path: { case_id: caseId } } })),
  });
}

/** `onDone` hears of a move that was made. */
export function Moves({ of, onDone }: { of: CaseDetail; onDone?: (moved: CaseDetail) => void }) {
  const moves = useMoves(of.id, of.version);
  const t = useWords();
  const [opened, setOpened] = useState<PossibleMove | null>(null);
  const [said, setSaid] = useState("");
  const language = useLanguage();
  const done = (move: PossibleMove, moved: CaseDetail) => {
    const state = language === "en" ? moved.state_en : moved.state_zh;
    setSaid(t("done", { move: t(`move.${nameOf(move)}`), state }));
    setOpened(null);
    onDone?.(moved);
  };
  return (
    <section className="moves" aria-label={t("title")}>
      <p role="status" className="moves-said">
        {said}
      </p>
      {opened ? (
        <MoveForm
          key={nameOf(opened)}
          move={opened}
          of={of}
          cancel={() => setOpened(null)}
          done={(moved) => done(opened, moved)}
        />
      ) : (
        <Answer of={moves} empty={(found) => found.length === 0} nothing={<Waiting of={of} />}>
          {(found) => (
            <div className="moves-row">
              {found.map((move) => (
                <MoveButton
                  key={move.to}
                  move={move}
                  open={() => {
                    setSaid("");
                    setOpened(move);
                  }}
                />
              ))}
            </div>
          )}
        </Answer>
      )}
    </section>
  );
}

function MoveButton({ move, open }: { move: PossibleMove; open: () => void }) {
  const t = useWords();
  const meaning = useMeaning();
  const barred = move.barred ? meaning(move.barred.code, move.barred.title) : "";
  const grave = GRAVE.has(move.to);
  const name = `b-${nameOf(move)}`;
  return (
    <div>
      <button
        type="button"
        className={grave ? "btn danger" : move.needs_reason ? "btn" : "btn primary"}
        disabled={move.barred !== null}
        aria-describedby={barred ? name : undefined}
        onClick={open}
      >
        {t(`move.${nameOf(move)}`)}
      </button>
      {barred ? <small id={name}>{barred}</small> : null}
      {move.delegation ? <small>{t("delegated", { document: move.delegation })}</small> : null}
    </div>
  );
}

/** Whose turn it is, when it is not one's own. */
function Waiting({ of }: { of: CaseDetail }) {
  const t = useWords();
  const who = [...new Set(of.moves.map((move) => move.who))].map((role) => t(`role.${role as "seat"}`));
  return (
    <>
      <p>{t("none")}</p>
      {who.length > 0 ? <p>{t("noneWhy", { who: who.join(" / ") })}</p> : null}
    </>
  );
}
