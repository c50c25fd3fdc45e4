/** Stating one's case or objecting, with files; what was said before, and the answers. */
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { body } from "../api/client";
import { newKey } from "../api/keys";
import type { OwnCase, OwnObjection } from "../api/schema";
import { useLanguage } from "../i18n";
import { moment } from "../parts/time";
import { Chooser, send } from "./files";
import { useOwn } from "./Own";
import { party } from "./server";
import { Wrong } from "./Wrong";
import { useWords } from "./words";

export function Say({ of }: { of: OwnCase }) {
  const t = useWords();
  return (
    <section className="pt-card" aria-labelledby="pt-say">
      <h2 id="pt-say">{t(`say.title_${of.may.says}`)}</h2>
      <Form />
      {of.objections.length > 0 ? <h3>{t("say.mine")}</h3> : null}
      {of.objections.map((one) => (
        <Said key={one.id} of={one} />
      ))}
    </section>
  );
}

function Form() {
  const t = useWords();
  const language = useLanguage();
  const read = useOwn();
  const key = useRef(newKey());
  const [statement, setStatement] = useState("");
  const [files, setFiles] = useState<readonly File[]>([]);
  const [at, setAt] = useState(0);
  const [empty, setEmpty] = useState(false);
  const lodge = useMutation({
    mutationFn: async () => {
      const names = await send(files, setAt);
      return body(
        party.POST("/api/party/objections", {
          body: { statement: statement.trim(), files: names },
          headers: { "Idempotency-Key": key.current },
        }),
      );
    },
    onSuccess: () => {
      key.current = newKey();
      setStatement("");
      setFiles([]);
      read();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(statement.trim() === "");
    if (statement.trim() !== "") lodge.mutate();
  };
  const receipt = lodge.data;
  return (
    <form onSubmit={submit}>
      <p>{t("say.hint")}</p>
      <label className="pt-label">
        {t("say.words")}
        <textarea
          className="pt-field"
          rows={5}
          maxLength={4000}
          value={statement}
          onChange={(event) => setStatement(event.target.value)}
        />
      </label>
      <Chooser label={t("say.files")} files={files} onChange={setFiles} accept="image/*,video/mp4" />
      {empty && statement.trim() === "" ? (
        <p className="pt-wrong" role="alert">
          {t("say.empty")}
        </p>
      ) : null}
      <button type="submit" className="pt-btn primary wide" disabled={lodge.isPending}>
        {t("say.send")}
      </button>
      <p role="status" className="pt-done">
        {lodge.isPending && files.length > 0 ? t("correct.sending", { n: at, all: files.length }) : ""}
        {receipt && statement === ""
          ? t("say.done", { number: receipt.number, time: moment(receipt.due_at, language) })
          : ""}
      </p>
      {lodge.error ? <Wrong error={lodge.error} /> : null}
    </form>
  );
}

const STATUS = ["open", "heard", "upheld", "set_aside", "withdrawn"] as const;

function Said({ of }: { of: OwnObjection }) {
  const t = useWords();
  const language = useLanguage();
  const status = STATUS.find((name) => name === of.status) ?? "open";
  return (
    <article className="pt-said">
      <p>
        <b>{t(`say.status.${status}`)}</b>{" "}
        <span className="pt-faint">
          {t("say.number", { number: of.number })} · {t("say.at", { time: moment(of.lodged_at, language) })}
        </span>
      </p>
      <p className="pt-text">{of.statement}</p>
      {of.files.length > 0 ? <p className="pt-faint">{t("say.with", { n: of.files.length })}</p> : null}
      {of.answer !== "" && status !== "withdrawn" ? (
        <div className="pt-answer">
          <h4>{t("say.answer")}</h4>
          <p className="pt-text">{of.answer}</p>
          <p className="pt-faint">{t("say.answered", { time: moment(of.answered_at ?? "", language) })}</p>
        </div>
      ) : null}
      {status === "open" ? (
        <>
          <p className="pt-faint">{t("say.due", { time: moment(of.due_at, language) })}</p>
          <TakeBack id={of.id} />
        </>
      ) : null}
    </article>
  );
}

function TakeBack({ id }: { id: string }) {
  const t = useWords();
  const read = useOwn();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const back = useMutation({
    mutationFn: () =>
      body(
        party.POST("/api/party/objections/{objection_id}/withdrawal", {
          params: { path: { objection_id: id } },
          body: { reason: reason.trim() },
        }),
      ),
    onSuccess: () => read(),
  });
  if (!asking)
    return (
      <button type="button" className="pt-link" onClick={() => setAsking(true)}>
        {t("say.withdraw")}
      </button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== "") back.mutate();
  };
  return (
    <form onSubmit={submit}>
      <label className="pt-label">
        {t("say.why")}
        <input
          className="pt-field"
          required
          value={reason}
          maxLength={400}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className="pt-row">
        <button type="submit" className="pt-btn" disabled={back.isPending}>
          {t("say.sure")}
        </button>
        <button type="button" className="pt-btn" onClick={() => setAsking(false)}>
          {t("say.keep")}
        </button>
      </div>
      {back.error ? <Wrong error={back.error} /> : null}
    </form>
  );
}
