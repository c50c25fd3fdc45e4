/** One field, as its kind asks; without `change` it is only read. */
import { type CERTAINTIES, type Field, shown, type TIERS, written } from "./fields";
import { type Say, useWords } from "./words";

export function Input({
  field,
  value,
  change,
}: {
  field: Field;
  value: unknown;
  change: ((value: unknown) => void) | undefined;
}) {
  const t = useWords();
  const says = t(`field.${field.says}`);
  const kind = field.kind;
  if (kind === "flag")
    return (
      <label className="law-flag">
        <input
          type="checkbox"
          checked={value === true}
          disabled={change === undefined}
          onChange={(event) => change?.(event.target.checked)}
        />
        {says}
      </label>
    );
  const text = shown(value, kind);
  if (change === undefined)
    return text === "" ? null : (
      <div className="law-read">
        <small>{says}</small>
        <span>{typeof kind === "object" ? meaning(t, field, text) : text}</span>
      </div>
    );
  if (typeof kind === "object")
    return (
      <label>
        {says}
        <select className="field" value={text} onChange={(event) => change(event.target.value)}>
          {kind.includes(text) ? null : <option value={text}>{text}</option>}
          {kind.map((one) => (
            <option key={one} value={one}>
              {meaning(t, field, one)}
            </option>
          ))}
        </select>
      </label>
    );
  if (kind === "long" || kind === "lines")
    return (
      <label className="law-wide">
        {says}
        <textarea
          className="field"
          rows={kind === "lines" ? Math.max(2, text.split("\n").length) : 2}
          value={text}
          onChange={(event) => change(kind === "lines" ? event.target.value.split("\n") : event.target.value)}
          onBlur={(event) => change(written(event.target.value, kind))}
        />
      </label>
    );
  const numeric = kind === "number" || kind === "whole";
  return (
    <label>
      {says}
      <input
        className="field"
        type={numeric ? "number" : kind === "date" ? "date" : "text"}
        step={kind === "number" ? "any" : undefined}
        value={text}
        onChange={(event) => change(written(event.target.value, kind))}
      />
    </label>
  );
}

/** What a choice means, where it has words of its own. */
function meaning(t: Say, field: Field, value: string): string {
  if (field.says === "tier") return t(`tier.${value as (typeof TIERS)[number]}`);
  if (field.says === "certainty") return t(`certainty.${value as (typeof CERTAINTIES)[number]}`);
  return value;
}
