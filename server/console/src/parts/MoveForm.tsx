/** The form of one move: what it must tell, the reason, what the server refused beside what it is about, and what
 * somebody else did to the case meanwhile.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useMemo, useRef, useState } from "react";
import { api, body, Offline, Problem } from "../api/client";
import { newKey } from "../api/keys";
import type { CaseDetail, PossibleMove } from "../api/schema";
import { useLanguage } from "../i18n";
import { type Filled, fieldsOf, type Input, inputsOf, isFurther, missing, nameOf } from "./fields";
import { MoveInput } from "./MoveInput";
import { known, Refused } from "./Refused";
import { refusalOf } from "./refusal";
import { moment } from "./time";
import { useWords as useFieldWords } from "./words.fields";
import { useWords } from "./words.move";
import { useWords as useRefusalWords } from "./words.refusal";

interface Props {
  readonly move: PossibleMove;
  readonly of: CaseDetail;
  /** What stands in the form before anybody types. */
  readonly start?: Filled;
  readonly cancel: () => void;
  readonly done: (moved: CaseDetail) => void;
}

export function MoveForm({ move, of, start = {}, cancel, done }: Props) {
  const t = useWords();
  const field = useFieldWords();
  const inputs = useMemo(() => inputsOf(move.fields), [move.fields]);
  const [filled, setFilled] = useState<Filled>(() => ({
    ...Object.fromEntries(inputs.flatMap((one) => (one.given === undefined ? [] : [[one.name, one.given]]))),
    ...start,
  }));
  const [reason, setReason] = useState("");
  const [lacking, setLacking] = useState<readonly string[]>([]);
  // What the person has read: a move is asked for in this version, not in one that came in behind their back.
  const [read, setRead] = useState({ version: of.version, steps: of.steps.length });
  const { sending, error, send } = useSending(move, of.id, done);
  const id = useId();
  const changed = of.version !== read.version;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const needed = missing(inputs, filled);
    if (move.needs_reason && reason.trim() === "") needed.push("reason");
    setLacking(needed);
    if (needed.length > 0) {
      document.getElementById(`${id}-${needed[0]}`)?.focus();
      return;
    }
    send({ to: move.to, reason: reason.trim(), fields: fieldsOf(inputs, filled) }, read.version);
  };
  const faults = error instanceof Problem ? refusalOf(error).faults : [];
  const row = (one: Input) => (
    <Row
      key={one.name}
      id={`${id}-${one.name}`}
      name={one.name}
      needed={one.required}
      lacking={lacking}
      faults={faults}
    >
      <MoveInput
        input={one}
        id={`${id}-${one.name}`}
        caseId={of.id}
        value={filled[one.name]}
        set={(value) => setFilled((before) => ({ ...before, [one.name]: value }))}
      />
    </Row>
  );
  const further = inputs.filter(isFurther);
  return (
    <form className="moveform card" onSubmit={submit} noValidate aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{t(`move.${nameOf(move)}`)}</h3>
      {changed ? (
        <Conflict
          of={of}
          since={read.steps}
          look={() => setRead({ version: of.version, steps: of.steps.length })}
          gone={of.state !== move.frm}
        />
      ) : null}
      {inputs.filter((one) => !isFurther(one)).map(row)}
      {further.length > 0 ? (
        <details>
          <summary>{t("further")}</summary>
          {further.map(row)}
        </details>
      ) : null}
      <Row id={`${id}-reason`} name="reason" needed={move.needs_reason} lacking={lacking} faults={faults}>
        <textarea
          id={`${id}-reason`}
          className="field"
          maxLength={2000}
          value={reason}
          rows={3}
          onChange={(event) => setReason(event.target.value)}
        />
      </Row>
      {lacking.length > 0 ? (
        <p className="fault" role="alert">
          {t("lacking", { names: lacking.map((name) => known(field, `name.${name}`, name)).join(", ") })}
        </p>
      ) : null}
      {error instanceof Offline ? (
        <p className="fault" role="alert">
          {t("offline")}
        </p>
      ) : error && !(changed && isStale(error)) ? (
        <Refused error={error} shown={inputs.map((one) => one.name).concat("reason")} />
      ) : null}
      <div className="moves-row">
        <button type="submit" className="btn primary" disabled={sending || changed}>
          {sending ? t("sending") : t("send", { move: t(`move.${nameOf(move)}`) })}
        </button>
        <button type="button" className="btn" onClick={cancel}>
          {t("cancel")}
        </button>
      </div>
    </form>
  );
}

