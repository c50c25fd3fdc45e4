/** Messages that could not be taken, and what an honest edge does not do. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import type { AlarmRead, DeadLetterRead } from "../../api/schema";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { told } from "../../parts/states";
import { moment } from "../../parts/time";
import { useWords } from "./words";

export function Trouble() {
  const t = useWords();
  const letters = useQuery({
    queryKey: ["dead-letters"],
    queryFn: () => body(api.GET("/api/dead-letters", { params: { query: {} } })),
  });
  const alarms = useQuery({
    queryKey: ["dead-letters", "alarms"],
    queryFn: () => body(api.GET("/api/security-alarms", { params: { query: {} } })),
  });
  const open = (letters.data ?? []).filter((letter) => letter.settled_at === null);
  const loud = (alarms.data ?? []).filter((alarm) => !alarm.settled);
  if (!letters.data || !alarms.data) return null;
  return (
    <section className="card fleet-trouble" aria-labelledby="fleet-trouble">
      <h2 id="fleet-trouble">{t("trouble")}</h2>
      {open.length === 0 && loud.length === 0 ? <p className="fleet-faint">{t("noTrouble")}</p> : null}
      {loud.length > 0 ? (
        <details open>
          <summary>{t("alarms", { n: loud.length })}</summary>
          <ul>
            {loud.map((alarm) => (
              <Alarm key={alarm.id} alarm={alarm} />
            ))}
          </ul>
        </details>
      ) : null}
      {open.length > 0 ? (
        <details>
          <summary>{t("letters", { n: open.length })}</summary>
          <ul>
            {open.map((letter) => (
              <Letter key={letter.id} letter={letter} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function Letter({ letter }: { letter: DeadLetterRead }) {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const isAdmin = useMe()?.roles.includes("admin") ?? false;
  const [said, setSaid] = useState("");
  const retry = async () => {
    try {
      const done = await body(
        api.POST("/api/dead-letters/{letter_id}/retry", { params: { path: { letter_id: letter.id } } }),
      );
      setSaid(done.rejected === null ? t("retried") : t("rejected", { why: done.rejected }));
      void client.invalidateQueries({ queryKey: ["dead-letters"] });
    } catch (error) {
      setSaid(error instanceof Error ? told(error) : String(error));
    }
  };
  const facts = { code: letter.code, at: moment(letter.received_at, language), n: letter.times_seen };
  return (
    <li>
      <b>{t("letter", facts)}</b>
      <p className="fleet-faint">{letter.detail}</p>
      {isAdmin ? (
        <button type="button" className="btn" onClick={() => void retry()}>
          {t("retry")}
        </button>
      ) : null}
      <span role="status">{said}</span>
    </li>
  );
}

function Alarm({ alarm }: { alarm: AlarmRead }) {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  const settle = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    try {
      await body(
        api.POST("/api/security-alarms/{alarm_id}/settlement", {
          params: { path: { alarm_id: alarm.id } },
          body: { reason },
        }),
      );
      void client.invalidateQueries({ queryKey: ["dead-letters"] });
    } catch (error) {
      setSaid(error instanceof Error ? told(error) : String(error));
    }
  };
  return (
    <li>
      <b>{t("alarm", { kind: alarm.kind, edge: alarm.edge_id, at: moment(alarm.at, language) })}</b>
      {isOpen ? (
        <form className="fleet-settle" onSubmit={(event) => void settle(event)}>
          <label>
            {t("settleWhy")}
            <input className="field" name="reason" required maxLength={400} />
          </label>
          <button type="submit" className="btn primary">
            {t("settleSend")}
          </button>
        </form>
      ) : (
        <button type="button" className="btn" onClick={() => setOpen(true)}>
          {t("settle")}
        </button>
      )}
      <span role="status">{said}</span>
    </li>
  );
}
