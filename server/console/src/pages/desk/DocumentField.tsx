/** One thing that a document takes. */
import type { DocumentRead } from "../../api/schema";
import { minuteOf, utcOf } from "../../parts/time";
import type { Input, Officer } from "./documentform";
import { useWords } from "./words";

interface Props {
  readonly input: Input;
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  readonly issued: readonly DocumentRead[];
}

export function DocumentField({ input, value, set, issued }: Props) {
  const t = useWords();
  const label = t(`field.${input.name as "place"}`);
  const text = typeof value === "string" ? value : "";
  if (input.kind === "officers")
    return <Officers label={label} value={(value ?? []) as Officer[]} set={set} />;
  if (input.kind === "choice" || input.kind === "document") {
    const options =
      input.kind === "choice"
        ? input.values.map((one) => ({ value: one, name: t(`field.${one as "direct"}`) }))
        : issued.filter((one) => one.withdrawal === null).map((one) => ({ value: one.id, name: one.number }));
    return (
      <label>
        {label}
        <select className="field" value={text} onChange={(event) => set(event.target.value)}>
          <option value="">{t("field.unset")}</option>
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
    );
  }
  if (input.kind === "moment")
    return (
      <label>
        {label}
        <input
          className="field"
          type="datetime-local"
          value={text ? minuteOf(text) : ""}
          onChange={(event) => set(utcOf(event.target.value))}
        />
      </label>
    );
  const said = { className: "field", maxLength: input.longest, value: text };
  return input.kind === "text" ? (
    <label>
      {label}
      <textarea {...said} onChange={(event) => set(event.target.value)} />
    </label>
  ) : (
    <label>
      {label}
      <input {...said} onChange={(event) => set(event.target.value)} />
    </label>
  );
}

/** Two officers with their certificates; more on demand. Left out, they sign by hand. */
function Officers({
  label,
  value,
  set,
}: {
  label: string;
  value: readonly Officer[];
  set: (value: unknown) => void;
}) {
  const t = useWords();
  const shown = [...value];
  while (shown.length < 2) shown.push({ name: "", certificate: "" });
  const put = (at: number, more: Partial<Officer>) =>
    set(shown.map((one, index) => (index === at ? { ...one, ...more } : one)));
  return (
    <fieldset>
      <legend>{label}</legend>
      {shown.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place in the row is what it is
        <div key={at} className="docs-officer">
          <input
            className="field"
            aria-label={`${t("field.name")} ${at + 1}`}
            placeholder={t("field.name")}
            value={one.name}
            onChange={(event) => put(at, { name: event.target.value })}
          />
          <input
            className="field"
            aria-label={`${t("field.certificate")} ${at + 1}`}
            placeholder={t("field.certificate")}
            value={one.certificate}
            onChange={(event) => put(at, { certificate: event.target.value })}
          />
        </div>
      ))}
      <button
        type="button"
        className="btn plain"
        onClick={() => set([...shown, { name: "", certificate: "" }])}
      >
        {t("documents.add")}
      </button>
    </fieldset>
  );
}
