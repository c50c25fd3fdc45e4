/** Which days, district, item and camera. */
import { useQuery } from "@tanstack/react-query";
import { api, body } from "../../api/client";
import { useCameras, useViolationName } from "../../parts/cameras";
import { Day } from "../../parts/Day";
import { useItems } from "../../parts/items";
import { dayOf } from "../../parts/time";
import { type By, daysBefore, daysOf, PERIODS, type View } from "./view";
import { useWords } from "./words";

interface Props {
  readonly view: View;
  readonly change: (changes: Partial<View>) => void;
  readonly names: (by: By, key: string) => string;
}

export function Filters({ view, change, names }: Props) {
  const t = useWords();
  const today = dayOf(new Date().toISOString());
  const cameras = useCameras();
  const items = useItems();
  const violation = useViolationName();
  const rules = useQuery({
    queryKey: ["law", "violations"],
    queryFn: () => body(api.GET("/api/violations")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const districts = useQuery({
    queryKey: ["districts"],
    queryFn: () => body(api.GET("/api/districts")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const days = daysOf(view);
  return (
    <form className="card kpi-filters" onSubmit={(event) => event.preventDefault()}>
      <fieldset className="kpi-tabs">
        <legend className="unseen">{t("period.title")}</legend>
        {PERIODS.map((n) => (
          <label key={n}>
            <input
              type="radio"
              name="kpi-period"
              checked={view.until === today && days === n}
              onChange={() => change({ since: daysBefore(today, n - 1), until: today })}
            />
            {t("period.last", { n })}
          </label>
        ))}
      </fieldset>
      <label>
        {t("period.from")}
        <Day value={view.since} max={view.until} required onChange={(day) => day && change({ since: day })} />
      </label>
      <label>
        {t("period.to")}
        <Day
          value={view.until}
          min={view.since}
          max={today}
          required
          onChange={(day) => day && change({ until: day })}
        />
      </label>
      {(districts.data?.length ?? 0) > 1 ? (
        <Choice
          label={t("filter.district")}
          value={view.district}
          choose={(district) => change({ district })}
          among={(districts.data ?? []).map((one) => [one.code, names("district", one.code)])}
        />
      ) : null}
      <Choice
        label={t("filter.item")}
        value={view.item}
        choose={(item) => change({ item })}
        among={[
          ...items.map((item) => [item.code, `${item.code} ${item.name}`] as const),
          ...(rules.data ?? []).map((rule) => [rule.id, violation(rule.id)] as const),
        ]}
      />
      <Choice
        label={t("filter.camera")}
        value={view.camera}
        choose={(camera) => change({ camera })}
        among={(cameras.data ?? []).map((camera) => [camera.id, camera.name])}
      />
    </form>
  );
}

interface Choosing {
  readonly label: string;
  readonly value: string;
  readonly among: readonly (readonly [string, string])[];
  readonly choose: (value: string) => void;
}

function Choice({ label, value, among, choose }: Choosing) {
  const t = useWords();
  const known = among.some(([key]) => key === value);
  return (
    <label>
      {label}
      <select className="field" value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">{t("filter.all")}</option>
        {known || value === "" ? null : <option value={value}>{value}</option>}
        {among.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
