/** The own case, read once a minute: what is asked first, then why, then everything that can be done. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { body, Offline, Problem } from "../api/client";
import type { OwnCase } from "../api/schema";
import { useLanguage } from "../i18n";
import { moment } from "../parts/time";
import { Title } from "./App";
import { Ask } from "./Ask";
import { Correct } from "./Correct";
import { renew } from "./door";
import { NowCard } from "./Now";
import { Papers } from "./Papers";
import { Pledge } from "./Pledge";
import { Say } from "./Say";
import { Seen } from "./Seen";
import { memory, party } from "./server";
import type { Open } from "./visit";
import { Wrong } from "./Wrong";
import { useWords } from "./words";

const KEY = ["own"] as const;

/** Reads the own case again, or takes the answer of what was just done for it. */
export function useOwn(): (given?: OwnCase) => void {
  const client = useQueryClient();
  return (given) => {
    if (given === undefined) void client.invalidateQueries({ queryKey: KEY });
    else client.setQueryData([...KEY], given);
    void client.invalidateQueries({ queryKey: ["papers"] });
  };
}

export function Own({ open }: { open: Open }) {
  const t = useWords();
  const language = useLanguage();
  const own = useQuery({
    queryKey: KEY,
    queryFn: () => body(party.GET("/api/party/case")),
    refetchInterval: 60_000,
    retry: (count, error) => !(error instanceof Problem) && count < 2,
  });
  const ended = own.error instanceof Problem && own.error.status === 401;
  useEffect(() => {
    if (ended) void renew(open);
  }, [ended, open]);
  const item = language === "en" ? own.data?.item_en : own.data?.item_zh;
  const number = own.data?.number;
  useEffect(() => {
    if (number) memory.name(open.origin, number, item ?? "");
  }, [open.origin, number, item]);
  if (own.data === undefined)
    return own.error ? (
      <Wrong error={own.error} retry={() => void own.refetch()} />
    ) : (
      <p className="state" aria-busy="true" role="status">
        {t("opening")}
      </p>
    );
  const mine = own.data;
  return (
    <>
      {own.error instanceof Offline ? <Wrong error={own.error} retry={() => void own.refetch()} /> : null}
      <section className="pt-card">
        <Title text={item || t("app")} />
        <dl className="pt-facts">
          <dt>{t("head.number")}</dt>
          <dd>{mine.number}</dd>
          <dt>{t("head.who")}</dt>
          <dd lang="zh-CN">{mine.subject}</dd>
          {mine.place ? (
            <>
              <dt>{t("head.place")}</dt>
              <dd lang="zh-CN">{mine.place}</dd>
            </>
          ) : null}
        </dl>
      </section>
      <NowCard of={mine} />
      <Outcome of={mine} />
      <Seen of={mine} />
      <section className="pt-card" aria-labelledby="pt-law">
        <h2 id="pt-law">{t("law.title")}</h2>
        <p>{mine.law.length > 0 ? t("law.yes", { law: mine.law.join("、") }) : t("law.no")}</p>
      </section>
      <Correct of={mine} />
      <Pledge of={mine} />
      <Say of={mine} />
      <Papers />
      {mine.remedy ? (
        <section className="pt-card" aria-labelledby="pt-remedy">
          <h2 id="pt-remedy">{t("remedy.title")}</h2>
          <p>{t("remedy.both", { ...mine.remedy })}</p>
        </section>
      ) : null}
      <Ask of={mine.authority} />
    </>
  );
}

const OUTCOMES = [
  "exempt_t1",
  "exempt_t2",
  "no_penalty",
  "penalty_track",
  "no_violation",
  "transfer_crime",
] as const;

function Outcome({ of }: { of: OwnCase }) {
  const t = useWords();
  const language = useLanguage();
  if (of.outcomes.length === 0) return null;
  return (
    <section className="pt-card" aria-labelledby="pt-outcome">
      <h2 id="pt-outcome">{t("outcome.title")}</h2>
      <ul>
        {of.outcomes.map((one) => (
          <li key={one.decided_at}>
            <b>{t(`outcome.${OUTCOMES.find((name) => name === one.outcome) ?? "other"}`)}</b>{" "}
            <span className="pt-faint">{t("outcome.at", { time: moment(one.decided_at, language) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
