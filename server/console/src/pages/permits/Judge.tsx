/** Would trading here and then be allowed? A look that decides nothing. */
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import type { JudgmentRead } from "../../api/schema";
import { Refused } from "../../parts/Refused";
import { minuteOf, utcOf } from "../../parts/time";
import { ZonePick } from "../../parts/ZonePick";
import { useWords } from "./words";

const ANSWERS = ["unmeasured", "remind", "exceeded", "grace", "none"] as const;

export function Judge() {
  const t = useWords();
  const [place, setPlace] = useState({ edge: "", camera: "", zone: "" });
  const [at, setAt] = useState(() => minuteOf(new Date().toISOString()));
  const [beyond, setBeyond] = useState("");
  const [area, setArea] = useState("");
  const look = useMutation({
    mutationFn: () =>
      body(
        api.GET("/api/permits/judgment", {
          params: {
            query: {
              edge_id: place.edge,
              camera_id: place.camera,
              zone_id: place.zone,
              began_at: utcOf(at),
              ...(beyond === "" && area === "" ? {} : { relation: "exceeded" as const }),
              ...(beyond === "" ? {} : { beyond_m: Number(beyond) }),
              ...(area === "" ? {} : { area_m2: Number(area) }),
            },
          },
        }),
      ),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look.mutate();
  };
  return (
    <section className="card permits-judge">
      <p>{t("judge.lead")}</p>
      <form onSubmit={submit}>
        <div>
          <label htmlFor="permits-place">{t("form.place")}</label>
          <ZonePick id="permits-place" value={place} set={setPlace} />
        </div>
        <label>
          {t("judge.at")}
          <input
            className="field"
            type="datetime-local"
            required
            value={at}
            onChange={(event) => setAt(event.target.value)}
          />
        </label>
        <label>
          {t("judge.beyond")}
          <input
            className="field"
            type="number"
            min="0"
            step="any"
            value={beyond}
            onChange={(event) => setBeyond(event.target.value)}
          />
        </label>
        <label>
          {t("judge.area")}
          <input
            className="field"
            type="number"
            min="0"
            step="any"
            value={area}
            onChange={(event) => setArea(event.target.value)}
          />
        </label>
        <button type="submit" className="btn primary" disabled={look.isPending}>
          {t("judge.ask")}
        </button>
      </form>
      {look.error ? <Refused error={look.error} /> : null}
      <div role="status">{look.data ? <Found of={look.data} /> : null}</div>
    </section>
  );
}

function Found({ of }: { of: JudgmentRead }) {
  const t = useWords();
  const answer = ANSWERS.find((name) => name === of.answer) ?? "none";
  return (
    <div className="permits-found">
      <p className="permits-verdict">{t(`judge.${answer}`)}</p>
      {of.minutes_over > 0 ? <p>{t("judge.minutes", { n: Math.round(of.minutes_over) })}</p> : null}
      {of.permit_id ? (
        <p>
          {t("judge.permit")}{" "}
          <Link to="/permits" search={{ at: of.permit_id }}>
            {of.permit_id}
          </Link>
        </p>
      ) : null}
      {of.notes.length > 0 ? (
        <details>
          <summary>{t("judge.notes")}</summary>
          <ul lang="en">
            {of.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
