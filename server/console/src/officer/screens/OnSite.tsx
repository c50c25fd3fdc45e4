/** What two officers establish on site: the order to correct, or that it was corrected while they were there. */
import { newKey } from "../../api/keys";
import { serverNow, stamp } from "../clock";
import { hand, moveOf } from "../deciding";
import { useDraft } from "../draft";
import { fromLocal, toLocal } from "../local";
import { type Harm, papersOf, type Severity } from "../papers";
import { addressOf } from "../tasks";
import { useWords } from "../words";
import type { Doing } from "./Deed";
import { Check, Choice, Field, Form } from "./Form";
import { useOverlays } from "./overlays";
import { Photos } from "./Photos";
import { type SignedBy, Signing, UNSIGNED, useUnsigned } from "./Signing";
import { TeamFields, useTeam } from "./Team";

interface Said extends SignedBy {
  harm: Harm;
  sev: Severity;
  area: string;
  due: string;
  demands: string;
  findings: string;
  place: string;
  onPaper: boolean;
  orderNumber: string;
  recordNumber: string;
  photos: readonly string[];
  pledged: boolean;
  why: string;
}

const FIRST: Said = {
  ...UNSIGNED,
  harm: "NONE",
  sev: "SLIGHT",
  area: "",
  due: "",
  demands: "",
  findings: "",
  place: "",
  onPaper: false,
  orderNumber: "",
  recordNumber: "",
  photos: [],
  pledged: false,
  why: "",
};
const A_DAY_MIN = 24 * 60;

export function OnSite({ seen, done, spot }: Doing & { spot: boolean }) {
  const t = useWords();
  const { task } = seen;
  const [said, change, forget] = useDraft<Said>(`${spot ? "spot" : "order"}.${task.case.id}`, FIRST);
  const team = useTeam();
  const unsigned = useUnsigned();
  const overlays = useOverlays(task);
  const due = said.due || toLocal(serverNow() + (task.correction_minutes || A_DAY_MIN) * 60_000);
  const place = said.place || addressOf(task);
  const stopped = !task.subject.known
    ? t("order.unknown")
    : spot && !task.spot_path
      ? t("order.filedOnly")
      : "";
  const photoWords = t(spot ? "order.afterPhotos" : "order.photos");
  const missing = [
    ...(said.photos.length === 0 ? [photoWords] : []),
    ...team.missing,
    ...(team.byHand && said.why.trim() === "" ? [t("arrive.reason")] : []),
    ...(said.onPaper && said.recordNumber.trim() === "" ? [t("order.recordNumber")] : []),
    ...(said.onPaper && !spot && said.orderNumber.trim() === "" ? [t("order.orderNumber")] : []),
    ...(!spot && !(fromLocal(due) > serverNow()) ? [t("order.due")] : []),
    ...unsigned(said),
  ];
  const submit = async () => {
    const { documents, fields, files } = papersOf(
      {
        ...said,
        spot,
        officers: team.officers,
        area: said.area.trim() === "" ? null : Number(said.area),
        dueAt: new Date(fromLocal(due)).toISOString(),
        place,
        present: said.signer.trim(),
        refusedWhy: said.notSigned ? said.whyNot.trim() : "",
        signature: said.notSigned ? "" : said.signature,
        at: stamp(),
      },
      { caseId: task.case.id, number: task.case.number },
      newKey,
    );
    const move = moveOf(seen, { to: spot ? "W7" : "W6", reason: said.why.trim(), fields }, files);
    await hand([...documents, move]);
    forget();
    done();
  };
  const title = t(spot ? "order.spotTitle" : "order.title");
  return (
    <Form title={title} missing={stopped ? [stopped] : missing} submit={t("do.submit")} onSubmit={submit}>
      {stopped ? <p className="o-note bad">{stopped}</p> : null}
      <Photos
        label={photoWords}
        kind={spot ? "after" : "place"}
        caseId={task.case.id}
        names={said.photos}
        change={(photos) => change({ photos })}
        overlays={overlays}
      />
      <Choice
        label={t("order.harm")}
        short={true}
        value={said.harm}
        all={(["NONE", "MINOR", "SERIOUS"] as const).map((one) => [one, t(`order.harm${one}`)] as const)}
        change={(harm) => change({ harm })}
      />
      <Choice
        label={t("order.sev")}
        short={true}
        value={said.sev}
        all={(["SLIGHT", "ORDINARY", "GRAVE"] as const).map((one) => [one, t(`order.sev${one}`)] as const)}
        change={(sev) => change({ sev })}
      />
      {spot ? null : (
        <>
          <Field label={t("order.due")}>
            <input
              type="datetime-local"
              value={due}
              min={toLocal(serverNow())}
              onChange={(event) => change({ due: event.target.value })}
            />
          </Field>
          <Field label={t("order.demands")} hint={t("order.demandsHint")}>
            <textarea
              rows={2}
              value={said.demands}
              onChange={(event) => change({ demands: event.target.value })}
            />
          </Field>
        </>
      )}
      <Field label={t("order.findings")} hint={t("order.findingsHint")}>
        <textarea
          rows={2}
          value={said.findings}
          onChange={(event) => change({ findings: event.target.value })}
        />
      </Field>
      <Field label={t("order.place")}>
        <input value={place} onChange={(event) => change({ place: event.target.value })} />
      </Field>
      <Field label={t("order.area")}>
        <input
          inputMode="decimal"
          pattern="[0-9]*[.]?[0-9]*"
          value={said.area}
          onChange={(event) => change({ area: event.target.value.replace(/[^0-9.]/g, "") })}
        />
      </Field>
      <TeamFields />
      {team.byHand ? (
        <Field label={t("arrive.reason")} hint={t("advice.certificate")}>
          <textarea rows={2} value={said.why} onChange={(event) => change({ why: event.target.value })} />
        </Field>
      ) : null}
      <Papers said={said} change={change} spot={spot} />
      <Check label={t("order.pledged")} value={said.pledged} change={(pledged) => change({ pledged })} />
      <Signing caseId={task.case.id} value={said} change={change} mayRefuse={true} />
    </Form>
  );
}

interface PapersWanted {
  readonly said: Said;
  readonly change: (part: Partial<Said>) => void;
  readonly spot: boolean;
}

/** Numbered by the system once it is sent, or a paper form's numbers. */
function Papers({ said, change, spot }: PapersWanted) {
  const t = useWords();
  return (
    <>
      <Choice
        label={t("order.numbers")}
        value={said.onPaper ? "paper" : "system"}
        all={[
          ["system", t("order.bySystem")],
          ["paper", t("order.onPaper")],
        ]}
        change={(one) => change({ onPaper: one === "paper" })}
      />
      {said.onPaper && !spot ? (
        <Field label={t("order.orderNumber")}>
          <input value={said.orderNumber} onChange={(event) => change({ orderNumber: event.target.value })} />
        </Field>
      ) : null}
      {said.onPaper ? (
        <Field label={t("order.recordNumber")}>
          <input
            value={said.recordNumber}
            onChange={(event) => change({ recordNumber: event.target.value })}
          />
        </Field>
      ) : null}
    </>
  );
}
