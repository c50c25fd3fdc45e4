/** Where and when cases begin: a table whose cells are the darker the more there were. */
import type { HeatRead } from "../../api/schema";
import { useWords } from "./words";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function Heat({ heat, nameOf }: { heat: HeatRead; nameOf: (camera: string) => string }) {
  const t = useWords();
  const most = Math.max(1, ...heat.cameras.flatMap((row) => row.hours));
  return (
    <section className="card kpi-heat" aria-labelledby="kpi-heat">
      <h2 id="kpi-heat">{t("heat.title")}</h2>
      <p>{t("heat.hint")}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so keys must reach it */}
      <div className="kpi-scroll" tabIndex={0} role="region" aria-label={t("heat.label")}>
        <table>
          <caption className="unseen">{t("heat.label")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("heat.camera")}</th>
              {HOURS.map((hour) => (
                <th key={hour} scope="col" className="num">
                  {hour}
                </th>
              ))}
              <th scope="col">{t("heat.total")}</th>
            </tr>
          </thead>
          <tbody>
            {heat.cameras.map((row) => (
              <tr key={`${row.district}/${row.camera_id}`}>
                <th scope="row">{nameOf(row.camera_id)}</th>
                {row.hours.map((n, hour) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: the index is the hour
                    key={hour}
                    className={n / most > 0.55 ? "num kpi-hot" : "num"}
                    style={
                      {
                        "--heat": `${n === 0 ? 0 : 12 + Math.round((n / most) * 88)}%`,
                      } as React.CSSProperties
                    }
                    title={t("heat.cell", { camera: nameOf(row.camera_id), hour, n })}
                  >
                    {n === 0 ? "" : n}
                  </td>
                ))}
                <td className="num kpi-sum">{row.total}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {heat.others > 0 ? <p>{t("heat.others", { n: heat.others })}</p> : null}
    </section>
  );
}
