/** One input of a move's form, by its kind. */
import { useState } from "react";
import { type Input, placeOf } from "./fields";
import { useItems } from "./items";
import { PhotoInput } from "./PhotoInput";
import { CasePicker, CertificatePicker, ItemPicker, OfficerPicker, SubjectPicker } from "./Pickers";
import { known } from "./Refused";
import { Several } from "./Several";
import { minuteOf, utcOf } from "./time";
import { useWords as useFieldWords } from "./words.fields";
import { useWords } from "./words.move";

interface Props {
  readonly input: Input;
  readonly id: string;
  readonly caseId: string;
  readonly value: unknown;
  readonly set: (value: unknown) => void;
}

export function MoveInput({ input, id, caseId, value, set }: Props) {
  const text = typeof value === "string" ? value : "";
  switch (input.kind) {
    case "photos":
      return <PhotoInput id={id} caseId={caseId} chosen={texts(value)} choose={set} />;
    case "person":
      return <OfficerPicker id={id} caseId={caseId} chosen={text} choose={set} />;
    case "subject":
      return <SubjectPicker id={id} chosen={text} choose={set} />;
    case "case":
      return <CasePicker id={id} not={caseId} chosen={text} choose={set} />;
    case "item":
      return <ItemPicker id={id} chosen={text} choose={set} />;
    case "items":
      return <Items id={id} value={value} set={set} />;
    case "place":
      return <Place id={id} value={value} set={set} />;
    case "maybe":
      return <Maybe id={id} value={value} set={set} />;
    case "flag":
      return (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={(event) => set(event.target.checked)}
        />
      );
    case "choice":
      return <Choice input={input} id={id} value={text} set={set} />;
    case "choices":
      return <Choices input={input} id={id} value={value} set={set} />;
    case "texts":
      return <Texts input={input} id={id} value={value} set={set} />;
    case "certificates":
      return <CertificatePicker id={id} chosen={texts(value)} choose={set} atLeast={input.atLeast} />;
    case "moment":
      return (
        <input
          id={id}
          className="field"
          type="datetime-local"
          value={text ? minuteOf(text) : ""}
          onChange={(event) => set(utcOf(event.target.value))}
        />
      );
    case "number":
      return (
        <input
          id={id}
          className="field num"
          type="number"
          inputMode="decimal"
          min={0}
          step="any"
          value={typeof value === "number" ? value : ""}
          onChange={(event) => set(event.target.value === "" ? undefined : Number(event.target.value))}
        />
      );
    case "text":
      return (
        <input
          id={id}
          className="field"
          maxLength={input.longest}
          value={text}
          onChange={(event) => set(event.target.value)}
        />
      );
  }
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
type Some = Pick<Props, "id" | "value" | "set">;

function useValueWords(): (value: string) => string {
  const t = useFieldWords();
  return (value) => known(t, `value.${value}`, value);
}

/** Yes, no, or nobody has said. */
function Maybe({ id, value, set }: Some) {
  const t = useWords();
  const told = value === true ? "true" : value === false ? "false" : "";
  return (
    <select
      id={id}
      className="field"
      value={told}
      onChange={(event) => set(event.target.value === "" ? undefined : event.target.value === "true")}
    >
      <option value="">{t("unsaid")}</option>
      <option value="true">{t("yes")}</option>
      <option value="false">{t("no")}</option>
    </select>
  );
}

function Choice({
  input,
  id,
  value,
  set,
}: {
  input: Input;
  id: string;
  value: string;
  set: (value: unknown) => void;
}) {
  const t = useWords();
  const say = useValueWords();
  return (
    <select id={id} className="field" value={value} onChange={(event) => set(event.target.value)}>
      <option value="">{t("choose")}</option>
      {input.values.map((one) => (
        <option key={one} value={one}>
          {say(one)}
        </option>
      ))}
    </select>
  );
}

function Choices({ input, id, value, set }: Some & { input: Input }) {
  const say = useValueWords();
  const chosen = texts(value);
  return (
    <div id={id} className="choices">
      {input.values.map((one) => (
        <label key={one}>
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            onChange={(event) =>
              set(event.target.checked ? [...chosen, one] : chosen.filter((each) => each !== one))
            }
          />
          {say(one)}
        </label>
      ))}
    </div>
  );
}

function Texts({ input, id, value, set }: Some & { input: Input }) {
  return (
    <Several chosen={texts(value)} set={set} atLeast={input.atLeast}>
      {(one, put, first) => (
        <input
          id={first ? id : undefined}
          aria-labelledby={`${id}-label`}
          className="field"
          value={one}
          onChange={(event) => put(event.target.value)}
        />
      )}
    </Several>
  );
}

function Items({ id, value, set }: Some) {
  const items = useItems();
  const chosen = texts(value);
  return (
    <select
      id={id}
      className="field"
      multiple
      size={4}
      value={chosen}
      onChange={(event) => set([...event.target.selectedOptions].map((option) => option.value))}
    >
      {items.map((item) => (
        <option key={item.code} value={item.code}>
          {item.code} {item.name}
        </option>
      ))}
    </select>
  );
}

function Place({ id, value, set }: Some) {
  const t = useWords();
  const told = value as { lon: number; lat: number } | undefined;
  const [text, setText] = useState(told ? `${told.lon}, ${told.lat}` : "");
  const [said, setSaid] = useState("");
  const here = () => {
    setSaid(t("place.finding"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setText(`${coords.longitude.toFixed(6)}, ${coords.latitude.toFixed(6)}`);
        set({ lon: coords.longitude, lat: coords.latitude });
        setSaid("");
      },
      (error) => setSaid(t("place.failed", { why: error.message })),
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  };
  return (
    <div className="texts">
      <input
        id={id}
        className="field num"
        placeholder={t("place.hint")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          set(placeOf(event.target.value) ?? undefined);
        }}
      />
      {"geolocation" in navigator ? (
        <button type="button" className="btn plain" onClick={here}>
          {t("place.here")}
        </button>
      ) : null}
      <small aria-live="polite">{said}</small>
    </div>
  );
}
