/** A short form over the page: fields by description, one answer, what was wrong beside it. Esc closes it. */
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Refused } from "./Refused";
import "./form.css";
import { useWords } from "./words.form";

/** `kind` is that of an input, or a choice, several lines, a tick (`"yes"` or `""`), or something of the room's own. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly kind?: "text" | "date" | "datetime-local" | "time" | "number" | "tel" | "select" | "area" | "tick";
  readonly needed?: boolean;
  readonly hint?: string;
  readonly most?: number;
  readonly options?: readonly (readonly [string, string])[];
  readonly own?: (id: string, value: string, set: (value: string) => void) => ReactNode;
  /** Shown only when this holds of what was filled in. */
  readonly when?: (values: Values) => boolean;
}
export type Values = Readonly<Record<string, string>>;

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly fields: readonly FormField[];
  readonly start?: Values;
  readonly submit?: string;
  /** Sends what was filled in; the dialog closes when it was taken and stays, with the reason, when it was not. */
  readonly send: (values: Values) => Promise<unknown>;
  readonly close: () => void;
  /** Where something is to be shown afterwards: called in place of `close` with what `send` gave. */
  readonly sent?: (answer: unknown) => void;
}

export function FormDialog({ title, lead, fields, start = {}, submit, send, close, sent }: Props) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [values, setValues] = useState<Values>(start);
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const answer = await send(values);
      (sent ?? close)(answer);
    } catch (refused) {
      setError(refused instanceof Error ? refused : new Error(String(refused)));
      setBusy(false);
    }
  };
  const set = (name: string) => (value: string) => setValues((before) => ({ ...before, [name]: value }));
  return (
    <dialog ref={dialog} className="formdialog" aria-labelledby={heading} onClose={close}>
      <form onSubmit={(event) => void save(event)}>
        <h2 id={heading}>{title}</h2>
        {lead}
        {fields
          .filter((field) => field.when?.(values) ?? true)
          .map((field) => (
            <Line key={field.name} of={field} value={values[field.name] ?? ""} set={set(field.name)} />
          ))}
        {error ? <Refused error={error} /> : null}
        <div className="formdialog-end">
          <button type="button" className="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" className="btn primary" disabled={busy}>
            {busy ? t("saving") : (submit ?? t("save"))}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Line({ of, value, set }: { of: FormField; value: string; set: (value: string) => void }) {
  const t = useWords();
  const id = useId();
  const hint = of.hint ? `${id}-hint` : undefined;
  const common = { id, "aria-describedby": hint, required: of.needed ?? false, className: "field" };
  if (of.kind === "tick")
    return (
      <label className="formdialog-tick">
        <input
          type="checkbox"
          checked={value === "yes"}
          onChange={(event) => set(event.target.checked ? "yes" : "")}
        />
        {of.label}
      </label>
    );
  return (
    <div className="formdialog-line">
      <label htmlFor={id}>
        {of.label} {of.needed ? <small>{t("needed")}</small> : null}
      </label>
      {of.own ? of.own(id, value, set) : null}
      {of.own === undefined && of.kind === "select" ? (
        <select {...common} value={value} onChange={(event) => set(event.target.value)}>
          <option value="">{t("choose")}</option>
          {(of.options ?? []).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      ) : null}
      {of.own === undefined && of.kind === "area" ? (
        <textarea
          {...common}
          value={value}
          maxLength={of.most ?? 400}
          onChange={(event) => set(event.target.value)}
        />
      ) : null}
      {of.own === undefined && of.kind !== "select" && of.kind !== "area" ? (
        <input
          {...common}
          type={of.kind ?? "text"}
          step={of.kind === "number" ? "any" : undefined}
          value={value}
          maxLength={of.most ?? 200}
          onChange={(event) => set(event.target.value)}
        />
      ) : null}
      {of.hint ? <small id={hint}>{of.hint}</small> : null}
    </div>
  );
}
