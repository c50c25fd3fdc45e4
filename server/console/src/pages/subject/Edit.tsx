/** The edits of a file, each a short form; every one of them is on record with who made it. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { HandoverRead, SubjectRead } from "../../api/schema";
import { FormDialog, type Values } from "../../parts/FormDialog";
import { fieldsOf, type Said } from "./fields";
import { useChanged } from "./reads";
import { end, send } from "./sends";
import { useWords } from "./words";

export type Act =
  | "rename"
  | "identity"
  | "head"
  | "premises"
  | "contact"
  | "zone"
  | "link"
  | "record"
  | "handover";
export interface Ending {
  readonly end: "premises" | "contacts" | "zones";
  readonly id: string;
  readonly title: string;
}

export function Edit({ of, act, close }: { of: SubjectRead; act: Act | Ending; close: () => void }) {
  const t: Said = useWords();
  const changed = useChanged();
  const [handed, setHanded] = useState<HandoverRead | null>(null);
  if (handed) return <Handed of={handed} close={close} />;
  if (typeof act !== "string")
    return (
      <FormDialog
        title={`${t("end")} ${act.title}`}
        lead={<p>{t("form.endSure")}</p>}
        fields={[]}
        submit={t("end")}
        send={async () => {
          await end(act);
          await changed();
        }}
        close={close}
      />
    );
  return (
    <FormDialog
      title={t(`act.${act}`)}
      lead={act === "handover" ? <p>{t("form.handoverLead")}</p> : null}
      fields={fieldsOf(act, t)}
      start={act === "handover" ? { taker: "existing" } : { language: "zh-CN", rank: "1" }}
      send={async (values: Values) => {
        const answer = await send(of.id, act, values);
        await changed();
        return answer;
      }}
      {...(act === "handover" ? { sent: (answer: unknown) => setHanded(answer as HandoverRead) } : {})}
      close={close}
    />
  );
}

/** What a handover left to do. */
function Handed({ of, close }: { of: HandoverRead; close: () => void }) {
  const t = useWords();
  return (
    <div className="subject-handed card" role="status">
      <h2>{t("handed.title")}</h2>
      {of.permits.length > 0 ? <p>{t("handed.permits", { list: of.permits.join("、") })}</p> : null}
      {of.cases_to_review.length > 0 ? <p>{t("handed.cases", { n: of.cases_to_review.length })}</p> : null}
      <Link className="btn primary" to="/subjects/$id" params={{ id: of.to_id }} onClick={close}>
        {t("handed.open")}
      </Link>
    </div>
  );
}
