/** Today's alerts running at the side, the newest ahead and marked; and the counters of the day. */
import type { TodayRead, WallAlert } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { useViolationName } from "../../parts/cameras";
import { useWords } from "./words";

export const FRESH_MS = 60_000;

export function Alerts({
  alerts,
  names,
  now,
}: {
  alerts: readonly WallAlert[];
  names: ReadonlyMap<string, string>;
  now: number;
}) {
  const t = useWords();
  const violation = useViolationName();
  const language = useLanguage();
  const clock = new Intl.DateTimeFormat(language, {
    timeZone: "Asia/Shanghai",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  return (
    <section className="wall-side" aria-label={t("list")}>
      <h2>{t("list")}</h2>
      {alerts.length === 0 ? <p className="wall-nothing">{t("none")}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <ol aria-live="polite" aria-relevant="additions" tabIndex={0} aria-label={t("list")}>
        {alerts.map((alert) => {
          const fresh = now - Date.parse(alert.received_at) < FRESH_MS;
          return (
            <li key={alert.id} className={fresh ? "wall-fresh" : undefined}>
              {alert.picture ? (
                <img src={alert.picture} alt="" loading="lazy" />
              ) : (
                <span className="wall-nopicture" />
              )}
              <div>
                <b>{violation(alert.violation)}</b>
                <span>{names.get(`${alert.edge_id}/${alert.camera_id}`) ?? alert.address}</span>
                <small>
                  <time className="num" dateTime={alert.raised_at}>
                    {clock.format(new Date(alert.raised_at))}
                  </time>{" "}
                  {t(alert.state === "cleared" ? "cleared" : "raised")}
                </small>
              </div>
              {fresh ? <i className="wall-count">{t("fresh")}</i> : null}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

const COUNTED = ["alerts", "waiting", "reminded", "dispatched", "closed", "overdue"] as const;

export function Counters({ today }: { today: TodayRead | undefined }) {
  const t = useWords();
  return (
    <dl className="wall-counters" aria-label={t("today")}>
      {COUNTED.map((name) => (
        <div key={name} className={name === "overdue" && (today?.overdue ?? 0) > 0 ? "wall-warn" : undefined}>
          <dt>{t(name)}</dt>
          <dd className="num">{today?.[name] ?? "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
