/** One thing to do on a task, as a form of its own. Handed in, it is kept on the phone and goes out by itself. */
import type { ComponentType } from "react";
import type { Seen } from "../asif";
import { useTask } from "../tasks";
import { back, type Deed as Name } from "../view";
import { useWords } from "../words";
import { Arrive } from "./Arrive";
import { Corrected } from "./Corrected";
import { Found } from "./Found";
import { Head } from "./Head";
import { OnSite } from "./OnSite";
import { Pledge } from "./Pledge";
import { Ask, FalseAlarm, Nobody, Refuse } from "./Reasons";
import { Verdict } from "./Verdict";

export interface Doing {
  readonly seen: Seen;
  /** Back to the task. */
  readonly done: () => void;
}

const FORMS: Readonly<Record<Name, ComponentType<Doing>>> = {
  arrive: Arrive,
  refuse: Refuse,
  ask: Ask,
  order: (doing) => <OnSite {...doing} spot={false} />,
  spot: (doing) => <OnSite {...doing} spot={true} />,
  corrected: Corrected,
  pledge: Pledge,
  verdict: Verdict,
  false: FalseAlarm,
  nobody: Nobody,
  found: Found,
};

export function Deed({ caseId, what }: { caseId: string; what: Name | null }) {
  const t = useWords();
  const seen = useTask(caseId);
  if (seen === null || what === null)
    return (
      <div className="o-page">
        <Head title={t("tasks.title")} />
        <p className="o-empty">{t("task.gone")}</p>
      </div>
    );
  const Form = FORMS[what];
  return <Form seen={seen} done={() => back({ at: "task", caseId })} />;
}
