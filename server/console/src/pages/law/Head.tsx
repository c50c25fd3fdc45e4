/** What the list says of itself: title, authority, days in force, and the laws it names. */
import { useState } from "react";
import { Problem } from "../../api/client";
import type { ExemptionList } from "../../api/schema";
import { useMe } from "../../app/session";
import { told } from "../../parts/states";
import { changeHead, type Draft, useChange } from "./asking";
import { at, type Field, put, type Tree } from "./fields";
import { Input } from "./Input";
import { useWords } from "./words";

const FIELDS: readonly Field[] = [
  { at: "title.zh", says: "zh", kind: "text" },
  { at: "title.en", says: "en", kind: "text" },
  { at: "version", says: "version", kind: "text" },
  { at: "author", says: "author", kind: "text" },
  { at: "status", says: "status", kind: ["draft", "signed"] },
  { at: "in_force_from", says: "in_force_from", kind: "date" },
  { at: "in_force_to", says: "in_force_to", kind: "date" },
  { at: "exemptions_count", says: "exemptions_count", kind: "flag" },
];

export function Head({ whole, draft }: { whole: ExemptionList; draft: Draft | undefined }) {
  const t = useWords();
  const roles = useMe()?.roles ?? [];
  const writes = draft !== undefined && roles.includes("legal");
  const [typed, setTyped] = useState<Tree>(whole as unknown as Tree);
  const saving = useChange<Tree>(draft ? changeHead(draft) : () => Promise.reject(new Error("no draft")));
  const tell = () => {
    const { items: _items, id: _id, ...head } = typed;
    saving.mutate(head);
  };
  const stale = saving.error instanceof Problem && saving.error.status === 412;
  return (
    <form
      className="card law-form"
      onSubmit={(event) => {
        event.preventDefault();
        tell();
      }}
    >
      <div className="law-fields">
        {FIELDS.map((field) => (
          <Input
            key={field.at}
            field={field}
            value={at(typed, field.at)}
            change={writes ? (value) => setTyped(put(typed, field.at, value)) : undefined}
          />
        ))}
      </div>
      <fieldset>
        <legend>{t("group.offence_basis")}</legend>
        <ul className="law-laws">
          {Object.entries(whole.statutes).map(([code, law]) => (
            <li key={code}>
              <b>{code}</b> {law.zh}{" "}
              <span className={law.verified ? "tag good" : "tag warn"}>
                {t(law.verified ? "item.verified" : "item.unverified")}
              </span>{" "}
              <small className="law-faint">
                {law.in_force_from ? t("inForce", { from: law.in_force_from }) : ""}{" "}
                {law.in_force_to ? t("until", { to: law.in_force_to }) : ""}
              </small>
            </li>
          ))}
        </ul>
      </fieldset>
      {writes ? (
        <div className="law-acts">
          <button type="submit" className="btn primary" disabled={saving.isPending}>
            {t("save")}
          </button>
          <span role="status">{saving.data ? t("saved", { n: saving.data.revision }) : ""}</span>
          {saving.error ? (
            <span role="alert" className="fault">
              {stale ? t("stale") : told(saving.error)}
            </span>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}
