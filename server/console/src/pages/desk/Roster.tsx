/** 排班: who is on duty on a day, and putting people on. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";
import { Day } from "../../parts/Day";
import { Refused } from "../../parts/Refused";
import { Answer } from "../../parts/states";
import { dayOf, moment, utcOf } from "../../parts/time";
import { Reasoned } from "./Reasoned";
import { useWords } from "./words";

const DAY_MS = 86_400_000;

export function useOfficers() {
  return useQuery({ queryKey: ["desk", "officers"], queryFn: () => body(api.GET("/api/desk/officers")) });
}

export function Roster() {
  const t = useWords();
  const language = useLanguage();
  const [day, setDay] = useState(() => dayOf(new Date().toISOString()));
  const officers = useOfficers();
  const since = utcOf(day);
  const shifts = useQuery({
    queryKey: ["desk", "shifts", day],
    enabled: since !== "",
    queryFn: () => {
      const until = new Date(Date.parse(since) + DAY_MS).toISOString();
      return body(api.GET("/api/shifts", { params: { query: { since, until } } }));
    },
  });
  const officer = (id: string) => officers.data?.find((one) => one.person_id === id);
  return (
    <>
      <div className="desk-inline">
        <label>
          {t("roster.day")}
          <Day value={day} onChange={setDay} />
        </label>
      </div>
      <Answer of={shifts} empty={(all) => all.length === 0} nothing={t("roster.nothing")}>
        {(all) => (
          <ul className="desk-cards">
            {all.map((shift) => (
              <li key={shift.id} className="card">
                <p>
                  <b>{officer(shift.person_id)?.name ?? shift.person_id.slice(0, 8)}</b>{" "}
                  <span>{officer(shift.person_id)?.team}</span>{" "}
                  <span className="num">
                    {moment(shift.starts_at, language)} – {moment(shift.ends_at, language)}
                  </span>{" "}
                  {shift.cancelled_at ? <span className="tag warn">{t("roster.cancelled")}</span> : null}
                </p>
                {shift.cancelled_at ? null : (
                  <Reasoned
                    send={t("roster.cancel")}
                    ask={() =>
                      body(
                        api.POST("/api/shifts/{shift_id}/cancel", {
                          params: { path: { shift_id: shift.id } },
                        }),
                      )
                    }
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      <Add day={day} />
    </>
  );
}

function Add({ day }: { day: string }) {
  const t = useWords();
  const client = useQueryClient();
  const officers = useOfficers();
  const [who, setWho] = useState<readonly string[]>([]);
  const [from, setFrom] = useState("08:00");
  const [to, setTo] = useState("20:00");
  const enter = useMutation({
    mutationFn: () => {
      const starts_at = utcOf(`${day}T${from}`);
      // Over midnight when it ends before it begins.
      const over = to <= from ? DAY_MS : 0;
      const ends_at = new Date(Date.parse(utcOf(`${day}T${to}`)) + over).toISOString();
      return body(api.POST("/api/shifts", { body: { person_ids: [...who], starts_at, ends_at } }));
    },
    onSuccess: () => {
      setWho([]);
      return client.invalidateQueries({ queryKey: ["desk"] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <form className="card desk-form" onSubmit={submit}>
      <fieldset className="desk-people">
        <legend>{t("roster.who")}</legend>
        {(officers.data ?? []).map((one) => (
          <label key={one.person_id}>
            <input
              type="checkbox"
              checked={who.includes(one.person_id)}
              onChange={(event) =>
                setWho(
                  event.target.checked ? [...who, one.person_id] : who.filter((id) => id !== one.person_id),
                )
              }
            />
            {one.name} <small>{one.team}</small>
          </label>
        ))}
      </fieldset>
      <div className="desk-inline">
        <label>
          {t("roster.from")}
          <input
            className="field"
            type="time"
            required
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
        </label>
        <label>
          {t("roster.to")}
          <input
            className="field"
            type="time"
            required
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </label>
        <button type="submit" className="btn primary" disabled={enter.isPending || who.length === 0}>
          {t("roster.add")}
        </button>
      </div>
      <p role="status">
        {enter.data
          ? t("roster.saved", { n: enter.data.length })
          : who.length === 0
            ? t("roster.choose")
            : ""}
      </p>
      {enter.error ? <Refused error={enter.error} /> : null}
    </form>
  );
}
