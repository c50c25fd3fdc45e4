/** A document made from its kind's schema: what it takes, a look at it, then issued with a number. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { api, body, Offline, Problem } from "../../api/client";
import { newKey } from "../../api/keys";
import type { CaseDetail, DocumentRead, KindRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Refused } from "../../parts/Refused";
import { DocumentField } from "./DocumentField";
import { Sheets } from "./DocumentPages";
import { type Filled, inputsOf, lackingOf, toldOf } from "./documentform";
import { useWords } from "./words";

interface Props {
  readonly of: CaseDetail;
  readonly kinds: readonly KindRead[];
  readonly issued: readonly DocumentRead[];
  readonly close: () => void;
}

export function DocumentForm({ of, kinds, issued, close }: Props) {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const [at, setAt] = useState(0);
  const kind = kinds[at] ?? kinds[0];
  const [filled, setFilled] = useState<Filled>({});
  const [replaces, setReplaces] = useState("");
  const [reason, setReason] = useState("");
  const key = useRef({ of: "", key: "" });
  const sheets = useSheets();
  const earlier = issued.filter((one) => one.kind === kind?.kind && one.withdrawal === null);
  const wanted = () => ({
    kind: kind?.kind ?? "inspection",
    fields: toldOf(inputsOf(kind?.fields ?? {}), filled),
    reason: replaces === "" ? "" : reason,
    ...(replaces === "" ? {} : { replaces }),
  });
  const preview = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/cases/{case_id}/documents/preview", {
          params: { path: { case_id: of.id } },
          body: wanted(),
        }),
      ),
    onSuccess: (found) => sheets.show(found.pages),
  });
  const issue = useMutation({
    mutationFn: () => {
      const same = JSON.stringify(wanted());
      if (key.current.of !== same) key.current = { of: same, key: newKey() };
      return body(
        api.POST("/api/cases/{case_id}/documents", {
          params: { path: { case_id: of.id }, header: { "idempotency-key": key.current.key } },
          body: wanted(),
        }),
      );
    },
    retry: (failures, error) => error instanceof Offline && failures < 5,
    onSuccess: () => client.invalidateQueries({ queryKey: ["documents", of.id] }),
  });
  if (kind === undefined) return <p>{t("documents.none_now")}</p>;
  const error = issue.error ?? preview.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    preview.reset();
    issue.mutate();
  };
  return (
    <form className="docs-form card" onSubmit={submit}>
      <label>
        {t("documents.kind")}
        <select
          className="field"
          value={at}
          onChange={(event) => {
            setAt(Number(event.target.value));
            sheets.show([]);
            preview.reset();
            issue.reset();
          }}
        >
          {kinds.map((one, index) => (
            <option key={one.kind} value={index}>
              {language === "en" ? one.title_en : one.title}
            </option>
          ))}
        </select>
      </label>
      {inputsOf(kind.fields).map((input) => (
        <DocumentField
          key={kind.kind + input.name}
          input={input}
          value={filled[input.name]}
          set={(value) => setFilled((was) => ({ ...was, [input.name]: value }))}
          issued={issued}
        />
      ))}
      {earlier.length > 0 ? (
        <label>
          {t("documents.replaces")}
          <select className="field" value={replaces} onChange={(event) => setReplaces(event.target.value)}>
            <option value="">{t("field.unset")}</option>
            {earlier.map((one) => (
              <option key={one.id} value={one.id}>
                {one.number}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {replaces !== "" ? (
        <label>
          {t("documents.why")}
          <input
            className="field"
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      ) : null}
      <div className="moves-row">
        <button type="button" className="btn" disabled={preview.isPending} onClick={() => preview.mutate()}>
          {t(preview.isPending ? "documents.previewing" : "documents.preview")}
        </button>
        <button type="submit" className="btn primary" disabled={issue.isPending}>
          {t(issue.isPending ? "documents.issuing" : "documents.issue")}
        </button>
        <button type="button" className="btn" onClick={close}>
          {t("documents.fold")}
        </button>
      </div>
      <div aria-live="polite">
        {issue.data ? (
          <p className="tag good">{t("documents.issued", { number: issue.data.number })}</p>
        ) : null}
      </div>
      {error ? <Lacking error={error} /> : null}
      {sheets.urls.length > 0 ? (
        <>
          <small>{t("documents.seen")}</small>
          <Sheets title={language === "en" ? kind.title_en : kind.title} urls={sheets.urls} />
        </>
      ) : null}
    </form>
  );
}

/** What the document still needs, all at once; anything else as it was refused. */
function Lacking({ error }: { error: Error }) {
  const t = useWords();
  const lacking = error instanceof Problem ? lackingOf(error.facts) : [];
  if (lacking.length === 0) return <Refused error={error} />;
  return (
    <div role="alert" className="fault">
      <b>{t("documents.missing")}</b>
      <ul>
        {lacking.map((todo) => (
          <li key={todo}>{todo}</li>
        ))}
      </ul>
    </div>
  );
}

/** Pages in base64 as addresses that an image takes; they are given back when no longer shown. */
function useSheets() {
  const [urls, setUrls] = useState<readonly string[]>([]);
  const made = useRef<readonly string[]>([]);
  const drop = () => {
    for (const url of made.current) URL.revokeObjectURL(url);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it goes
  useEffect(() => drop, []);
  return {
    urls,
    show: (pages: readonly string[]) => {
      drop();
      made.current = pages.map((page) =>
        URL.createObjectURL(new Blob([bytesOf(page)], { type: "image/png" })),
      );
      setUrls(made.current);
    },
  };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
