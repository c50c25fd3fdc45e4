/** One objection: what was said, what stood then, until when; the answer, or the party taking it back. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type KeyboardEvent as Press, useEffect, useRef, useState } from "react";
import { api, body } from "../../api/client";
import type { ObjectionWaiting } from "../../api/schema";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { Deadline, DueIn } from "../../parts/Deadline";
import { Recommendation } from "../../parts/Recommendation";
import { Refused } from "../../parts/Refused";
import { moment } from "../../parts/time";
import { deedOf, typingIn } from "../desk/keys";
import { useWords } from "./words";

interface Props {
  readonly row: ObjectionWaiting;
  readonly onDone: () => void;
  readonly back: () => void;
}

export function Chosen({ row, onDone, back }: Props) {
  const t = useWords();
  const language = useLanguage();
  const { objection: one } = row;
  const found = useQuery({
    queryKey: ["case", one.case_id],
    queryFn: () => body(api.GET("/api/cases/{case_id}", { params: { path: { case_id: one.case_id } } })),
  });
  return (
    <article className="objections-one card">
      <button type="button" className="btn plain objections-back" onClick={back}>
        {t("list")}
      </button>
      <header>
        <div>
          <h2>
            {t(one.kind)} · {row.subject_name}
          </h2>
          <p>
            <Link to="/cases/$id" params={{ id: one.case_id }} title={t("case")} className="num">
              {row.case_number}
            </Link>{" "}
            {t("now", { state: language === "en" ? row.case_state_en : row.case_state_zh })}
          </p>
          <p>
            {t("lodged", { at: moment(one.lodged_at, language) })}{" "}
            {one.came_by === "link" ? t("link") : t("officer", { source: one.source })}
          </p>
        </div>
        <Period lodged={one.lodged_at} due={one.due_at} />
      </header>
      <blockquote>{one.statement}</blockquote>
      {one.files.length > 0 ? <p className="tag">{t("files", { n: one.files.length })}</p> : null}
      {one.baseline ? <p className="tag warn">{t("heavier")}</p> : null}
      <AnswerForm row={row} onDone={onDone} />
      <Withdrawal id={one.id} onDone={onDone} />
      {found.data ? <Recommendation of={found.data} /> : null}
    </article>
  );
}

function Period({ lodged, due }: { lodged: string; due: string }) {
  // The marks are those of the law's periods: told at 70 % and 150 % of the time.
  const [from, to] = [Date.parse(lodged), Date.parse(due)];
  const at = (share: number) => new Date(from + (to - from) * share).toISOString();
  if (Number.isNaN(from) || Number.isNaN(to)) return <DueIn at={due} />;
  return <Deadline span={{ started_at: lodged, warn_at: at(0.7), due_at: due, late_at: at(1.5) }} />;
}

const RESULTS = ["upheld", "set_aside", "heard"] as const;
type Result = (typeof RESULTS)[number];

function AnswerForm({ row, onDone }: { row: ObjectionWaiting; onDone: () => void }) {
  const t = useWords();
  const box = useRef<HTMLTextAreaElement>(null);
  const [result, setResult] = useState<Result | null>(null);
  const [text, setText] = useState("");
  const [served, setServed] = useState("");
  const results = RESULTS.filter((one) => row.answers.includes(one));
  const answer = useMutation({
    mutationFn: () => {
      const fields =
        result === "upheld" && served !== "" ? { served_by: served, education: ["ED1", "ED2"] } : {};
      return body(
        api.POST("/api/objections/{objection_id}/answer", {
          params: { path: { objection_id: row.objection.id } },
          body: { result: result ?? "heard", answer: text.trim(), fields },
        }),
      );
    },
    onSuccess: onDone,
  });
  const choose = (one: Result) => {
    setResult(one);
    requestAnimationFrame(() => box.current?.focus());
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey } = event;
      const deed = deedOf({ key, ctrlKey, metaKey, altKey, typing: typingIn(event.target) });
      const one = deed?.kind === "move" ? results[deed.index] : undefined;
      if (one === undefined) return;
      event.preventDefault();
      choose(one);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
  if (row.hindrance)
    return (
      <p className="objections-hindered" role="note">
        {t(row.hindrance.part === "answer" ? "hindered" : "hinderedPart")}
      </p>
    );
  if (results.length === 0)
    return <p>{t("by", { who: row.by.map((role) => t(`role.${role as "head"}`)).join(" / ") })}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    answer.mutate();
  };
  const keys = (event: Press) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.currentTarget.closest("form")?.requestSubmit();
    }
  };
  return (
    <form className="objections-answer" onSubmit={submit}>
      <div role="group" aria-label={t("answer")}>
        {results.map((one, index) => (
          <button
            key={one}
            type="button"
            className="btn"
            aria-pressed={result === one}
            onClick={() => choose(one)}
          >
            <kbd>{index + 1}</kbd> {t(one)}
          </button>
        ))}
      </div>
      {result === null ? null : (
        <>
          <label>
            {t("reasons")}
            <textarea
              ref={box}
              className="field"
              required
              minLength={4}
              maxLength={4000}
              rows={4}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={keys}
            />
          </label>
          {result === "upheld" && row.case_state === "L8" ? <Served value={served} set={setServed} /> : null}
          <button type="submit" className="btn primary" disabled={answer.isPending || text.trim().length < 4}>
            {t("send", { what: t(result) })}
          </button>
        </>
      )}
      {answer.error ? <Refused error={answer.error} /> : null}
    </form>
  );
}

const WAYS = ["direct", "mail", "electronic", "left"] as const;

function Served({ value, set }: { value: string; set: (value: string) => void }) {
  const t = useWords();
  return (
    <label>
      {t("served")}
      <select className="field" value={value} onChange={(event) => set(event.target.value)}>
        <option value="">{t("choose")}</option>
        {WAYS.map((way) => (
          <option key={way} value={way}>
            {t(`way.${way}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The party took it back: a leader, legal or the head writes that down. */
function Withdrawal({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useWords();
  const roles = useMe()?.roles ?? [];
  const [reason, setReason] = useState("");
  const withdraw = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/objections/{objection_id}/withdrawal", {
          params: { path: { objection_id: id } },
          body: { reason: reason.trim() },
        }),
      ),
    onSuccess: onDone,
  });
  if (!["seat", "officer", "leader", "legal", "head"].some((role) => roles.includes(role))) return null;
  return (
    <details>
      <summary>{t("withdraw")}</summary>
      <form
        className="objections-answer"
        onSubmit={(event) => {
          event.preventDefault();
          withdraw.mutate();
        }}
      >
        <label>
          {t("withdrawWhy")}
          <input
            className="field"
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <button type="submit" className="btn" disabled={withdraw.isPending || reason.trim() === ""}>
          {t("withdraw")}
        </button>
        {withdraw.error ? <Refused error={withdraw.error} /> : null}
      </form>
    </details>
  );
}
