/** What waits to be sent, what the server refused and what to do about it, and what it has. */
import { useState } from "react";
import { giveUp, rewrite, useKept } from "../kept/state";
import type { Entry } from "../outbox/entry";
import { again, inOrder, withFollowers } from "../outbox/plan";
import { wake } from "../outbox/sync";
import { adviceOn, clock, kindOf, stateName, wantsReason } from "../saying";
import { go } from "../view";
import { useWords } from "../words";

export function Sending() {
  const t = useWords();
  const { entries, me } = useKept();
  const mine = inOrder(entries.filter((entry) => entry.person === me?.id));
  const of = (standing: Entry["standing"]) => mine.filter((entry) => entry.standing === standing);
  const [refused, waiting, done] = [of("refused"), of("waiting"), of("done").reverse()];
  return (
    <div className="o-page">
      <h1>{t("sending.title")}</h1>
      {refused.length === 0 ? null : <h2>{t("sending.refused")}</h2>}
      {refused.map((entry) => (
        <Refused key={entry.key} entry={entry} all={mine} />
      ))}
      {waiting.length === 0 ? null : (
        <>
          <h2>{t("sending.waiting")}</h2>
          <ol className="o-entries">
            {waiting.map((entry) => (
              <Row key={entry.key} entry={entry} />
            ))}
          </ol>
          <button type="button" className="o-big" onClick={wake}>
            {t("sending.now")}
          </button>
        </>
      )}
      {refused.length + waiting.length > 0 ? null : (
        <div className="o-empty">
          <b>{t("sending.none")}</b>
          <p>{t("sending.noneHint")}</p>
        </div>
      )}
      {done.length === 0 ? null : (
        <>
          <h2>{t("sending.done")}</h2>
          <ol className="o-entries" data-done={done.length}>
            {done.map((entry) => (
              <Row key={entry.key} entry={entry} />
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Row({ entry }: { entry: Entry }) {
  const t = useWords();
  const number = entry.answer?.number;
  return (
    <li data-standing={entry.standing}>
      <b>{kindOf(entry)}</b>
      <span>{entry.about}</span>
      {number ? <span className="o-mono">{number}</span> : null}
      <small>
        {entry.doneAt
          ? t("sending.doneAt", { time: clock(entry.doneAt) })
          : t("sending.at", { time: clock(entry.madeAt) })}
        {entry.files.length > 0 ? ` · ${t("sending.files", { n: entry.files.length })}` : ""}
        {entry.standing === "waiting" && entry.tries > 0
          ? ` · ${t("sending.tries", { n: entry.tries })}`
          : ""}
      </small>
    </li>
  );
}

function Refused({ entry, all }: { entry: Entry; all: readonly Entry[] }) {
  const t = useWords();
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  const followers = withFollowers(entry, all);
  const behind = followers.length - 1;
  const { refusal } = entry;
  const moved =
    refusal?.stateNow !== undefined && entry.route.kind === "move" && refusal.stateNow !== entry.route.from;
  const send = async (said: string) => {
    const body = said === "" ? entry.body : { ...(entry.body as object), reason: said };
    await rewrite({ ...again(entry), body });
    wake();
  };
  return (
    <section className="o-refused" role="alert">
      <h3>
        {kindOf(entry)} <span>{entry.about}</span>
      </h3>
      <p>
        <strong>{adviceOn(entry)}</strong>
      </p>
      {refusal?.stateNow === undefined ? null : (
        <p>{t("sending.stateNow", { state: stateName(refusal.stateNow) })}</p>
      )}
      {refusal === undefined || refusal.problems.length === 0 ? null : (
        <ul>
          {refusal.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <small>{t("sending.code", { code: refusal?.code ?? "" })}</small>
      {behind > 0 ? <p>{t("sending.behind", { n: behind })}</p> : null}
      {wantsReason(entry) ? (
        <label className="o-field">
          <span>{t("sending.reason")}</span>
          <textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      ) : null}
      {moved ? null : (
        <button
          type="button"
          className="o-big"
          disabled={wantsReason(entry) && reason.trim() === ""}
          onClick={() => void send(reason.trim())}
        >
          {t(
            wantsReason(entry)
              ? "sending.add"
              : refusal?.stateNow === undefined
                ? "sending.again"
                : "sending.anyway",
          )}
        </button>
      )}
      {entry.chain === entry.key ? null : (
        <button type="button" className="o-big plain" onClick={() => go({ at: "task", caseId: entry.chain })}>
          {t("sending.open")}
        </button>
      )}
      {sure ? (
        <>
          <p>{t("sending.sure")}</p>
          <button
            type="button"
            className="o-big bad"
            onClick={() => void giveUp(followers.map((one) => one.key))}
          >
            {t("sending.yes")}
          </button>
        </>
      ) : (
        <button type="button" className="o-big plain" onClick={() => setSure(true)}>
          {behind > 0 ? t("sending.giveAll", { n: behind }) : t("sending.give")}
        </button>
      )}
    </section>
  );
}
