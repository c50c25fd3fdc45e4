/** One task: what was seen, where, who, by when; and below, under the thumb, what to do next. */
import type { ReactNode } from "react";
import type { Task } from "../../api/schema";
import type { Seen } from "../asif";
import { serverNow } from "../clock";
import { hereNow, useWhereabouts } from "../place";
import { clock, stateName, wayTo } from "../saying";
import { addressOf, spotOf, useItemName, useTask } from "../tasks";
import { useWords } from "../words";
import { Due } from "./Due";
import { Head } from "./Head";
import { Icon } from "./Icon";
import { Next } from "./Next";
import { Shown, useOwnPhotos } from "./Shown";

export function TaskPage({ caseId }: { caseId: string }) {
  const t = useWords();
  const seen = useTask(caseId);
  if (seen === null)
    return (
      <div className="o-page">
        <Head title={t("tasks.title")} />
        <div className="o-empty">
          <b>{t("task.gone")}</b>
          <p>{t("task.goneHint")}</p>
        </div>
      </div>
    );
  return <Whole seen={seen} />;
}

function Whole({ seen }: { seen: Seen }) {
  const t = useWords();
  const itemName = useItemName();
  const { task, state, unsent, refused } = seen;
  return (
    <div className="o-page">
      <Head title={itemName(task)} />
      <p className="o-tags" data-state={state}>
        <b className="o-state">{stateName(state)}</b>
        {task.case.urgent ? <b className="o-tag bad">{t("tasks.urgent")}</b> : null}
        <Due at={task.case.due_at ?? null} now={serverNow()} />
      </p>
      {refused !== null ? <p className="o-note bad">{t("task.stopped")}</p> : null}
      {refused === null && unsent > 0 ? <p className="o-note">{t("task.waiting")}</p> : null}
      <Pictures task={task} />
      <Way task={task} />
      <dl className="o-facts">
        <Fact name={t("task.subject")}>
          {task.subject.known ? task.subject.name : t("task.nobody")}
          {task.subject.code ? <small>{task.subject.code}</small> : null}
        </Fact>
        {task.case.peak_area_m2 === null ? null : (
          <Fact name={t("task.area")}>{t("task.areaValue", { n: task.case.peak_area_m2.toFixed(1) })}</Fact>
        )}
        <Fact name={t("task.seen")}>{clock(task.case.began_at)}</Fact>
        <Fact name={t("task.number")}>{task.case.number}</Fact>
      </dl>
      {task.documents.length === 0 ? null : (
        <details className="o-more">
          <summary>{t("task.documents")}</summary>
          <ul>
            {task.documents.map((one) => (
              <li key={one.id}>{one.number}</li>
            ))}
          </ul>
        </details>
      )}
      <details className="o-more">
        <summary>{t("task.history")}</summary>
        <ol>
          {task.steps.map((step) => (
            <li key={step.ordinal}>
              <b>{stateName(step.to_state)}</b> {clock(step.at)} {step.actor_name}
              {step.reason ? <p>{step.reason}</p> : null}
            </li>
          ))}
        </ol>
      </details>
      <Next seen={seen} />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Pictures({ task }: { task: Task }) {
  const t = useWords();
  const own = useOwnPhotos(task.case.id);
  if (task.pictures.length + own.length === 0) return null;
  return (
    <section className="o-pictures" aria-label={t("task.pictures")}>
      {task.pictures.map((picture, n) => (
        <Shown
          key={picture.sha256}
          sha256={picture.sha256}
          className="o-picture"
          alt={t("task.picture", { n: n + 1 })}
        />
      ))}
      {own.map((photo, n) => (
        <Shown
          key={photo.sha256}
          sha256={photo.sha256}
          className="o-picture"
          alt={t("task.photo", { n: n + 1 })}
        />
      ))}
    </section>
  );
}

/** Where it is, how far and which way, and the phone's own map for the route. */
function Way({ task }: { task: Task }) {
  const t = useWords();
  useWhereabouts();
  const spot = spotOf(task);
  const here = hereNow();
  const label = encodeURIComponent(addressOf(task));
  return (
    <div className="o-way">
      <div>
        <strong>{addressOf(task)}</strong>
        <span>
          {spot === null ? t("task.unknownPlace") : here === null ? t("task.mapHint") : wayTo(here, spot)}
        </span>
      </div>
      {spot === null ? null : (
        <a className="o-square wide" href={`geo:${spot.lat},${spot.lon}?q=${spot.lat},${spot.lon}(${label})`}>
          <Icon name="route" />
          {t("task.route")}
        </a>
      )}
    </div>
  );
}
