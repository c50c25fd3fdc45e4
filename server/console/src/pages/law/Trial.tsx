/** What a draft would have changed: the newest cases judged again under it. Nothing is written. */
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { told } from "../../parts/states";
import { type Draft, tryOut } from "./asking";
import { useWords } from "./words";

const COLOURS = { kinder: "tag good", harsher: "tag bad", same: "tag" } as const;

export function Trial({ draft }: { draft: Draft }) {
  const t = useWords();
  const [limit, setLimit] = useState(1000);
  const trying = useMutation({ mutationFn: tryOut(draft) });
  const found = trying.data;
  return (
    <div className="card law-form">
      <p>{t("trial.explain")}</p>
      <div className="law-acts">
        <label className="law-with">
          {t("trial.limit")}
          <select className="field" value={limit} onChange={(event) => setLimit(Number(event.target.value))}>
            {[100, 1000, 5000].map((n) => (
              <option key={n} value={n}>
                {n}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className="btn primary"
          disabled={trying.isPending}
          onClick={() => trying.mutate(limit)}
        >
          {t("trial.run")}
        </button>
      </div>
      <div role="status">
        {trying.isPending ? (
          <>
            <progress aria-label={t("trial.running", { n: limit })} /> {t("trial.running", { n: limit })}
          </>
        ) : null}
        {found ? (
          <p>
            {t("trial.looked", { n: found.looked_at })}{" "}
            <span className="tag good">{t("trial.kinder", { n: found.kinder })}</span>{" "}
            <span className="tag bad">{t("trial.harsher", { n: found.harsher })}</span>
          </p>
        ) : null}
      </div>
      {trying.error ? (
        <p role="alert" className="fault">
          {told(trying.error)}
        </p>
      ) : null}
      {found && found.changed.length === 0 ? <p className="state">{t("trial.none")}</p> : null}
      {found && found.changed.length > 0 ? (
        <table className="law-table">
          <thead>
            <tr>
              <th scope="col">{t("trial.case")}</th>
              <th scope="col">{t("trial.was")}</th>
              <th scope="col">{t("trial.now")}</th>
              <th scope="col">{t("trial.why")}</th>
            </tr>
          </thead>
          <tbody>
            {found.changed.map((one) => (
              <tr key={one.case_id}>
                <th scope="row">
                  <Link to="/cases/$id" params={{ id: one.case_id }}>
                    {one.number}
                  </Link>{" "}
                  {one.item_code}
                </th>
                <td>
                  {one.old_rule} {one.old_result}
                </td>
                <td>
                  {one.new_rule} {one.new_result}
                </td>
                <td>
                  <span className={COLOURS[one.direction]}>{t(`trial.dir.${one.direction}`)}</span>
                  <small className="law-faint"> {one.notes.join("; ")}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}
