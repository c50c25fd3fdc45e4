/** 挂账复查: the obstacle is gone before its date, and the case goes on. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../../api/client";
import type { CaseDetail } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Refused } from "../../parts/Refused";
import { moment } from "../../parts/time";
import { useWords } from "./words";

export function ObstacleGone({ of, onDone }: { of: CaseDetail; onDone: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const [reason, setReason] = useState("");
  const report = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/cases/{case_id}/obstacle-gone", {
          params: { path: { case_id: of.id }, header: { "if-match": `"${of.version}"` } },
          body: { reason },
        }),
      ),
    onSuccess: onDone,
  });
  return (
    <form
      className="desk-form"
      onSubmit={(event) => {
        event.preventDefault();
        report.mutate();
      }}
    >
      {of.timer ? (
        <p>
          {t("obstacle.review")} {moment(of.timer.due_at, language)}
        </p>
      ) : null}
      <label>
        {t("obstacle.why")}
        <textarea
          className="field"
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="btn primary" disabled={report.isPending || reason.trim() === ""}>
        {t("obstacle.gone")}
      </button>
      {report.error ? <Refused error={report.error} /> : null}
    </form>
  );
}
