/** What the shift leader keeps an eye on: what could not be taken or sent, alarms, against advice, missed reports. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api, body } from "../../api/client";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { Missed } from "./Missed";
import { Reasoned } from "./Reasoned";
import type { RoomKey } from "./tabs";
import { useWords } from "./words";

export function Watch({ what }: { what: RoomKey }) {
  switch (what) {
    case "letters":
      return <Letters />;
    case "alarms":
      return <Alarms />;
    case "deliveries":
      return <Deliveries />;
    case "against":
      return <Against />;
    default:
      return <Missed />;
  }
}

function Cards({ children }: { children: ReactNode }) {
  return <ul className="desk-cards">{children}</ul>;
}

function Letters() {
  const t = useWords();
  const language = useLanguage();
  const letters = useQuery({
    queryKey: ["desk", "letters"],
    queryFn: () => body(api.GET("/api/dead-letters", { params: { query: { limit: 200 } } })),
    select: (all) => all.filter((letter) => letter.settled_at === null),
  });
  return (
    <Answer of={letters} empty={(all) => all.length === 0} nothing={t("letters.nothing")}>
      {(all) => (
        <Cards>
          {all.map((letter) => (
            <li key={letter.id} className="card">
              <p>
                <b>{letter.edge_id}</b> <code>{letter.code}</code>{" "}
                <small>{moment(letter.received_at, language)}</small>{" "}
                <span className="tag">{t("letters.seen", { n: letter.times_seen })}</span>
              </p>
              <p lang="en">{letter.detail}</p>
              <details>
                <summary>{t("letters.payload")}</summary>
                <pre>{letter.payload}</pre>
              </details>
              <Reasoned
                label={t("letters.why")}
                send={t("letters.settle")}
                shortest={4}
                ask={(reason) =>
                  body(
                    api.POST("/api/dead-letters/{letter_id}/settlement", {
                      params: { path: { letter_id: letter.id } },
                      body: { reason },
                    }),
                  )
                }
              />
            </li>
          ))}
        </Cards>
      )}
    </Answer>
  );
}

function Alarms() {
  const t = useWords();
  const language = useLanguage();
  const alarms = useQuery({
    queryKey: ["desk", "alarms"],
    queryFn: () => body(api.GET("/api/security-alarms", { params: { query: { limit: 200 } } })),
    select: (all) => all.filter((alarm) => alarm.settled === null),
  });
  return (
    <Answer of={alarms} empty={(all) => all.length === 0} nothing={t("alarms.nothing")}>
      {(all) => (
        <Cards>
          {all.map((alarm) => (
            <li key={alarm.id} className="card">
              <p>
                <span className="tag bad">{t(`alarms.${alarm.kind as "forged_source"}`)}</span>{" "}
                <b>{alarm.edge_id}</b> <small>{moment(alarm.at, language)}</small>
              </p>
              <pre>{JSON.stringify(alarm.facts, null, 1)}</pre>
              <Reasoned
                label={t("letters.why")}
                send={t("letters.settle")}
                shortest={4}
                ask={(reason) =>
                  body(
                    api.POST("/api/security-alarms/{alarm_id}/settlement", {
                      params: { path: { alarm_id: alarm.id } },
                      body: { reason },
                    }),
                  )
                }
              />
            </li>
          ))}
        </Cards>
      )}
    </Answer>
  );
}

function Deliveries() {
  const t = useWords();
  const me = useMe();
  const mayAgain = me?.roles.some((role) => role === "superv" || role === "leader") ?? false;
  const stuck = useQuery({
    queryKey: ["desk", "deliveries"],
    queryFn: () =>
      body(api.GET("/api/notices/deliveries", { params: { query: { state: "dead", limit: 200 } } })),
  });
  return (
    <Answer of={stuck} empty={(all) => all.length === 0} nothing={t("deliveries.nothing")}>
      {(all) => (
        <Cards>
          {all.map((one) => (
            <li key={one.id} className="card">
              <p>
                <b>{one.channel}</b> <span>{one.target}</span>{" "}
                <span className="tag">{t("deliveries.attempts", { n: one.tries })}</span>
              </p>
              <p lang="en">{one.last_error}</p>
              {mayAgain ? (
                <Reasoned
                  send={t("deliveries.again")}
                  ask={() =>
                    body(
                      api.POST("/api/notices/deliveries/{delivery_id}/again", {
                        params: { path: { delivery_id: one.id } },
                      }),
                    )
                  }
                />
              ) : null}
            </li>
          ))}
        </Cards>
      )}
    </Answer>
  );
}

function Against() {
  const t = useWords();
  const language = useLanguage();
  const sent = useQuery({
    queryKey: ["desk", "against"],
    queryFn: () => body(api.GET("/api/assignments-against-advice", { params: { query: { limit: 100 } } })),
  });
  const officers = useQuery({
    queryKey: ["desk", "officers"],
    queryFn: () => body(api.GET("/api/desk/officers")),
  });
  const name = (id: string) => officers.data?.find((one) => one.person_id === id)?.name ?? id.slice(0, 8);
  return (
    <Answer of={sent} empty={(all) => all.length === 0} nothing={t("against.nothing")}>
      {(all) => (
        <Cards>
          {all.map((one) => (
            <li key={one.id} className="card">
              <p>
                <Link to="/cases/$id" params={{ id: one.case_id }}>
                  {t("against.by", { name: name(one.assignee_id) })}
                </Link>{" "}
                {one.against.map((why) => (
                  <span key={why} className="tag warn">
                    {t(`against.${why as "no_power"}`)}
                  </span>
                ))}{" "}
                <small>{moment(one.sent_at, language)}</small>
              </p>
              <p>{one.reason}</p>
            </li>
          ))}
        </Cards>
      )}
    </Answer>
  );
}
