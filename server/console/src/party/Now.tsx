/** What is asked, by when, what comes next, and what if not. */
import { useEffect, useState } from "react";
import type { OwnCase } from "../api/schema";
import { useLanguage } from "../i18n";
import { moment } from "../parts/time";
import { left } from "./left";
import { useWords } from "./words";

const EVERY_MS = 20_000;
const THREATS = ["reminded", "coming", "on_site", "ordered", "checked"] as const;

const ASKED: readonly string[] = ["reminded", "coming", "on_site", "ordered"];
const OVER: readonly string[] = [
  "no_record",
  "no_offence",
  "exempt",
  "corrected",
  "transferred",
  "not_punished",
];

function titleOf(phase: string) {
  if (ASKED.includes(phase)) return "now.title";
  return OVER.includes(phase) ? "now.title_over" : "now.title_wait";
}

export function NowCard({ of }: { of: OwnCase }) {
  const t = useWords();
  const threat = THREATS.find((phase) => phase === of.phase);
  return (
    <section className="pt-card pt-now" aria-labelledby="pt-now">
      <h2 id="pt-now">{t(titleOf(of.phase))}</h2>
      <p className="pt-what">{t(`phase.${of.phase}.what`)}</p>
      {of.asked?.until ? <Until until={of.asked.until} serverNow={of.now} /> : null}
      <h3>{t("now.next")}</h3>
      <p>{t(`phase.${of.phase}.next`)}</p>
      {threat ? (
        <>
          <h3>{t("now.ifnot")}</h3>
          <p>{t(`ifnot.${threat}`)}</p>
        </>
      ) : null}
      <nav className="pt-row pt-jump" aria-label={t("now.jump")}>
        {of.may.correct ? <a href="#pt-correct">{t("correct.short")}</a> : null}
        {of.may.pledge ? <a href="#pt-pledge">{t("pledge.short")}</a> : null}
        <a href="#pt-say">{t("say.short")}</a>
        <a href="#pt-papers">{t("papers.short")}</a>
      </nav>
    </section>
  );
}

function Until({ until, serverNow }: { until: string; serverNow: string }) {
  const t = useWords();
  const language = useLanguage();
  const now = useNow(serverNow);
  const rest = left(until, now);
  const facts = { d: rest.days, h: rest.hours, m: rest.minutes };
  const unit = rest.days > 0 ? "days" : rest.hours > 0 ? "hours" : "minutes";
  return (
    <div className={rest.over ? "pt-until over" : "pt-until"}>
      <p>
        <time dateTime={until}>{t("now.until", { time: moment(until, language) })}</time>
      </p>
      <p className="pt-left">
        {rest.over ? t("now.over") : t("now.left", { time: t(`now.${unit}`, facts) })}
      </p>
    </div>
  );
}

/** The server's clock, going on with this phone's. */
function useNow(serverNow: string): number {
  const [tick, set] = useState({ of: serverNow, began: Date.now(), now: Date.now() });
  useEffect(() => {
    const began = Date.now();
    set({ of: serverNow, began, now: began });
    const timer = setInterval(() => set({ of: serverNow, began, now: Date.now() }), EVERY_MS);
    return () => clearInterval(timer);
  }, [serverNow]);
  return Date.parse(tick.of) + (tick.now - tick.began);
}
