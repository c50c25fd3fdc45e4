/** Two versions field by field. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Answer } from "../../parts/states";
import { comparison, type Draft, lists } from "./asking";
import { useWords } from "./words";

const KINDS = { added: "tag good", removed: "tag bad", changed: "tag warn" } as const;

export function Compare({ chosen, draft }: { chosen: string; draft: Draft | undefined }) {
  const t = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const versions = (useQuery(lists).data ?? []).filter((version) => version.id !== chosen);
  const before = search.before ?? versions[0]?.id ?? "";
  const asked = useQuery(comparison(before, chosen));
  if (draft !== undefined && draft.faults.length > 0)
    return <p className="state">{t("compare.needsSound")}</p>;
  return (
    <div className="card">
      <label className="law-with">
        {t("compare.with")}
        <select
          className="field"
          value={before}
          onChange={(event) =>
            void navigate({ to: "/law", search: { ...search, before: event.target.value }, replace: true })
          }
        >
          {versions.map((version) => (
            <option key={version.id} value={version.id}>
              {version.key}
            </option>
          ))}
        </select>
      </label>
      {before === "" ? (
        <p className="state">{t("compare.same")}</p>
      ) : (
        <Answer of={asked} empty={(found) => found.length === 0} nothing={t("compare.same")}>
          {(found) => (
            <table className="law-table">
              <thead>
                <tr>
                  <th scope="col">{t("item.code")}</th>
                  <th scope="col">{t("trial.why")}</th>
                  <th scope="col">{t("compare.before")}</th>
                  <th scope="col">{t("compare.after")}</th>
                </tr>
              </thead>
              <tbody>
                {found.map((change) => (
                  <tr key={`${change.where}/${change.field}`}>
                    <th scope="row">{change.where}</th>
                    <td>
                      <span className={KINDS[change.kind]}>{t(`compare.${change.kind}`)}</span> {change.field}
                    </td>
                    <td>
                      <del>{change.before}</del>
                    </td>
                    <td>
                      <ins>{change.after}</ins>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Answer>
      )}
    </div>
  );
}
