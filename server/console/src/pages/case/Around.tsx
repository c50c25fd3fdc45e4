/** Who the case is about: earlier findings, permits; and the other cases of the same act. */
import { Link } from "@tanstack/react-router";
import type { CaseDetail } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { useItemName } from "../../parts/items";
import { known } from "../../parts/Refused";
import { date, moment } from "../../parts/time";
import { useOffences, usePermits, useSiblings, useSubject } from "./reads";
import { useWords } from "./words";

export function SubjectCard({ of }: { of: CaseDetail }) {
  const t = useWords();
  const subject = useSubject(of.id, of.subject_id).data;
  const isKnown = subject !== undefined && subject.kind !== "unknown";
  return (
    <section className="card" aria-labelledby="subject-title">
      <h2 id="subject-title">{t("around.subject")}</h2>
      {subject === undefined ? null : isKnown ? (
        <>
          <p>
            <b>{subject.name}</b> <code>{subject.code ?? ""}</code>
          </p>
          <Offences of={of} />
          <Permits of={of} />
          <Link className="btn" to="/subjects/$id" params={{ id: of.subject_id }}>
            {t("around.archive")}
          </Link>
        </>
      ) : (
        <p className="faint">{t("around.unknown")}</p>
      )}
    </section>
  );
}

function Offences({ of }: { of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const nameOf = useItemName();
  const found = useOffences(of.id, of.subject_id).data;
  if (found === undefined) return null;
  const earlier = found.filter((one) => one.case_id !== of.id);
  if (earlier.length === 0) return <p className="faint">{t("around.noOffences")}</p>;
  return (
    <>
      <h3>{t("around.offences", { n: earlier.length })}</h3>
      <ul className="case-list">
        {earlier.map((one) => (
          <li key={one.id}>
            <Link to="/cases/$id" params={{ id: one.case_id }}>
              {t("around.offence", {
                item: nameOf(one.item_code) || one.nature_group,
                at: date(one.act_at, language),
              })}
            </Link>{" "}
            <span className={one.standing === "effective" ? "tag warn" : "tag"}>
              {known(t, `around.standing.${one.standing}`, one.standing)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Permits({ of }: { of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const found = usePermits(of.id, of.subject_id).data?.items;
  if (found === undefined) return null;
  if (found.length === 0) return <p className="faint">{t("around.noPermits")}</p>;
  return (
    <>
      <h3>{t("around.permits", { n: found.length })}</h3>
      <ul className="case-list">
        {found.map((one) => (
          <li key={one.id}>
            <Link to="/permits" search={{ id: one.id }}>
              {t("around.permit", { number: one.number, goods: one.goods })}
            </Link>{" "}
            <small>{t("around.until", { at: date(one.valid_to, language) })}</small>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Siblings({ of }: { of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const others = (useSiblings(of.id).data?.cases ?? []).filter((one) => one.case_id !== of.id);
  if (others.length === 0) return null;
  return (
    <section className="card" aria-labelledby="siblings-title">
      <h2 id="siblings-title">{t("around.siblings")}</h2>
      <ul className="case-list">
        {others.map((one) => (
          <li key={one.case_id}>
            <Link to="/cases/$id" params={{ id: one.case_id }}>
              {one.number}
            </Link>{" "}
            {one.subject_name} <code>{one.state}</code>{" "}
            <small>
              {one.refused
                ? t("around.refused")
                : one.corrected_at
                  ? t("around.corrected", { at: moment(one.corrected_at, language) })
                  : null}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
