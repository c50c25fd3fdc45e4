/** The two officers on site (Penalty Law 42): remembered from one form to the next. */
import type { Certificates } from "../kept/db";
import { keepCertificates, useKept } from "../kept/state";
import { useWords } from "../words";
import { Field } from "./Form";

export interface Team {
  /** As documents want them. */
  readonly officers: readonly { name: string; certificate: string }[];
  /** The certificates' numbers, as moves want them. */
  readonly numbers: readonly string[];
  readonly missing: readonly string[];
  /** A number that the register does not know asks for a reason. */
  readonly byHand: boolean;
}

export function useTeam(): Team {
  const t = useWords();
  const { me, tasks, certificates } = useKept();
  const told = filledIn(certificates, me?.name ?? "", tasks?.mine ?? "");
  const numbers = [told.mine, told.partner].map((number) => number.trim());
  const known = new Set([tasks?.mine, ...(tasks?.colleagues ?? []).map((one) => one.certificate)]);
  const missing = [
    ...(numbers[0] === "" ? [t("order.mine")] : []),
    ...(numbers[1] === "" || numbers[0] === numbers[1] ? [t("order.partner")] : []),
  ];
  return {
    officers: [
      { name: told.mineName, certificate: told.mine.trim() },
      { name: told.partnerName.trim() || told.partner.trim(), certificate: told.partner.trim() },
    ],
    numbers,
    missing,
    byHand: missing.length === 0 && known.size > 1 && numbers.some((number) => !known.has(number)),
  };
}

/** One's own name and number come from the register where it has them. */
function filledIn(kept: Certificates, name: string, number: string): Certificates {
  return { ...kept, mine: number || kept.mine, mineName: kept.mineName || plain(name) };
}

/** Names may carry a title before a space: papers want the name. */
function plain(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? "";
}

export function TeamFields() {
  const t = useWords();
  const { me, tasks, certificates } = useKept();
  const told = filledIn(certificates, me?.name ?? "", tasks?.mine ?? "");
  const change = (part: Partial<Certificates>) => void keepCertificates({ ...told, ...part });
  const colleagues = tasks?.colleagues ?? [];
  const chosen = colleagues.find((one) => one.certificate === told.partner);
  const choose = (number: string) => {
    const one = colleagues.find((colleague) => colleague.certificate === number);
    change({ partner: number, partnerName: one ? plain(one.name) : "" });
  };
  return (
    <fieldset className="o-team">
      <legend>{t("order.team")}</legend>
      {tasks?.mine ? (
        <p>
          {told.mineName} <b>{told.mine}</b>
        </p>
      ) : (
        <Field label={t("order.mine")}>
          <input value={told.mine} onChange={(event) => change({ mine: event.target.value })} />
        </Field>
      )}
      {colleagues.length === 0 ? null : (
        <Field label={t("order.partner")}>
          <select value={chosen?.certificate ?? ""} onChange={(event) => choose(event.target.value)}>
            <option value="">{told.partner && !chosen ? t("order.byHand") : t("order.choose")}</option>
            {colleagues.map((one) => (
              <option key={one.person_id} value={one.certificate}>
                {`${one.name} ${one.certificate}`}
              </option>
            ))}
          </select>
        </Field>
      )}
      {chosen ? null : (
        <details className="o-more" open={colleagues.length === 0 || told.partner !== ""}>
          <summary>{t("order.byHand")}</summary>
          <Field label={t("order.partnerNumber")}>
            <input value={told.partner} onChange={(event) => change({ partner: event.target.value })} />
          </Field>
          <Field label={t("order.partnerName")}>
            <input
              value={told.partnerName}
              onChange={(event) => change({ partnerName: event.target.value })}
            />
          </Field>
        </details>
      )}
    </fieldset>
  );
}
