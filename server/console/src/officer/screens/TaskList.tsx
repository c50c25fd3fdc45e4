/** My tasks, nearest or due first. */
import { useState } from "react";
import { type Seen, sorted } from "../asif";
import { serverNow } from "../clock";
import { useKept } from "../kept/state";
import { follow, useWhereabouts } from "../place";
import { clock, length, stateName } from "../saying";
import { addressOf, farFrom, useItemName, useSeen } from "../tasks";
import { go } from "../view";
import { useWords } from "../words";
import { Due } from "./Due";
import { Shown } from "./Shown";

const KEPT = "shouwei.officer.order";

export function TaskList() {
  const t = useWords();
  const { tasks } = useKept();
  const seen = useSeen();
  const { here } = useWhereabouts();
  const [by, setBy] = useState<"near" | "due">(() =>
    localStorage.getItem(KEPT) === "near" ? "near" : "due",
  );
  const choose = (order: "near" | "due") => {
    localStorage.setItem(KEPT, order);
    setBy(order);
    if (order === "near") follow();
  };
  return (
    <div className="o-page">
      <h1>{t("tasks.title")}</h1>
      <div className="o-pair" role="group">
        {(["due", "near"] as const).map((order) => (
          <button key={order} type="button" aria-pressed={by === order} onClick={() => choose(order)}>
            {t(`tasks.${order}`)}
          </button>
        ))}
      </div>
      {by === "near" ? <PlaceNote /> : null}
      {tasks === null ? <p className="o-empty">{t("tasks.never")}</p> : null}
      {tasks !== null && seen.length === 0 ? <NoTasks /> : null}
      <ul className="o-list">
        {sorted(seen, by, (task) => farFrom(here, task)).map((one) => (
          <li key={one.task.case.id}>
            <Card seen={one} far={farFrom(here, one.task)} />
          </li>
        ))}
      </ul>
      {tasks === null ? null : <p className="o-faint">{t("tasks.at", { time: clock(tasks.at) })}</p>}
    </div>
  );
}

function Card({ seen, far }: { seen: Seen; far: number | null }) {
  const t = useWords();
  const itemName = useItemName();
  const { task, state, unsent, refused } = seen;
  const picture = task.pictures[0];
  return (
    <button
      type="button"
      className="o-card"
      data-state={state}
      onClick={() => go({ at: "task", caseId: task.case.id })}
    >
      {picture ? <Shown sha256={picture.sha256} alt="" /> : <span className="o-nothumb" />}
      <span className="o-cardtext">
        <span className="o-tags">
          <b className="o-state">{stateName(state)}</b>
          {task.case.urgent ? <b className="o-tag bad">{t("tasks.urgent")}</b> : null}
          {task.case.rework > 0 ? (
            <b className="o-tag">{t("tasks.rework", { n: task.case.rework })}</b>
          ) : null}
        </span>
        <strong>{itemName(task)}</strong>
        <span>{task.subject.known ? task.subject.name : t("task.nobody")}</span>
        <span className="o-faint">{addressOf(task)}</span>
        <span className="o-tags">
          <Due at={task.case.due_at ?? null} now={serverNow()} />
          {far === null ? null : <b className="o-tag">{length(far)}</b>}
          {refused !== null ? <b className="o-tag bad">{t("tasks.refused")}</b> : null}
          {refused === null && unsent > 0 ? (
            <b className="o-tag warn">{t("tasks.unsent", { n: unsent })}</b>
          ) : null}
        </span>
      </span>
    </button>
  );
}

function PlaceNote() {
  const t = useWords();
  const { sight } = useWhereabouts();
  if (sight === "known" || sight === "asking") return null;
  if (sight === "denied") return <p className="o-note">{t("tasks.denied")}</p>;
  return (
    <div className="o-note">
      <p>{t("tasks.placeWhy")}</p>
      <button type="button" className="o-big plain" onClick={follow}>
        {t("tasks.place")}
      </button>
    </div>
  );
}

function NoTasks() {
  const t = useWords();
  return (
    <div className="o-empty">
      <b>{t("tasks.empty")}</b>
      <p>{t("tasks.emptyHint")}</p>
      <button type="button" className="o-big" onClick={() => go({ at: "report" })}>
        {t("tasks.toReport")}
      </button>
    </div>
  );
}
