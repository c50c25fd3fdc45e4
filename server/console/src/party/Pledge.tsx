/** The pledge: read first, then signed on the screen, of one's own free will. */
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { body, Problem } from "../api/client";
import type { OwnCase } from "../api/schema";
import { useLanguage } from "../i18n";
import { moment } from "../parts/time";
import { sha256 } from "./digest";
import { useOwn } from "./Own";
import { blobOf } from "./photo";
import { Sign } from "./Sign";
import { party, put } from "./server";
import { Wrong } from "./Wrong";
import { useWords } from "./words";

export function Pledge({ of }: { of: OwnCase }) {
  const t = useWords();
  const language = useLanguage();
  if (!of.may.pledge && of.pledges.length === 0) return null;
  return (
    <section className="pt-card" aria-labelledby="pt-pledge">
      <h2 id="pt-pledge">{t(of.may.pledge ? "pledge.title" : "pledge.mine")}</h2>
      {of.may.pledge ? (
        <>
          <p>{t("pledge.hint")}</p>
          <details>
            <summary className="pt-btn wide">{t("pledge.open")}</summary>
            <Form text={of.pledge_text} />
          </details>
        </>
      ) : null}
      {of.pledges.map((one) => (
        <div key={one.signed_at}>
          <p role="status" className="pt-done">
            {t("pledge.done")}
          </p>
          <p className="pt-faint">
            {t("pledge.by", { name: one.signed_by, time: moment(one.signed_at, language) })}
          </p>
          <blockquote lang="zh-CN" className="pt-text">
            {one.text}
          </blockquote>
        </div>
      ))}
    </section>
  );
}

function Form({ text }: { text: string }) {
  const t = useWords();
  const read = useOwn();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [name, setName] = useState("");
  const [signed, setSigned] = useState(false);
  const [agrees, setAgrees] = useState(false);
  const [missing, setMissing] = useState(false);
  const whole = name.trim() !== "" && signed && agrees;
  const sign = useMutation({
    mutationFn: async () => {
      const picture = await blobOf(canvas.current as HTMLCanvasElement, "image/png");
      const signature = await put(await sha256(picture), picture);
      return body(party.POST("/api/party/pledges", { body: { text, signed_by: name.trim(), signature } }));
    },
    onSuccess: read,
    onError: (error) => {
      if (error instanceof Problem) read();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!whole);
    if (whole) sign.mutate();
  };
  return (
    <form onSubmit={submit}>
      <h3>{t("pledge.read")}</h3>
      <OnlyChinese />
      <blockquote lang="zh-CN" className="pt-text">
        {text}
      </blockquote>
      <label className="pt-label">
        {t("pledge.name")}
        <input
          className="pt-field"
          value={name}
          maxLength={60}
          autoComplete="name"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <h3>{t("pledge.draw")}</h3>
      <Sign canvas={canvas} name={name} signed={signed} onSigned={setSigned} />
      <label className="pt-check">
        <input type="checkbox" checked={agrees} onChange={(event) => setAgrees(event.target.checked)} />
        {t("pledge.agree")}
      </label>
      {missing && !whole ? (
        <p className="pt-wrong" role="alert">
          {t("pledge.missing")}
        </p>
      ) : null}
      <button type="submit" className="pt-btn primary wide" disabled={sign.isPending}>
        {t("pledge.sign")}
      </button>
      {sign.error ? <Wrong error={sign.error} /> : null}
    </form>
  );
}

function OnlyChinese() {
  const t = useWords();
  return useLanguage() === "en" ? <p>{t("pledge.only_zh")}</p> : null;
}
