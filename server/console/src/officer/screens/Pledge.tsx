/** 承诺书: read, signed on the glass, issued as a document and recorded with the signature. */
import { newKey } from "../../api/keys";
import { stamp } from "../clock";
import { hand } from "../deciding";
import { useDraft } from "../draft";
import { fromLocal } from "../local";
import type { Draft, Json } from "../outbox/entry";
import { addressOf } from "../tasks";
import { useWords } from "../words";
import type { Doing } from "./Deed";
import { Check, Field, Form } from "./Form";
import { Signing, UNSIGNED, useUnsigned } from "./Signing";
import { TeamFields, useTeam } from "./Team";

export function Pledge({ seen, done }: Doing) {
  const t = useWords();
  const { task } = seen;
  const first = { ...UNSIGNED, text: t("pledge.standard"), due: "", paper: true };
  const [said, change, forget] = useDraft(`pledge.${task.case.id}`, first);
  const team = useTeam();
  const unsigned = useUnsigned();
  const stopped = task.subject.known ? "" : t("order.unknown");
  const missing = [
    ...(said.text.trim() === "" ? [t("pledge.text")] : []),
    ...(said.paper ? team.missing : []),
    ...unsigned(said),
  ];
  const submit = async () => {
    const due: Record<string, Json> =
      said.due === "" ? {} : { due_at: new Date(fromLocal(said.due)).toISOString() };
    const common = { chain: task.case.id, about: task.case.number };
    const drafts: Draft[] = [];
    const paper = newKey();
    if (said.paper) {
      const officers = team.officers.map((one) => ({ ...one }));
      const fields: Json = { officers, place: addressOf(task), promises: said.text.trim(), ...due };
      const route = { kind: "document", caseId: task.case.id } as const;
      drafts.push({ ...common, key: paper, route, body: { kind: "pledge", fields }, files: [] });
    }
    const body: Json = {
      text: said.text.trim(),
      signed_by: said.signer.trim(),
      signed_at: stamp(),
      photos: [said.signature],
      ...due,
      ...(said.paper ? { document_id: { $answer: paper, take: "id" } } : {}),
    };
    drafts.push({
      ...common,
      route: { kind: "pledge", caseId: task.case.id },
      body,
      files: [said.signature],
    });
    await hand(drafts);
    forget();
    done();
  };
  return (
    <Form
      title={t("pledge.title")}
      missing={stopped ? [stopped] : missing}
      submit={t("do.submit")}
      onSubmit={submit}
    >
      {stopped ? <p className="o-note bad">{stopped}</p> : null}
      <Field label={t("pledge.text")}>
        <textarea rows={4} value={said.text} onChange={(event) => change({ text: event.target.value })} />
      </Field>
      <Field label={t("pledge.due")}>
        <input
          type="datetime-local"
          value={said.due}
          onChange={(event) => change({ due: event.target.value })}
        />
      </Field>
      <Check label={t("pledge.paper")} value={said.paper} change={(paper) => change({ paper })} />
      {said.paper ? <TeamFields /> : null}
      <Signing caseId={task.case.id} value={said} change={change} mayRefuse={false} />
    </Form>
  );
}
