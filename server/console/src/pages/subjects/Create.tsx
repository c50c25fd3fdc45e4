/** A new subject: the holder of a code, or an individual met on site. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import { FormDialog, type FormField, type Values } from "../../parts/FormDialog";
import { useWords } from "./words";

const isPerson = (values: Values) => values.kind === "individual";
const isKnown = (values: Values) => !isPerson(values);

export function Create({ close }: { close: () => void }) {
  const t = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const fields: FormField[] = [
    {
      name: "kind",
      label: t("create.kind"),
      kind: "select",
      needed: true,
      options: [
        ["known", t("kind.known")],
        ["individual", t("kind.individual")],
      ],
    },
    { name: "name", label: t("create.name"), needed: true, most: 120 },
    {
      name: "code",
      label: t("create.code"),
      needed: true,
      hint: t("create.code_hint"),
      most: 40,
      when: isKnown,
    },
    { name: "code_override_reason", label: t("create.reason"), most: 400, when: isKnown },
    {
      name: "person_number",
      label: t("create.number"),
      hint: t("create.number_hint"),
      most: 40,
      when: isPerson,
    },
    { name: "pending_reason", label: t("create.pending"), most: 400, when: isPerson },
    { name: "owner_name", label: t("create.owner"), most: 120, when: isKnown },
    { name: "contact", label: t("create.contact"), kind: "tel", most: 120 },
    {
      name: "language",
      label: t("create.language"),
      kind: "select",
      options: [
        ["zh-CN", t("create.zh")],
        ["en", t("create.en")],
      ],
    },
  ];
  const send = async (values: Values) => {
    const person = isPerson(values);
    const made = await body(
      api.POST("/api/subjects", {
        body: {
          kind: person ? "individual" : "known",
          name: values.name ?? "",
          contact: values.contact ?? "",
          language: values.language === "en" ? "en" : "zh-CN",
          owner_name: person ? "" : (values.owner_name ?? ""),
          code: person ? null : (values.code ?? "").trim().toUpperCase(),
          code_override_reason: person ? "" : (values.code_override_reason ?? ""),
          owner_number: null,
          person_number: person && values.person_number ? values.person_number : null,
          pending_reason: person ? (values.pending_reason ?? "") : "",
        },
      }),
    );
    await client.invalidateQueries({ queryKey: ["subjects"] });
    void navigate({ to: "/subjects/$id", params: { id: made.id } });
  };
  return (
    <FormDialog
      title={t("create.title")}
      fields={fields}
      start={{ kind: "known", language: "zh-CN" }}
      send={send}
      close={close}
    />
  );
}
