/** What else can be done with a case, besides moving it: each a small form that opens in its place. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { api, body } from "../../api/client";
import type { CaseDetail } from "../../api/schema";
import { SubjectPicker } from "../../parts/Pickers";
import { Refused } from "../../parts/Refused";
import { PartyLink } from "./PartyLink";
import { useHas } from "./reads";
import { useWords } from "./words";

type Act = "link" | "void" | "obstacle" | "split" | "objection" | "file";
const VOIDABLE = ["W1", "L9"];
const SPLITTABLE = ["W2", "W3", "W4", "W5"];

function useActs(of: CaseDetail): Act[] {
  const registrar = useHas("seat", "officer", "leader", "legal", "head");
  const inField = useHas("officer", "superv", "leader", "dispatch");
  const splitter = useHas("officer", "leader");
  const exporter = useHas("officer", "leader", "legal", "head");
  const can: Record<Act, boolean> = {
    link: registrar && of.is_open && of.subject_name !== "",
    void: VOIDABLE.includes(of.state) && of.void_asked_by === null,
    obstacle: inField && of.state === "W9",
    split: splitter && SPLITTABLE.includes(of.state) && of.order_served_at === null,
    objection: registrar && of.subject_name !== "" && of.order_served_at !== null,
    file: exporter,
  };
  return (Object.keys(can) as Act[]).filter((act) => can[act]);
}

export function Acts({ of }: { of: CaseDetail }) {
  const t = useWords();
  const acts = useActs(of);
  const [opened, setOpened] = useState<Act | null>(null);
  const close = () => setOpened(null);
  if (acts.length === 0) return null;
  return (
    <details className="case-acts" open={opened !== null || undefined}>
      <summary>{t("acts.more")}</summary>
      {opened === null ? (
        <div className="moves-row">
          {acts.map((act) => (
            <button key={act} type="button" className="btn" onClick={() => setOpened(act)}>
              {t(`acts.${act}`)}
            </button>
          ))}
        </div>
      ) : null}
      {opened === "link" ? <PartyLink of={of} close={close} /> : null}
      {opened === "void" ? <Void of={of} close={close} /> : null}
      {opened === "obstacle" ? <Obstacle of={of} close={close} /> : null}
      {opened === "split" ? <Split of={of} close={close} /> : null}
      {opened === "objection" ? <Says of={of} close={close} /> : null}
      {opened === "file" ? <CaseFile of={of} close={close} /> : null}
    </details>
  );
}

interface Doing {
  readonly of: CaseDetail;
  readonly close: () => void;
}

/** A text, whatever else the act needs, and sending it; closed when it is done. */
function Ask({
  of,
  close,
  label,
  least = 1,
  send,
  children,
  ready = true,
}: Doing & {
  label: string;
  least?: number;
  send: (text: string) => Promise<unknown>;
  children?: ReactNode;
  ready?: boolean;
}) {
  const t = useWords();
  const id = useId();
  const client = useQueryClient();
  const [text, setText] = useState("");
  const asked = useMutation({
    mutationFn: () => send(text.trim()),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["case", of.id] });
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asked.mutate();
  };
  return (
    <form className="case-why" onSubmit={submit}>
      {children}
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="field"
        required
        minLength={least}
        maxLength={2000}
        value={text}
        rows={2}
        onChange={(event) => setText(event.target.value)}
      />
      {asked.error ? <Refused error={asked.error} /> : null}
      <div className="moves-row">
        <button
          type="submit"
          className="btn primary"
          disabled={!ready || asked.isPending || text.trim().length < least}
        >
          {t("acts.send")}
        </button>
        <button type="button" className="btn" onClick={close}>
          {t("acts.cancel")}
        </button>
      </div>
    </form>
  );
}

const versioned = (of: CaseDetail) => ({
  path: { case_id: of.id },
  header: { "if-match": `"${of.version}"` },
});

function Void(doing: Doing) {
  const t = useWords();
  const send = (reason: string) =>
    api.POST("/api/cases/{case_id}/void-request", { params: versioned(doing.of), body: { reason } });
  return <Ask {...doing} label={t("acts.voidWhy")} send={send} />;
}

function Obstacle(doing: Doing) {
  const t = useWords();
  const send = (reason: string) =>
    api.POST("/api/cases/{case_id}/obstacle-gone", { params: versioned(doing.of), body: { reason } });
  return <Ask {...doing} label={t("acts.obstacleWhy")} send={send} />;
}

function Split(doing: Doing) {
  const t = useWords();
  const id = useId();
  const [subject, setSubject] = useState("");
  const send = (reason: string) =>
    api.POST("/api/cases/{case_id}/split", {
      params: { path: { case_id: doing.of.id } },
      body: { reason, subjects: [{ subject_id: subject }] },
    });
  return (
    <Ask {...doing} label={t("acts.splitWhy")} send={send} ready={subject !== ""}>
      <label htmlFor={id}>{t("acts.splitWho")}</label>
      <SubjectPicker id={id} chosen={subject} choose={setSubject} />
    </Ask>
  );
}

function Says(doing: Doing) {
  const t = useWords();
  const id = useId();
  const [source, setSource] = useState("");
  const send = (statement: string) =>
    api.POST("/api/cases/{case_id}/objections", {
      params: { path: { case_id: doing.of.id } },
      body: { statement, source: source.trim() },
    });
  return (
    <Ask {...doing} label={t("acts.objectionSays")} send={send} ready={source.trim().length >= 2}>
      <label htmlFor={id}>{t("acts.objectionSource")}</label>
      <input
        id={id}
        className="field"
        maxLength={200}
        value={source}
        onChange={(event) => setSource(event.target.value)}
      />
    </Ask>
  );
}

/** All documents and blurred pictures as a ZIP; the server logs who took it and why. */
function CaseFile(doing: Doing) {
  const t = useWords();
  const send = async (reason: string) => {
    const bytes = await body(
      api.POST("/api/cases/{case_id}/file", {
        params: { path: { case_id: doing.of.id } },
        body: { reason },
        parseAs: "blob",
      }),
    );
    const link = document.createElement("a");
    link.href = URL.createObjectURL(bytes as Blob);
    link.download = `${doing.of.number}.zip`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  return <Ask {...doing} label={t("acts.fileWhy")} least={4} send={send} />;
}
