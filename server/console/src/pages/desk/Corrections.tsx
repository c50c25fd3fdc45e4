/** 改正任务: decisions that rested on what has changed since; a person looks at each and settles it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "../../api/client";
import type { TaskRead } from "../../api/schema";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { DueIn } from "../../parts/Deadline";
import { Refused } from "../../parts/Refused";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { useWords } from "./words";

const OUTCOMES = ["stands", "own_motion", "elsewhere"] as const;
type Outcome = (typeof OUTCOMES)[number];

export function Corrections() {
  const t = useWords();
  const tasks = useQuery({
    queryKey: ["desk", "corrections"],
    queryFn: () =>
      body(api.GET("/api/correction-tasks", { params: { query: { status: "open", limit: 200 } } })),
  });
  const byDue = (all: readonly TaskRead[]) => [...all].sort((a, b) => a.due_at.localeCompare(b.due_at));
  return (
    <Answer of={tasks} empty={(page) => page.items.length === 0} nothing={t("corrections.nothing")}>
      {(page) => (
        <ul className="desk-cards">
          {byDue(page.items).map((task) => (
            <Task key={task.id} task={task} />
          ))}
        </ul>
      )}
    </Answer>
  );
}

function Task({ task }: { task: TaskRead }) {
  const t = useWords();
  const language = useLanguage();
  const me = useMe();
  const roles = me?.roles ?? [];
  const outcomes = OUTCOMES.filter((one) => one !== "own_motion" || roles.includes("head"));
  const maySettle = roles.includes("legal") || roles.includes("head");
  const said = ({ first, rule, result }: TaskRead["old"]) =>
    `${rule} ${result} (${t("corrections.first", { first })})`;
  return (
    <li className="card">
      <p>
        <Link to="/cases/$id" params={{ id: task.case_id }} className="num">
          {task.case_number}
        </Link>{" "}
        <span className="tag">
          {t(task.decision_id ? "corrections.decision" : "corrections.recommendation")}
        </span>{" "}
        <DueIn at={task.due_at} />
      </p>
      {task.causes.map((cause) => (
        <p key={cause.offence_id + cause.at}>
          {language === "en" ? cause.why_en : cause.why_zh} <small>{moment(cause.at, language)}</small>
        </p>
      ))}
      <p>
        {t("corrections.was")} <code>{said(task.old)}</code> → {t("corrections.now")}{" "}
        <code>{said(task.new)}</code>
      </p>
      {maySettle ? <Settle task={task} outcomes={outcomes} /> : null}
    </li>
  );
}

function Settle({ task, outcomes }: { task: TaskRead; outcomes: readonly Outcome[] }) {
  const t = useWords();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome>("stands");
  const [reason, setReason] = useState("");
  const settle = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/correction-tasks/{task_id}/settlement", {
          params: { path: { task_id: task.id } },
          body: { outcome, reason },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["desk"] }),
  });
  return (
    <form
      className="desk-inline"
      onSubmit={(event) => {
        event.preventDefault();
        settle.mutate();
      }}
    >
      <select
        className="field"
        aria-label={t("corrections.settle")}
        value={outcome}
        onChange={(event) => setOutcome(event.target.value as Outcome)}
      >
        {outcomes.map((one) => (
          <option key={one} value={one}>
            {t(`corrections.${one}`)}
          </option>
        ))}
      </select>
      <label>
        {t("corrections.why")}
        <input
          className="field"
          required
          minLength={4}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="btn primary" disabled={settle.isPending}>
        {t("corrections.settle")}
      </button>
      {settle.error ? <Refused error={settle.error} /> : null}
    </form>
  );
}
