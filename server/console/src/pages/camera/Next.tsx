/** What comes next for a camera, step by step, until its first alert. */
import { Link } from "@tanstack/react-router";
import type { AlertRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { moment } from "../../parts/time";
import type { Step, StepName } from "./steps";
import { useWords } from "./words";

const NOW = {
  picture: "next.nowPicture",
  zone: "next.nowZone",
  violation: "next.nowViolation",
  force: "next.nowForce",
  answer: "next.nowAnswer",
} as const;

export function Next({
  steps,
  alert,
  dwell,
}: {
  steps: readonly Step[];
  alert: AlertRead | null;
  dwell: number | null;
}) {
  const t = useWords();
  const language = useLanguage();
  const now = steps.find((step) => step.state === "now");
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
        {now ? say(now.name) : null}
        {alert ? (
          <>
            {now ? " " : null}
            {t("next.seen", { at: moment(alert.raised_at, language) })}{" "}
            <Link className="btn primary" to="/review" search={{ alert: alert.id }}>
              {t("next.open")}
            </Link>
          </>
        ) : null}
      </p>
    </section>
  );

  function say(name: StepName): string {
    if (name !== "alert") return t(NOW[name]);
    return dwell === null ? t("next.nowAlertPlain") : t("next.nowAlert", { dwell: Math.round(dwell) });
  }
}
