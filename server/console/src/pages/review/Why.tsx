/** The engine's reasoning, in words, for who wants it: asked for only then. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";
import { Answer } from "../../parts/states";
import { useWords } from "./words";

export function Why({ caseId }: { caseId: string }) {
  const t = useWords();
  const english = useLanguage() === "en";
  const [open, setOpen] = useState(false);
  const asked = useQuery({
    queryKey: ["case", caseId, "why"],
    queryFn: () => body(api.GET("/api/cases/{case_id}", { params: { path: { case_id: caseId } } })),
    enabled: open,
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(open ? "advice.hide" : "advice.whole")}</summary>
      {open ? (
        <Answer of={asked}>
          {(one) => (
            <ol className="rv-why">
              {one.why?.tried.map((step) => (
                <li key={step.rule} className={step.matched ? "rv-matched" : undefined}>
                  <b>{t("advice.rule", { rule: step.rule })}</b> {english ? step.en : step.zh}
                </li>
              ))}
            </ol>
          )}
        </Answer>
      ) : null}
    </details>
  );
}
