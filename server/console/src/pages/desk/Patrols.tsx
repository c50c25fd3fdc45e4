/** 双随机: places and pairs of officers drawn by lot; the same seed draws the same again. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import type { PatrolRead } from "../../api/schema";
import { Day } from "../../parts/Day";
import { Refused } from "../../parts/Refused";
import { Answer } from "../../parts/states";
import { dayOf } from "../../parts/time";
import { useDistricts } from "./districts";
import { useWords } from "./words";

export function Patrols() {
  const t = useWords();
  const plans = useQuery({
    queryKey: ["desk", "patrols"],
    queryFn: () => body(api.GET("/api/patrol-plans")),
  });
  return (
    <>
      <Draw />
      <Answer of={plans} empty={(all) => all.length === 0} nothing={t("patrols.nothing")}>
        {(all) => (
          <ul className="desk-cards">
            {all.map((plan, at) => (
              <Plan key={plan.id} plan={plan} open={at === 0} />
            ))}
          </ul>
        )}
      </Answer>
    </>
  );
}

function Draw() {
  const t = useWords();
  const client = useQueryClient();
  const districts = useDistricts();
  const [district, setDistrict] = useState("");
  const [day, setDay] = useState(() => dayOf(new Date().toISOString()));
  const [count, setCount] = useState(5);
  const [seed, setSeed] = useState("");
  const draw = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/patrol-plans", {
          body: {
            district: district || (districts[0]?.code ?? "local"),
            day,
            count,
            ...(seed === "" ? {} : { seed }),
          },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["desk", "patrols"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    draw.mutate();
  };
  return (
    <form className="card desk-inline" onSubmit={submit}>
      {districts.length > 1 ? (
        <label>
          {t("circumstances.district")}
          <select className="field" value={district} onChange={(event) => setDistrict(event.target.value)}>
            {districts.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label>
        {t("patrols.day")}
        <Day value={day} required onChange={(day) => setDay(day)} />
      </label>
      <label>
        {t("patrols.count")}
        <input
          className="field num"
          type="number"
          min={1}
          max={500}
          value={count}
          onChange={(event) => setCount(Number(event.target.value))}
        />
      </label>
      <label>
        {t("patrols.seed")}
        <input
          className="field"
          pattern="[0-9A-Za-z_\-]{1,64}"
          value={seed}
          onChange={(event) => setSeed(event.target.value)}
        />
      </label>
      <button type="submit" className="btn primary" disabled={draw.isPending}>
        {t("patrols.draw")}
      </button>
      {draw.error ? <Refused error={draw.error} /> : null}
    </form>
  );
}

function Plan({ plan, open }: { plan: PatrolRead; open: boolean }) {
  const t = useWords();
  const [shown, setShown] = useState(open);
  const places = useQuery({
    queryKey: ["desk", "patrols", plan.id],
    enabled: shown,
    queryFn: () => body(api.GET("/api/desk/patrols/{plan_id}", { params: { path: { plan_id: plan.id } } })),
  });
  return (
    <li className="card">
      <details open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
        <summary>
          {t("patrols.drawn", { day: plan.day, n: plan.drawn.length, seed: plan.seed })}{" "}
          <span className={plan.holds ? "tag good" : "tag bad"}>
            {t(plan.holds ? "patrols.holds" : "patrols.broken")}
          </span>
        </summary>
        <Answer of={places}>
          {(all) => (
            <ol>
              {all.map((place) => (
                <li key={place.subject_id}>
                  <Link to="/subjects/$id" params={{ id: place.subject_id }}>
                    {place.subject_name}
                  </Link>{" "}
                  {place.officers.join("、")} <small>{t("patrols.weight", { w: place.weight })}</small>
                </li>
              ))}
            </ol>
          )}
        </Answer>
      </details>
    </li>
  );
}
