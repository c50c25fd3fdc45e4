/** 文书: what was issued in a case, read as pages, with who was served; and, for those who may, another one. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, body } from "../../api/client";
import type { CaseDetail, DocumentRead, KindRead, ServedRead } from "../../api/schema";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { Refused } from "../../parts/Refused";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { DocumentForm } from "./DocumentForm";
import { DocumentPages } from "./DocumentPages";
import { Education } from "./Education";
import "./documents.css";
import { useWords } from "./words";

export function useKinds() {
  return useQuery({
    queryKey: ["documents", "kinds"],
    queryFn: () => body(api.GET("/api/documents/kinds")),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Documents and, before them, the education that a decision needs. */
export function Documents({ of }: { of: CaseDetail }) {
  return (
    <>
      <Issue of={of} />
      <Education of={of} />
    </>
  );
}

function Issue({ of }: { of: CaseDetail }) {
  const t = useWords();
  const me = useMe();
  const [making, setMaking] = useState(false);
  const path = { params: { path: { case_id: of.id } } };
  const documents = useQuery({
    queryKey: ["documents", of.id, of.version],
    queryFn: () => body(api.GET("/api/cases/{case_id}/documents", path)),
  });
  const served = useQuery({
    queryKey: ["documents", of.id, "service", of.version],
    queryFn: () => body(api.GET("/api/cases/{case_id}/service", path)),
  });
  const kinds = useKinds();
  const mine = (kinds.data ?? []).filter(
    (kind) => kind.states.includes(of.state) && kind.roles.some((role) => me?.roles.includes(role)),
  );
  return (
    <section className="docs" aria-labelledby="docs-title">
      <header>
        <h2 id="docs-title">{t("documents.title")}</h2>
        {mine.length > 0 && !making ? (
          <button type="button" className="btn" onClick={() => setMaking(true)}>
            {t("documents.make")}
          </button>
        ) : null}
      </header>
      <Answer of={documents} empty={(all) => all.length === 0} nothing={t("documents.none")}>
        {(all) => (
          <ul className="docs-list">
            {all.map((one) => (
              <Issued
                key={one.id}
                one={one}
                kind={kinds.data?.find((kind) => kind.kind === one.kind)}
                served={(served.data ?? []).filter((proof) => proof.document_number === one.number)}
              />
            ))}
          </ul>
        )}
      </Answer>
      {making ? (
        <DocumentForm of={of} kinds={mine} issued={documents.data ?? []} close={() => setMaking(false)} />
      ) : null}
    </section>
  );
}

interface IssuedProps {
  readonly one: DocumentRead;
  readonly kind: KindRead | undefined;
  readonly served: readonly ServedRead[];
}

function Issued({ one, kind, served }: IssuedProps) {
  const t = useWords();
  const language = useLanguage();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const mayWithdraw =
    one.withdrawal === null && (me?.roles.some((role) => role === "legal" || role === "head") ?? false);
  const gone = one.withdrawal;
  const code = one.verify_url.split("/").at(-1) ?? "";
  return (
    <li className={gone ? "gone" : ""}>
      <div className="docs-row">
        <b>{language === "en" ? kind?.title_en : kind?.title}</b>
        <span>{one.number}</span>
        <small>
          {moment(one.made_at, language)} {one.made_by_name}
        </small>
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "documents.fold" : "documents.pages")}
        </button>
        <a className="btn" href={`/api/documents/${one.id}/pdf`} target="_blank" rel="noreferrer">
          {t("documents.pdf")}
        </a>
        <a className="btn plain" href={`/verify/${code}`} target="_blank" rel="noreferrer">
          {t("documents.verify")}
        </a>
      </div>
      {served.map((proof) => (
        <p key={proof.receipt_id} className="docs-served">
          {t("documents.served", {
            by: proof.served_by,
            to: proof.received_by,
            at: proof.served_at,
            receipt: proof.receipt_number,
          })}
        </p>
      ))}
      {one.letters_missing.length > 0 ? (
        <p className="fault">{t("documents.letters", { letters: one.letters_missing.join(" ") })}</p>
      ) : null}
      {gone ? (
        <p className="fault">
          {t("documents.withdrawn", { at: moment(gone.at, language), by: gone.by_name, why: gone.reason })}
        </p>
      ) : null}
      {open ? <DocumentPages id={one.id} title={one.number} /> : null}
      {open && mayWithdraw ? <Withdraw one={one} /> : null}
    </li>
  );
}

function Withdraw({ one }: { one: DocumentRead }) {
  const t = useWords();
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const withdraw = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/documents/{document_id}/withdrawal", {
          params: { path: { document_id: one.id } },
          body: { reason },
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["documents", one.case_id] }),
  });
  return (
    <form
      className="desk-form"
      onSubmit={(event) => {
        event.preventDefault();
        withdraw.mutate();
      }}
    >
      <label>
        {t("documents.withdrawWhy")}
        <input
          className="field"
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <button type="submit" className="btn danger" disabled={withdraw.isPending || reason.trim() === ""}>
        {t("documents.withdraw")}
      </button>
      {withdraw.error ? <Refused error={withdraw.error} /> : null}
    </form>
  );
}
