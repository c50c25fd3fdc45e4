/** A case's history as a thread: who, in which role, when, why, what was told and what changed; proofs on demand. */
import { useMemo, useState } from "react";
import type { CaseDetail } from "../api/schema";
import { useLanguage } from "../i18n";
import { known } from "./Refused";
import "./thread.css";
import { changesBy, inLanguage, isNothing, isQuiet, namesIn, shownAs, toldBy } from "./thread";
import { moment } from "./time";
import { useWords as useFieldWords } from "./words.fields";
import { useWords as useMoveWords } from "./words.move";
import { useWords } from "./words.thread";

type Step = CaseDetail["steps"][number];
type Names = ReadonlyMap<string, string>;

export function Thread({ of }: { of: CaseDetail }) {
  const t = useWords();
  const [newestFirst, setNewestFirst] = useState(true);
  const [quiet, setQuiet] = useState(false);
  const hidden = of.steps.filter(isQuiet).length;
  const steps = of.steps.filter((step) => quiet || !isQuiet(step));
  const names = useMemo(() => namesIn(of), [of]);
  const shown = newestFirst ? [...steps].reverse() : steps;
  return (
    <section className="thread" aria-labelledby="thread-title">
      <header>
        <h2 id="thread-title">{t("title")}</h2>
        <button type="button" className="btn plain" onClick={() => setNewestFirst(!newestFirst)}>
          {t(newestFirst ? "newest" : "oldest")}
        </button>
        {hidden > 0 ? (
          <label>
            <input type="checkbox" checked={quiet} onChange={(event) => setQuiet(event.target.checked)} />
            {t("quiet", { n: hidden })}
          </label>
        ) : null}
      </header>
      {of.history_faults.length > 0 ? (
        <p className="fault" role="alert">
          {t("faults", { faults: of.history_faults.join("; ") })}
        </p>
      ) : (
        <p className="thread-whole">{t("whole", { n: of.steps.length })}</p>
      )}
      <ol>
        {shown.map((step) => (
          <Entry key={step.ordinal} step={step} names={names} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ step, names }: { step: Step; names: Names }) {
  const t = useWords();
  const moves = useMoveWords();
  const language = useLanguage();
  const role = known(moves, `role.${step.actor_role}`, step.actor_role);
  const kind = known(t, `kind.${step.kind}`, step.kind);
  const moved = step.from_state !== step.to_state;
  const what = moved ? known(moves, `move.${step.from_state}${step.to_state}`, kind) : kind;
  return (
    <li className={`thread-step is-${step.kind}`}>
      <div className="thread-head">
        <b>{what}</b>
        {moved ? (
          <code>
            {step.from_state} → {step.to_state}
          </code>
        ) : null}
        <span>{isMachine(step.actor_role) ? role : t("by", { who: step.actor_name, role })}</span>
        <time dateTime={step.at}>{moment(step.at, language)}</time>
        <details>
          <summary>{t("proof")}</summary>
          <dl className="thread-proof">
            <dt>{t("hash")}</dt>
            <dd>
              <code>{step.hash}</code>
            </dd>
            <dt>{t("previous")}</dt>
            <dd>
              <code>{step.previous_hash}</code>
            </dd>
          </dl>
        </details>
      </div>
      {step.reason && step.kind !== "deadline" ? (
        <p className="thread-reason">{t("reason", { reason: inLanguage(step.reason, language) })}</p>
      ) : null}
      <Told step={step} names={names} />
    </li>
  );
}

function Told({ step, names }: { step: Step; names: Names }) {
  const t = useWords();
  const field = useFieldWords();
  const say = useValue(names);
  const told = toldBy(step);
  const changes = changesBy(step);
  if (told.length + changes.length === 0) return null;
  return (
    <ul className="thread-told">
      {told.map(([name, value]) => (
        <li key={name}>
          <span>
            {step.kind === "deadline" && name === "due_at" ? t("due") : known(field, `name.${name}`, name)}
          </span>{" "}
          {say(value, name)}
        </li>
      ))}
      {changes.map(({ name, before, after }) => (
        <li key={`c-${name}`} className="thread-change">
          {t("changed", {
            name: known(field, `name.${name}`, name),
            before: say(before, name),
            after: say(after, name),
          })}
        </li>
      ))}
    </ul>
  );
}

const isMachine = (role: string) => role === "sys" || role === "ai";

/** A value in words; `names`: of the ids that may be in it. */
export function useValue(names: Names = new Map()): (value: unknown, name?: string) => string {
  const t = useWords();
  const field = useFieldWords();
  const language = useLanguage();
  return (value, name) => {
    if (isNothing(value)) return t("nothing");
    if (name === "share" && typeof value === "number") return t("percent", { n: Math.round(value * 100) });
    const parts = shownAs(value).map((one) => {
      if (one.as === "moment") return moment(one.at, language);
      if (one.as === "file") return t("file", { sha: one.sha256.slice(0, 12) });
      if (one.as === "id") return names.get(one.id) ?? t("id", { id: one.id.slice(-8) });
      return one.as === "word" ? known(field, `value.${one.word}`, one.word) : one.text;
    });
    return parts.join(language === "en" ? ", " : "、");
  };
}
