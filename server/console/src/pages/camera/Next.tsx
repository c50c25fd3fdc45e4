/** What comes next for a camera, step by step, until its first alert. */
import { Link } from "@tanstack/react-router";
import type { AlertRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { moment } from "../../parts/time";
import type { Step } from "./steps";
import { useWords } from "./words";

const NOW = {
  picture: "next.nowPicture",
  zone: "next.nowZone",
  violation: "next.nowViolation",
  force: "next.nowForce",
  answer: "next.nowAnswer",
  alert: "next.nowAlert",
} as const;

/** The way to an alert: its case, where it has one already. */
function Opened({ alert, isButton = false }: { alert: AlertRead; isButton?: boolean }) {
  const t = useWords();
  const className = isButton ? "btn primary" : "";
  if (alert.case_id)
    return (
      <Link className={className} to="/cases/$id" params={{ id: alert.case_id }}>
        {t("next.open")}
      </Link>
    );
  return (
    <Link className={className} to="/review" search={{ camera: alert.camera_id }}>
      {t("next.open")}
    </Link>
  );
}

const FRESH_MS = 30 * 60_000;
const isFresh = (alert: AlertRead) => Date.now() - Date.parse(alert.raised_at) < FRESH_MS;

export function Next({ steps, alert }: { steps: readonly Step[]; alert: AlertRead | null }) {
  const t = useWords();
  const language = useLanguage();
  const now = steps.find((step) => step.state === "now");
  if (!now && alert && !isFresh(alert))
    return (
      <p className="camera-newest">
        {t("next.newest", { at: moment(alert.raised_at, language) })} <Opened alert={alert} />
      </p>
    );
  return (
    <section className="camera-next card" aria-label={t("next.title")}>
      <ol>
        {steps.map((step) => (
          <li key={step.name} className={step.state} aria-current={step.state === "now" ? "step" : undefined}>
            {t(`next.${step.name}`)}
          </li>
        ))}
      </ol>
      <p aria-live="polite">
        {now ? t(NOW[now.name]) : null}
        {alert ? (
          <>
            {now ? " " : null}
            {t(isFresh(alert) ? "next.seen" : "next.newest", { at: moment(alert.raised_at, language) })}{" "}
            <Opened alert={alert} isButton={isFresh(alert)} />
          </>
        ) : null}
      </p>
    </section>
  );
}
