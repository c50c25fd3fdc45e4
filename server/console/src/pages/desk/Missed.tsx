/** 漏报: what patrols found in view of a camera that told of nothing, in figures and one by one. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { useWords } from "./words";

const DAYS = [7, 30, 90] as const;
const DAY_MS = 86_400_000;

export function Missed() {
  const t = useWords();
  const language = useLanguage();
  const [days, setDays] = useState<number>(30);
  const count = useQuery({
    queryKey: ["desk", "missed", days],
    queryFn: () => {
      const now = Date.now();
      const query = {
        since: new Date(now - days * DAY_MS).toISOString(),
        until: new Date(now).toISOString(),
      };
      return body(api.GET("/api/reports/missed", { params: { query } }));
    },
  });
  const reports = useQuery({
    queryKey: ["desk", "reports"],
    queryFn: () => body(api.GET("/api/reports", { params: { query: { source: "patrol", limit: 100 } } })),
  });
  return (
    <>
      <select
        className="field"
        aria-label={t("queue.missed")}
        value={days}
        onChange={(event) => setDays(Number(event.target.value))}
      >
        {DAYS.map((n) => (
          <option key={n} value={n}>
            {t("missed.days", { n })}
          </option>
        ))}
      </select>
      <Answer of={count}>
        {(told) => (
          <dl className="desk-figures">
            <Figure name={t("missed.found")} n={told.found} />
            <Figure name={t("missed.inView")} n={told.in_view} />
            <Figure name={t("missed.missed")} n={told.missed} />
            <Figure name={t("missed.notWatching")} n={told.not_watching} />
          </dl>
        )}
      </Answer>
      <h2>{t("missed.reports")}</h2>
      <Answer of={reports} empty={(page) => page.items.length === 0} nothing={t("missed.nothing")}>
        {(page) => (
          <ul className="desk-cards">
            {page.items.map((one) => (
              <li key={one.id} className="card">
                <p>
                  <Link to="/cases/$id" params={{ id: one.case_id }} className="num">
                    {one.case_number}
                  </Link>{" "}
                  {one.missed ? <span className="tag bad">{t("queue.missed")}</span> : null}{" "}
                  <small>{moment(one.seen_at, language)}</small>
                </p>
                <p>{one.text}</p>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </>
  );
}

function Figure({ name, n }: { name: string; n: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{n}</dd>
    </div>
  );
}
