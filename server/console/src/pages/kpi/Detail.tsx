/** The chosen figure: what it means, how it went, how groups compare, and the cases behind it. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { KpiRead, TrendRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { useViolationName } from "../../parts/cameras";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { behind, useGroups } from "./asked";
import { useSay } from "./say";
import { Trend } from "./Trend";
import { BY, type By, stepOf, type View } from "./view";
import { useWords } from "./words";

interface Props {
  readonly kpi: KpiRead;
  readonly trend: TrendRead | undefined;
  readonly view: View;
  readonly change: (changes: Partial<View>) => void;
  readonly names: (by: By, key: string) => string;
}

export function Detail({ kpi, trend, view, change, names }: Props) {
  const t = useWords();
  const language = useLanguage();
  return (
    <section className="kpi-detail" aria-labelledby="kpi-chosen">
      <h2 id="kpi-chosen">{language === "en" ? kpi.name_en : kpi.name_zh}</h2>
      <div className="kpi-two">
        <div className="card">
          <h3>
            {t("trend.title")} <small>{t(`trend.${stepOf(view)}`)}</small>
          </h3>
          {trend ? <Trend kpi={kpi} trend={trend} /> : null}
        </div>
        <Definition kpi={kpi} />
      </div>
      <div className="kpi-two">
        <Groups kpi={kpi} view={view} change={change} names={names} />
        <Behind kpi={kpi} view={view} change={change} names={names} />
      </div>
    </section>
  );
}

function Definition({ kpi }: { kpi: KpiRead }) {
  const t = useWords();
  const say = useSay();
  const english = useLanguage() === "en";
  const target = kpi.target ?? null;
  // `P`, `own (form), found (value)`, `found (Jinhua)`: the marks of the rules, each in plain words.
  const certain = (source: string) =>
    source.replace(/\b(P|own|found)\b/g, (mark) => t(`certain.${mark as "P" | "own" | "found"}`));
  return (
    <div className="card kpi-definition">
      <h3>{t("definition")}</h3>
      <dl>
        <dt>{t("formula")}</dt>
        <dd>{english ? kpi.formula_en : kpi.formula_zh}</dd>
        <dt>{t("source")}</dt>
        <dd>{certain(kpi.source)}</dd>
        {target === null ? null : (
          <>
            <dt>{t("target.is", { value: say(target, kpi.unit) })}</dt>
            <dd>{kpi.target_source}</dd>
          </>
        )}
        {kpi.informational ? (
          <>
            <dt>{t("target.free")}</dt>
            <dd>{t("target.freeWhy")}</dd>
          </>
        ) : null}
        {kpi.references.length > 0 ? (
          <>
            <dt>{t("reference")}</dt>
            {kpi.references.map((one) => (
              <dd key={one}>{shareSaid(one, kpi.unit)}</dd>
            ))}
            <dd>
              <small>{t("referenceHint")}</small>
            </dd>
          </>
        ) : null}
      </dl>
    </div>
  );
}

/** `0.9372 天门` is said as `93.72% 天门`. */
function shareSaid(reference: string, unit: KpiRead["unit"]): string {
  const [value = "", ...source] = reference.split(" ");
  return unit === "share" ? `${Number((Number(value) * 100).toFixed(2))}% ${source.join(" ")}` : reference;
}

function Groups({ kpi, view, change, names }: Omit<Props, "trend">) {
  const t = useWords();
  const say = useSay();
  const groups = useGroups(view, view.by);
  const rows = (groups.data?.groups ?? [])
    .flatMap((group) => {
      const found = group.kpis.find((one) => one.id === kpi.id);
      return found && found.denominator > 0 ? [{ key: group.key, ...found }] : [];
    })
    .sort((a, b) => b.denominator - a.denominator);
  const most = Math.max(...rows.map((row) => row.value ?? 0), kpi.unit === "share" ? 1 : 0);
  return (
    <div className="card">
      <h3>{t("by.title")}</h3>
      <fieldset className="kpi-tabs">
        <legend className="unseen">{t("by.title")}</legend>
        {BY.map((by) => (
          <label key={by}>
            <input type="radio" name="kpi-by" checked={view.by === by} onChange={() => change({ by })} />
            {t(`by.${by}`)}
          </label>
        ))}
      </fieldset>
      <Answer of={groups} empty={() => rows.length === 0}>
        {() => (
          <div className="kpi-scroll">
            <table className="kpi-bars">
              <thead>
                <tr>
                  <th scope="col">{t("by.group")}</th>
                  <th scope="col">{t("trend.value")}</th>
                  <th scope="col">{t("trend.base")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.key}>
                    <th scope="row">
                      <Narrow
                        by={view.by}
                        row={row.key}
                        name={names(view.by, row.key) || t("by.none")}
                        change={change}
                      />
                    </th>
                    <td className="num">
                      <span
                        className="kpi-bar"
                        style={{ inlineSize: `${((row.value ?? 0) / most) * 100}%` }}
                      />
                      <span>{say(row.value, kpi.unit)}</span>
                    </td>
                    <td className="num">{row.denominator}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
    </div>
  );
}

function Narrow({ by, row, name, change }: { by: By; row: string; name: string; change: Props["change"] }) {
  const t = useWords();
  if (by === "team" || row === "") return name;
  return (
    <button
      type="button"
      className="btn plain"
      title={t("by.filter", { name })}
      onClick={() => change({ [by]: row })}
    >
      {name}
    </button>
  );
}

function Behind({ kpi, view, change, names }: Omit<Props, "trend">) {
  const nameOf = (name: string) => names("camera", name);
  const t = useWords();
  const language = useLanguage();
  const violation = useViolationName();
  const { since, until, district, item, camera, part } = view;
  const found = useInfiniteQuery({
    queryKey: ["kpi", "behind", kpi.id, { since, until, district, item, camera, part, language }],
    queryFn: ({ pageParam }) => behind({ ...view, kpi: kpi.id }, pageParam, language),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    staleTime: 60_000,
  });
  const pages = found.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.rows);
  const total = pages[0]?.total ?? 0;
  return (
    <div className="card kpi-behind">
      <h3>{t("behind.title")}</h3>
      <fieldset className="kpi-tabs">
        <legend className="unseen">{t("behind.title")}</legend>
        {(["numerator", "denominator"] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="kpi-part"
              checked={part === one}
              onChange={() => change({ part: one })}
            />
            {t(`behind.${one}`)}
          </label>
        ))}
        <span role="status">{t("behind.total", { n: total })}</span>
      </fieldset>
      <Answer of={found} empty={() => total === 0} nothing={t("behind.none")}>
        {() => (
          <ul>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several alerts may lead to one case
              <li key={`${row.id} ${index}`}>
                {row.to === "case" ? (
                  <Link to="/cases/$id" params={{ id: row.id }}>
                    {nameOf(row.name)}
                  </Link>
                ) : row.to === "subject" ? (
                  <Link to="/subjects/$id" params={{ id: row.id }}>
                    {row.name}
                  </Link>
                ) : (
                  nameOf(row.name)
                )}
                <small>
                  {violation(row.more)} {row.at ? moment(row.at, language) : ""}
                </small>
              </li>
            ))}
          </ul>
        )}
      </Answer>
      {found.hasNextPage ? (
        <button
          type="button"
          className="btn"
          disabled={found.isFetching}
          onClick={() => void found.fetchNextPage()}
        >
          {t("behind.more", { n: Math.min(20, total - rows.length) })}
        </button>
      ) : null}
    </div>
  );
}
