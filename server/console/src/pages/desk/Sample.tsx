/** 结案抽查: closed cases drawn by lot. Whoever knows the seed draws the same. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";
import { Day } from "../../parts/Day";
import { useItemName } from "../../parts/items";
import { Answer } from "../../parts/states";
import { dayOf, moment, utcOf } from "../../parts/time";
import { useWords } from "./words";

const MONTH_MS = 30 * 86_400_000;
const DAY_MS = 86_400_000;

export function Sample() {
  const t = useWords();
  const language = useLanguage();
  const item = useItemName();
  const [from, setFrom] = useState(() => dayOf(new Date(Date.now() - MONTH_MS).toISOString()));
  const [to, setTo] = useState(() => dayOf(new Date().toISOString()));
  const [count, setCount] = useState(10);
  const [seed, setSeed] = useState("");
  const [asked, setAsked] = useState<{ from: string; to: string; count: number; seed: string } | null>(null);
  const drawn = useQuery({
    queryKey: ["sample", asked],
    enabled: asked !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => {
      const wanted = asked ?? { from, to, count, seed };
      const query = {
        closed_from: utcOf(wanted.from),
        closed_to: new Date(Date.parse(utcOf(wanted.to)) + DAY_MS).toISOString(),
        count: wanted.count,
        ...(wanted.seed === "" ? {} : { seed: wanted.seed }),
      };
      return body(api.GET("/api/desk/sample", { params: { query } }));
    },
  });
  const draw = (event: FormEvent) => {
    event.preventDefault();
    setAsked({ from, to, count, seed });
    if (seed === "") void drawn.refetch();
  };
  return (
    <>
      <form className="desk-inline" onSubmit={draw}>
        <label>
          {t("sample.from")}
          <Day value={from} required onChange={(day) => setFrom(day)} />
        </label>
        <label>
          {t("sample.to")}
          <Day value={to} required onChange={(day) => setTo(day)} />
        </label>
        <label>
          {t("sample.count")}
          <input
            className="field num"
            type="number"
            min={1}
            max={100}
            value={count}
            onChange={(event) => setCount(Number(event.target.value))}
          />
        </label>
        <label>
          {t("sample.seed")}
          <input
            className="field"
            pattern="[0-9A-Za-z_\-]{1,64}"
            value={seed}
            onChange={(event) => setSeed(event.target.value)}
          />
        </label>
        <button type="submit" className="btn primary">
          {t("sample.draw")}
        </button>
      </form>
      {asked === null ? (
        <p>{t("sample.hint")}</p>
      ) : (
        <Answer of={drawn} empty={(found) => found.cases.length === 0} nothing={t("sample.nothing")}>
          {(found) => (
            <>
              <p role="status">
                {t("sample.total", { total: found.total, n: found.cases.length, seed: found.seed })}
              </p>
              <ul className="desk-cards">
                {found.cases.map((one) => (
                  <li key={one.id} className="card">
                    <p>
                      <Link to="/cases/$id" params={{ id: one.id }} className="num">
                        {one.number}
                      </Link>{" "}
                      <span className="tag">{language === "en" ? one.state_en : one.state_zh}</span>{" "}
                      {item(one.item_code)} {one.subject_name}{" "}
                      <small>{one.closed_at ? moment(one.closed_at, language) : null}</small>
                    </p>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Answer>
      )}
    </>
  );
}
