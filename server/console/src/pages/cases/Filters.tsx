/** The filters and the saved views of the list. Each change goes into the address at once. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { api, body } from "../../api/client";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { Day } from "../../parts/Day";
import { useDistricts } from "../../parts/districts";
import { useItems } from "../../parts/items";
import { SubjectPicker } from "../../parts/Pickers";
import { type Filters as Chosen, NONE, type Preset, preset, type Sort, same } from "./filters";
import { useWords } from "./words";

interface Setting {
  readonly filters: Chosen;
  readonly set: (next: Chosen) => void;
}
const PRESETS: readonly Preset[] = ["all", "open", "today", "overdue", "mine", "waiting"];
const FOREVER = { staleTime: Number.POSITIVE_INFINITY };

/** The state table: names of states, and who moves what. */
export function useWorkflow() {
  return useQuery({
    queryKey: ["law", "workflow"],
    queryFn: () => body(api.GET("/api/cases/workflow")),
    ...FOREVER,
  }).data;
}

export function Presets({ filters, set }: Setting) {
  const t = useWords();
  const roles = useMe()?.roles ?? [];
  const moves = useWorkflow()?.transitions ?? [];
  const view = (name: Preset) => preset(name, new Date(), roles, moves);
  const hasPart = moves.some((move) => roles.includes(move.who));
  return (
    <nav className="cases-presets" aria-label={t("presets")}>
      {PRESETS.filter((name) => name !== "waiting" || hasPart).map((name) => (
        <button
          key={name}
          type="button"
          className="btn"
          aria-pressed={same(filters, view(name))}
          onClick={() => set(view(name))}
        >
          {t(`preset.${name}`)}
        </button>
      ))}
    </nav>
  );
}

export function Flags({ filters, set }: Setting) {
  const t = useWords();
  const put = (more: Partial<Chosen>) => set({ ...filters, ...more });
  return (
    <div className="cases-flags">
      {(["open", "overdue", "urgent", "mine"] as const).map((flag) => (
        <label key={flag}>
          <input
            type="checkbox"
            checked={filters[flag]}
            onChange={(event) => put({ [flag]: event.target.checked })}
          />
          {t(`filter.${flag}`)}
        </label>
      ))}
      {same(filters, NONE) ? null : (
        <button type="button" className="btn plain" onClick={() => set(NONE)}>
          {t("filter.clear")}
        </button>
      )}
    </div>
  );
}

export function Filters({ filters, set }: Setting) {
  const t = useWords();
  const put = (more: Partial<Chosen>) => set({ ...filters, ...more });
  const items = useItems();
  const cameras =
    useQuery({ queryKey: ["cameras"], queryFn: () => body(api.GET("/api/cameras")) }).data ?? [];
  const districts = useDistricts();
  return (
    <details className="cases-filters" open={matchMedia("(min-width: 721px)").matches}>
      <summary>{t("filter.title")}</summary>
      <div className="cases-fields">
        <Field name={t("filter.number")}>
          <NumberField value={filters.number} put={(number) => put({ number })} />
        </Field>
        <States filters={filters} set={set} />
        <Pick
          name={t("filter.item")}
          value={filters.item}
          put={(item) => put({ item })}
          options={items.map((item) => [item.code, `${item.code} ${item.name}`])}
        />
        <Pick
          name={t("filter.camera")}
          value={filters.camera}
          put={(camera) => put({ camera })}
          options={[...new Set(cameras.map((camera) => camera.id))].sort().map((id) => [id, id])}
        />
        <Pick
          name={t("filter.district")}
          value={filters.district}
          put={(district) => put({ district })}
          options={districts.map((one) => [one.code, one.name])}
        />
        <Field name={t("filter.from")}>
          <Day value={filters.from} max={filters.to || undefined} onChange={(day) => put({ from: day })} />
        </Field>
        <Field name={t("filter.to")}>
          <Day value={filters.to} min={filters.from || undefined} onChange={(day) => put({ to: day })} />
        </Field>
        <Pick
          name={t("filter.sort")}
          value={filters.sort}
          put={(sort) => put({ sort: sort as Sort })}
          any={false}
          options={(["newest", "oldest", "due"] as const).map((sort) => [sort, t(`sort.${sort}`)])}
        />
        <Subject filters={filters} set={set} />
      </div>
    </details>
  );
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="cases-field">
      <span>{name}</span>
      {children}
    </label>
  );
}

/** Goes into the address when typing pauses. */
function NumberField({ value, put }: { value: string; put: (value: string) => void }) {
  const t = useWords();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => put(text), 180);
    return () => clearTimeout(timer);
  }, [text, value, put]);
  return (
    <input
      id="cases-number"
      className="field"
      type="search"
      autoComplete="off"
      maxLength={40}
      placeholder={t("filter.numberHint")}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function Pick({
  name,
  value,
  put,
  options,
  any = true,
}: {
  name: string;
  value: string;
  put: (value: string) => void;
  options: readonly (readonly [string, string])[];
  any?: boolean;
}) {
  const t = useWords();
  const isThere = value === "" || options.some(([key]) => key === value);
  return (
    <Field name={name}>
      <select className="field" value={value} onChange={(event) => put(event.target.value)}>
        {any ? <option value="">{t("filter.any")}</option> : null}
        {isThere ? null : <option value={value}>{value}</option>}
        {options.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

function States({ filters, set }: Setting) {
  const t = useWords();
  const language = useLanguage();
  const states = useWorkflow()?.states ?? [];
  const chosen = new Set(filters.state);
  const toggle = (state: string) =>
    set({
      ...filters,
      state: chosen.has(state) ? filters.state.filter((one) => one !== state) : [...filters.state, state],
    });
  return (
    <div className="cases-field">
      <span id="cases-states">{t("filter.state")}</span>
      <details className="cases-states">
        <summary className="field" aria-labelledby="cases-states cases-states-told">
          <span id="cases-states-told">
            {chosen.size === 0
              ? t("filter.stateAny")
              : chosen.size <= 3
                ? filters.state.join(" ")
                : t("filter.stateSome", { n: chosen.size })}
          </span>
        </summary>
        <div className="cases-statelist card">
          {(["A", "W", "L", "C", "V"] as const).map((group) => (
            <fieldset key={group}>
              <legend>{t(`filter.group.${group}`)}</legend>
              {states
                .filter((state) => state.state.startsWith(group))
                .map((state) => (
                  <label key={state.state}>
                    <input
                      type="checkbox"
                      checked={chosen.has(state.state)}
                      onChange={() => toggle(state.state)}
                    />
                    <code>{state.state}</code> {language === "en" ? state.name_en : state.name_zh}
                  </label>
                ))}
            </fieldset>
          ))}
        </div>
      </details>
    </div>
  );
}

function Subject({ filters, set }: Setting) {
  const t = useWords();
  const subject = useQuery({
    queryKey: ["subjects", "name", filters.subject],
    queryFn: () =>
      body(api.GET("/api/subjects/{subject_id}", { params: { path: { subject_id: filters.subject } } })),
    enabled: filters.subject !== "",
  });
  if (filters.subject !== "")
    return (
      <div className="cases-field">
        <span>{t("filter.subject")}</span>
        <button type="button" className="btn" onClick={() => set({ ...filters, subject: "" })}>
          {subject.data?.name ?? filters.subject.slice(-8)} ✕
        </button>
      </div>
    );
  return (
    <div className="cases-field cases-subject">
      <label htmlFor="cases-subject">{t("filter.subject")}</label>
      <SubjectPicker id="cases-subject" chosen="" choose={(id) => set({ ...filters, subject: id })} />
    </div>
  );
}
