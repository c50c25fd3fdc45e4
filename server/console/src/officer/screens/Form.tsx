/** A form for thumbs: fields above, what is still missing and one large button below. */
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useWords } from "../words";
import { Below } from "./Below";
import { Head } from "./Head";

interface Wanted {
  readonly title: string;
  /** What is still missing, in words; empty when it may be handed in. */
  readonly missing: readonly string[];
  readonly submit: string;
  readonly onSubmit: () => Promise<void>;
  readonly children: ReactNode;
}

export function Form({ title, missing, submit, onSubmit, children }: Wanted) {
  const t = useWords();
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState("");
  const id = useId();
  const hand = async (event: FormEvent) => {
    event.preventDefault();
    if (missing.length > 0) return setTold(t("do.fault", { what: missing.join(" · ") }));
    setBusy(true);
    try {
      await onSubmit();
    } catch (error) {
      setTold(String(error));
    } finally {
      setBusy(false);
    }
    return undefined;
  };
  return (
    <form id={id} className="o-page o-form" noValidate onSubmit={(event) => void hand(event)}>
      <Head title={title} />
      {children}
      <Below>
        <p role="alert" className="o-fault">
          {missing.length > 0 ? told : ""}
        </p>
        <button type="submit" form={id} className="o-big" disabled={busy}>
          {busy ? t("do.saving") : submit}
        </button>
      </Below>
    </form>
  );
}

export function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="o-field">
      <span>{label}</span>
      {children}
      {hint === undefined ? null : <small>{hint}</small>}
    </label>
  );
}

interface Choices<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly all: readonly (readonly [T, string])[];
  readonly change: (value: T) => void;
  /** Short names stand side by side. */
  readonly short?: boolean;
}

/** A few choices, each large enough for a glove. */
export function Choice<T extends string>({ label, value, all, change, short = false }: Choices<T>) {
  return (
    <fieldset className={short ? "o-choice short" : "o-choice"}>
      <legend>{label}</legend>
      {all.map(([one, name]) => (
        <label key={one}>
          <input type="radio" checked={one === value} onChange={() => change(one)} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Check({
  label,
  value,
  change,
}: {
  label: string;
  value: boolean;
  change: (value: boolean) => void;
}) {
  return (
    <label className="o-check">
      <input type="checkbox" checked={value} onChange={(event) => change(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