const isStale = (error: Error) => error instanceof Problem && error.status === 412;

interface Wanted {
  readonly to: PossibleMove["to"];
  readonly reason: string;
  readonly fields: Record<string, unknown>;
}

/** Sends with one key for as long as the same thing is asked, so that trying again does nothing twice. */
function useSending(move: PossibleMove, caseId: string, done: (moved: CaseDetail) => void) {
  const client = useQueryClient();
  const key = useRef({ of: "", key: "" });
  const sending = useMutation({
    mutationFn: ({ wanted, version }: { wanted: Wanted; version: number }) => {
      const same = JSON.stringify([version, wanted]);
      if (key.current.of !== same) key.current = { of: same, key: newKey() };
      return body(
        api.POST("/api/cases/{case_id}/actions", {
          params: {
            path: { case_id: caseId },
            header: { "if-match": `"${version}"`, "idempotency-key": key.current.key },
          },
          body: wanted,
        }),
      );
    },
    onSuccess: (moved) => {
      client.setQueryData(["case", caseId], moved);
      void client.invalidateQueries({ queryKey: ["case", caseId] });
      void client.invalidateQueries({ queryKey: ["cases"] });
      done(moved);
    },
    onError: (error) => {
      if (isStale(error)) void client.invalidateQueries({ queryKey: ["case", caseId] });
    },
  });
  return {
    sending: sending.isPending,
    error: sending.error,
    send: (wanted: Wanted, version: number) => sending.mutate({ wanted, version }),
    move,
  };
}

/** What others did since this form was opened. */
function Conflict({
  of,
  since,
  look,
  gone,
}: {
  of: CaseDetail;
  since: number;
  look: () => void;
  gone: boolean;
}) {
  const t = useWords();
  const language = useLanguage();
  const state = language === "en" ? of.state_en : of.state_zh;
  return (
    <div className="moveform-conflict" role="alert">
      <b>{t("conflict.title")}</b>
      <ul>
        {of.steps.slice(since).map((step) => (
          <li key={step.ordinal}>
            {t("conflict.step", {
              who: step.actor_name,
              role: known((key) => t(key), `role.${step.actor_role}`, step.actor_role),
              at: moment(step.at, language),
              what:
                step.from_state === step.to_state
                  ? t("conflict.note")
                  : known((key) => t(key), `move.${step.from_state}${step.to_state}`, step.to_state),
            })}
          </li>
        ))}
      </ul>
      {gone ? (
        <p>{t("conflict.gone", { state })}</p>
      ) : (
        <button type="button" className="btn" onClick={look}>
          {t("conflict.look")}
        </button>
      )}{" "}
      <small>{t("conflict.kept")}</small>
    </div>
  );
}

function Row({
  id,
  name,
  needed,
  lacking,
  faults,
  children,
}: {
  id: string;
  name: string;
  needed: boolean;
  lacking: readonly string[];
  faults: readonly { readonly field: string; readonly allowed: string }[];
  children: React.ReactNode;
}) {
  const field = useFieldWords();
  const t = useWords();
  const refusal = useRefusalWords();
  const own = faults.filter((fault) => fault.field === name);
  const label =
    name === "reason" ? t(needed ? "reasonNeeded" : "reasonFree") : known(field, `name.${name}`, name);
  return (
    <div className={own.length > 0 || lacking.includes(name) ? "moverow wrong" : "moverow"}>
      <label htmlFor={id} id={`${id}-label`}>
        {label}
        {needed && name !== "reason" ? <span className="needed"> {refusal("required")}</span> : null}
      </label>
      {children}
      {own.map((fault) => (
        <small key={fault.allowed} className="fault" role="alert">
          {refusal("allowed", { what: fault.allowed })}
        </small>
      ))}
    </div>
  );
}
