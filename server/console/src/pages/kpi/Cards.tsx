/** Every key figure on a card: its value, what it was counted from, its target, how it went. */
import type { KpiRead, TrendRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { useSay } from "./say";
import { GROUPS, type Group, spark } from "./view";
import { useWords } from "./words";

interface Props {
  readonly kpis: readonly KpiRead[];
  readonly trend: TrendRead | undefined;
  readonly chosen: string;
  readonly choose: (kpi: string) => void;
}

export function Cards({ kpis, trend, chosen, choose }: Props) {
  const t = useWords();
  const byId = new Map(kpis.map((kpi) => [kpi.id, kpi]));
  return (Object.keys(GROUPS) as Group[]).map((group) => (
    <section key={group} className="kpi-group">
      <h2>{t(`group.${group}`)}</h2>
      <div className="kpi-cards">
        {GROUPS[group].map((id) => {
          const kpi = byId.get(id);
          const values = trend?.points.map(
            (point) => point.figures.find((one) => one.id === id)?.value ?? null,
          );
          return kpi ? (
            <One
              key={id}
              kpi={kpi}
              path={spark(values ?? [], 72, 22)}
              chosen={id === chosen}
              choose={choose}
            />
          ) : null;
        })}
      </div>
    </section>
  ));
}

interface OneProps {
  readonly kpi: KpiRead;
  readonly path: string;
  readonly chosen: boolean;
  readonly choose: (kpi: string) => void;
}

function One({ kpi, path, chosen, choose }: OneProps) {
  const t = useWords();
  const say = useSay();
  const language = useLanguage();
  const [target, met] = [kpi.target ?? null, kpi.met ?? null];
  return (
    <button type="button" className="kpi-card" aria-pressed={chosen} onClick={() => choose(kpi.id)}>
      <span className="kpi-name">{language === "en" ? kpi.name_en : kpi.name_zh}</span>
      <svg viewBox="-2 -2 76 26" className="kpi-spark" aria-hidden="true">
        <path d={path} />
      </svg>
      <b className={kpi.value === null ? "kpi-value kpi-none" : "kpi-value num"}>
        {say(kpi.value, kpi.unit)}
      </b>
      <span className="kpi-from num">
        {kpi.unit === "share"
          ? t("of", { above: kpi.numerator, below: kpi.denominator })
          : t("times", { n: kpi.numerator, p90: say(kpi.p90, "minutes") })}
      </span>
      <span className="kpi-target">
        {target === null ? null : (
          <>
            {t("target.is", { value: say(target, kpi.unit) })}{" "}
            {met === null ? null : (
              <i className={met ? "tag good" : "tag bad"}>{t(met ? "target.met" : "target.missed")}</i>
            )}
          </>
        )}
        {kpi.informational ? t("target.free") : null}
      </span>
    </button>
  );
}
