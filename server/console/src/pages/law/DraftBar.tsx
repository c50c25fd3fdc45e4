/** What is left to settle in a draft, and what may be done with the whole of it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMe } from "../../app/session";
import { wanted } from "../../i18n/problems";
import { told } from "../../parts/states";
import { type Draft, dropDraft, publish } from "./asking";
import { useWords } from "./words";

export function DraftBar({ draft }: { draft: Draft }) {
  const t = useWords();
  const roles = useMe()?.roles ?? [];
  const client = useQueryClient();
  const navigate = useNavigate();
  const acting = useMutation<unknown, Error, "publish" | "drop">({
    mutationFn: (what) => (what === "publish" ? publish(draft)() : dropDraft(draft)()),
    onSuccess: async () => {
      await Promise.all(["lists", "drafts"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      await navigate({ to: "/law", search: {} });
    },
  });
  const sound = draft.faults.length === 0;
  return (
    <div className="card law-draft">
      <details open={!sound && draft.faults.length <= 6}>
        <summary>
          <span className={sound ? "tag good" : "tag warn"}>
            {sound ? t("noFaults") : t("faults", { n: draft.faults.length })}
          </span>
        </summary>
        <ul>
          {draft.faults.map((fault) => (
            <li key={fault}>{wanted(fault)}</li>
          ))}
        </ul>
      </details>
      <p className="law-faint">{t("publishRule")}</p>
      {acting.error ? (
        <p role="alert" className="fault">
          {told(acting.error)}
        </p>
      ) : null}
      <div className="law-acts">
        {roles.includes("head") ? (
          <button
            type="button"
            className="btn primary"
            disabled={!sound || acting.isPending}
            onClick={() => window.confirm(t("publishSure")) && acting.mutate("publish")}
          >
            {t("publish")}
          </button>
        ) : null}
        {roles.includes("legal") ? (
          <button
            type="button"
            className="btn danger"
            disabled={acting.isPending}
            onClick={() => window.confirm(t("dropSure")) && acting.mutate("drop")}
          >
            {t("drop")}
          </button>
        ) : null}
      </div>
    </div>
  );
}
