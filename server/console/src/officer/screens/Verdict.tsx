/** Whether the camera was right: for who trains the model. It stands alone and waits for nothing. */
import { hand } from "../deciding";
import { useDraft } from "../draft";
import { useWords } from "../words";
import type { Doing } from "./Deed";
import { Choice, Field, Form } from "./Form";

export function Verdict({ seen, done }: Doing) {
  const t = useWords();
  const { task } = seen;
  const first: { verdict: "confirmed" | "false"; reason: string } = { verdict: "confirmed", reason: "" };
  const [said, change, forget] = useDraft(`verdict.${task.case.id}`, first);
  const submit = async () => {
    await hand(
      task.camera_alerts.map((alert_id) => ({
        chain: "",
        about: task.case.number,
        route: { kind: "verdict", caseId: task.case.id },
        body: { alert_id, verdict: said.verdict, reason: said.reason.trim() },
        files: [],
      })),
    );
    forget();
    done();
  };
  const missing = [
    ...(task.camera_alerts.length === 0 ? [t("verdict.none")] : []),
    ...(said.reason.trim() === "" ? [t("verdict.reason")] : []),
  ];
  return (
    <Form title={t("verdict.title")} missing={missing} submit={t("do.submit")} onSubmit={submit}>
      <p className="o-note">{t("verdict.why")}</p>
      <Choice
        label={t("verdict.title")}
        value={said.verdict}
        all={[
          ["confirmed", t("verdict.confirmed")],
          ["false", t("verdict.false")],
        ]}
        change={(verdict) => change({ verdict })}
      />
      <Field label={t("verdict.reason")} hint={t("verdict.hint")}>
        <textarea rows={2} value={said.reason} onChange={(event) => change({ reason: event.target.value })} />
      </Field>
    </Form>
  );
}
