/** One file large: a blurred copy at once; a sealed original after a reason, which the server logs before it sends. */
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";
import { Refused } from "../../parts/Refused";
import { moment } from "../../parts/time";
import type { Kept } from "./Files";
import { useWords } from "./words";

export function Shown({ file, caseNumber, close }: { file: Kept; caseNumber: string; close: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const at = moment(file.captured_at, language);
  return (
    <dialog ref={dialog} className="case-shown" aria-label={t("pictures.enlarge", { at })} onClose={close}>
      {file.sealed ? (
        <Sealed file={file} caseNumber={caseNumber} />
      ) : (
        <img src={`/api/evidence/${file.sha256}`} alt={t("pictures.enlarge", { at })} />
      )}
      <p>
        <code>{file.sha256}</code>
      </p>
      <button type="button" className="btn" onClick={() => dialog.current?.close()}>
        {t("pictures.close")}
      </button>
    </dialog>
  );
}

/** The bytes live in this page only, and are let go when it closes. */
function Sealed({ file, caseNumber }: { file: Kept; caseNumber: string }) {
  const t = useWords();
  const [reason, setReason] = useState("");
  const [url, setUrl] = useState("");
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const asked = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/evidence/{sha256}/original", {
          params: { path: { sha256: file.sha256 } },
          body: { reason: reason.trim(), case_number: caseNumber },
          parseAs: "blob",
        }),
      ),
    onSuccess: (bytes) => setUrl(URL.createObjectURL(bytes as Blob)),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asked.mutate();
  };
  if (url !== "")
    return (
      <>
        {file.media_type.startsWith("video/") ? (
          // biome-ignore lint/a11y/useMediaCaption: a clip of a street camera has no speech
          <video src={url} controls autoPlay />
        ) : (
          <img src={url} alt={t("pictures.sealed")} />
        )}
        <p className="fault">{t("pictures.watermark")}</p>
      </>
    );
  return (
    <form onSubmit={submit} className="case-why">
      <label htmlFor="original-why">{t("pictures.reason")}</label>
      <input
        id="original-why"
        className="field"
        required
        minLength={4}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {asked.error ? <Refused error={asked.error} /> : null}
      <button type="submit" className="btn primary" disabled={asked.isPending || reason.trim().length < 4}>
        {t("pictures.open")}
      </button>
    </form>
  );
}
