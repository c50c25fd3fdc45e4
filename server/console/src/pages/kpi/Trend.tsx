/** How the chosen figure went, what it was counted from, its target; with the numbers as a table. */
import { useMemo } from "react";
import type { KpiRead, TrendRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Chart, type Ink } from "../../parts/chart";
import { useSay } from "./say";
import { useWords } from "./words";

export function Trend({ kpi, trend }: { kpi: KpiRead; trend: TrendRead }) {
  const t = useWords();
  const say = useSay();
  const language = useLanguage();
  const name = language === "en" ? kpi.name_en : kpi.name_zh;
  const points = useMemo(
    () =>
      trend.points.map((point) => {
        const found = point.figures.find((one) => one.id === kpi.id);
        const when = point.since === point.until ? point.since : `${point.since} – ${point.until}`;
        return {
          when,
          short: point.since.slice(5),
          value: found?.value ?? null,
          base: found?.denominator ?? 0,
        };
      }),
    [trend, kpi.id],
  );
  const option = useMemo(() => {
    const share = kpi.unit === "share";
    const words = {
      value: t("trend.value"),
      base: t("trend.base"),
      target: t("target.is", { value: "" }).trim(),
    };
    return (ink: Ink) => optionOf(points, share, kpi.target ?? null, words, ink);
  }, [points, kpi.unit, kpi.target, t]);
  const table = (
    <details className="kpi-table">
      <summary>{t("trend.table")}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("trend.when")}</th>
            <th scope="col">{t("trend.value")}</th>
            <th scope="col">{t("trend.base")}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.when}>
              <th scope="row" className="num">
                {point.when}
              </th>
              <td className="num">{say(point.value, kpi.unit)}</td>
              <td className="num">{point.base}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
  return (
    <Chart label={t("trend.label", { name })} option={option} waiting={t("trend.loading")} table={table} />
  );
}

interface Point {
  readonly when: string;
  readonly short: string;
  readonly value: number | null;
  readonly base: number;
}
interface Said {
  readonly value: string;
  readonly base: string;
  readonly target: string;
}

function optionOf(points: readonly Point[], share: boolean, target: number | null, words: Said, ink: Ink) {
  const scaled = (value: number | null) =>
    value === null ? null : Number((share ? value * 100 : value).toFixed(2));
  const unit = share ? "%" : "min";
  const axis = { axisLabel: { color: ink.faint }, splitLine: { lineStyle: { color: ink.rule } } };
  const line =
    target === null
      ? {}
      : {
          markLine: {
            silent: true,
            symbol: "none",
            lineStyle: { color: ink.warn, type: "dashed" as const },
            label: { color: ink.warn, formatter: words.target, position: "insideEndTop" as const },
            data: [{ yAxis: scaled(target) as number }],
          },
        };
  return {
    textStyle: { fontFamily: "inherit", color: ink.ink },
    grid: { left: 52, right: 48, top: 34, bottom: 28 },
    legend: { top: 0, textStyle: { color: ink.ink }, data: [words.value, words.base] },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: ink.paper,
      borderColor: ink.rule,
      textStyle: { color: ink.ink },
    },
    xAxis: { type: "category", data: points.map((point) => point.short), axisLabel: { color: ink.faint } },
    yAxis: [
      {
        type: "value",
        name: unit,
        min: share ? 0 : undefined,
        max: share ? 100 : undefined,
        nameTextStyle: { color: ink.faint },
        ...axis,
      },
      { type: "value", minInterval: 1, ...axis, splitLine: { show: false } },
    ],
    series: [
      {
        name: words.value,
        type: "line",
        data: points.map((point) => scaled(point.value)),
        connectNulls: true,
        symbolSize: 7,
        lineStyle: { color: ink.brand, width: 3 },
        itemStyle: { color: ink.brand },
        z: 3,
        ...line,
      },
      {
        name: words.base,
        type: "bar",
        yAxisIndex: 1,
        data: points.map((point) => point.base),
        barMaxWidth: 22,
        itemStyle: { color: ink.rule },
      },
    ],
  };
}
