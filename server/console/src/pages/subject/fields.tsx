/** The fields of each edit. */
import type { FormField, Values } from "../../parts/FormDialog";
import { SubjectPicker } from "../../parts/Pickers";
import { packed, unpacked, ZonePick } from "../../parts/ZonePick";
import type { Act } from "./Edit";
import type { useWords } from "./words";

export type Said = ReturnType<typeof useWords>;

const CHANNELS = ["sms", "phone", "email", "robot", "in_app", "paper"] as const;
const ROLES = ["owner", "manager", "duty", "legal", "site_manager", "other"] as const;
const RECORDS = ["inspection", "honour", "repair", "education"] as const;
const isFresh = (values: Values) => values.taker === "fresh";

export function fieldsOf(act: Act, t: Said): FormField[] {
  const subject = (name: string, label: string, when?: FormField["when"]): FormField => ({
    name,
    label,
    own: (id, value, set) => <SubjectPicker id={id} chosen={value} choose={set} />,
    ...(when ? { when } : {}),
  });
  const language: FormField = {
    name: "language",
    label: t("form.language"),
    kind: "select",
    options: [
      ["zh-CN", t("form.zh")],
      ["en", t("form.en")],
    ],
  };
  const since: FormField = { name: "since", label: t("form.since"), kind: "date", needed: true };
  const reason: FormField = { name: "reason", label: t("form.reason"), kind: "area", needed: true };
  const fields: Record<Act, FormField[]> = {
    rename: [{ name: "name", label: t("form.name"), needed: true, most: 120 }, since],
    identity: [
      { name: "number", label: t("form.number"), hint: t("form.numberHint"), needed: true, most: 40 },
    ],
    head: [subject("other", t("form.head"))],
    premises: [
      { name: "address", label: t("form.address"), needed: true },
      { name: "door", label: t("form.door"), most: 40 },
      since,
    ],
    contact: [
      { name: "name", label: t("form.person"), needed: true, most: 60 },
      {
        name: "role",
        label: t("form.role"),
        kind: "select",
        needed: true,
        options: ROLES.map((one) => [one, t(`role.${one}`)]),
      },
      {
        name: "channel",
        label: t("form.channel"),
        kind: "select",
        needed: true,
        options: CHANNELS.map((one) => [one, t(`channel.${one}`)]),
      },
      { name: "to", label: t("form.to"), needed: true },
      { name: "rank", label: t("form.rank"), kind: "number", needed: true },
      language,
      { name: "consent", label: t("form.consent"), kind: "date" },
    ],
    zone: [
      {
        name: "zone",
        label: t("form.zone"),
        needed: true,
        own: (id, value, set) => (
          <ZonePick id={id} value={unpacked(value)} set={(next) => set(packed(next))} />
        ),
      },
      since,
      { name: "until", label: t("form.until"), kind: "date" },
    ],
    link: [
      subject("other", t("form.other")),
      {
        name: "kind",
        label: t("form.link"),
        kind: "select",
        needed: true,
        options: [
          ["same_owner", t("flags.same_owner")],
          ["same_person", t("flags.same_person")],
        ],
      },
      reason,
    ],
    record: [
      {
        name: "kind",
        label: t("form.record"),
        kind: "select",
        needed: true,
        options: RECORDS.map((one) => [one, t(`record.${one}`)]),
      },
      { name: "at", label: t("form.at"), kind: "datetime-local", needed: true },
      { name: "title", label: t("form.title"), kind: "area", needed: true },
      { name: "source", label: t("form.source"), needed: true },
    ],
    handover: [
      {
        name: "taker",
        label: t("form.taker"),
        kind: "select",
        needed: true,
        options: [
          ["existing", t("form.existing")],
          ["fresh", t("form.fresh")],
        ],
      },
      subject("other", t("form.existing"), (values) => !isFresh(values)),
      { name: "name", label: t("form.freshName"), needed: true, most: 120, when: isFresh },
      { name: "code", label: t("form.freshCode"), needed: true, most: 40, when: isFresh },
      { name: "at", label: t("form.at"), kind: "datetime-local", needed: true },
      reason,
    ],
  };
  return fields[act];
}
