/** 教育: what was explained to the party. It must be on record before a decision to exempt (Penalty Law 33(3)). */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import type { CaseDetail } from "../../api/schema";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { Refused } from "../../parts/Refused";
import { moment } from "../../parts/time";
import { useWords } from "./words";

const KINDS = ["ED1", "ED2", "ED3"] as const;
type Kind = (typeof KINDS)[number];

export function Education({ of }: { of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const isOfficer = useMe()?.roles.includes("officer") ?? false;
  const [open, setOpen] = useState(false);
  const path = { params: { path: { case_id: of.id } } };
  const given = useQuery({
    queryKey: ["documents", of.id, "education"],
    queryFn: () => body(api.GET("/api/cases/{case_id}/education", path)),
  });
  const all = given.data ?? [];
  if (all.length === 0 && !isOfficer) return null;
  return (
    <section className="docs" aria-labelledby="education-title">
      <header>
        <h2 id="education-title">{t("education.title")}</h2>
        {isOfficer && !open ? (
          <button type="button" className="btn" onClick={() => setOpen(true)}>
            {t("education.record")}
          </button>
        ) : null}
      </header>
      {all.length === 0 ? <p className="docs-served">{t("education.none")}</p> : null}
      <ul className="docs-list">
        {all.map((one) => (
          <li key={one.id}>
            <span className="tag good">{t(`education.${one.kind as Kind}`)}</span> {one.received_by}{" "}
            {one.content}{" "}
            <small>
              {moment(one.given_at, language)} {one.given_by_name}
            </small>
          </li>
        ))}
      </ul>
      {open ? <Record of={of} close={() => setOpen(false)} /> : null}
    </section>
  );
}

function Record({ of, close }: { of: CaseDetail; close: () => void }) {
  const t = useWords();
  const client = useQueryClient();
  const [kind, setKind] = useState<Kind>("ED1");
  const [receivedBy, setReceivedBy] = useState("");
  const [content, setContent] = useState("");
  const [receipt, setReceipt] = useState("");
  const record = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/cases/{case_id}/education", {
          params: { path: { case_id: of.id } },
          body: { kind, received_by: receivedBy, content, receipt },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["documents", of.id] });
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    record.mutate();
  };
  return (
    <form className="docs-form card" onSubmit={submit}>
      <label>
        {t("education.kind")}
        <select className="field" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`education.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t("education.to")}
        <input
          className="field"
          maxLength={200}
          value={receivedBy}
          onChange={(event) => setReceivedBy(event.target.value)}
        />
      </label>
      <label>
        {t("education.content")}
        <textarea
          className="field"
          required
          value={content}
          onChange={(event) => setContent(event.target.value)}
        />
      </label>
      <label>
        {t("education.receipt")}
        <input
          className="field"
          required
          maxLength={200}
          value={receipt}
          onChange={(event) => setReceipt(event.target.value)}
        />
      </label>
      <div className="moves-row">
        <button type="submit" className="btn primary" disabled={record.isPending}>
          {t("education.record")}
        </button>
        <button type="button" className="btn" onClick={close}>
          {t("documents.fold")}
        </button>
      </div>
      {record.error ? <Refused error={record.error} /> : null}
    </form>
  );
}
