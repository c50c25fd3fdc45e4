/** Photos of what was put right. */
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { body } from "../api/client";
import type { OwnCase } from "../api/schema";
import { useLanguage } from "../i18n";
import { moment } from "../parts/time";
import { Chooser, send } from "./files";
import { useOwn } from "./Own";
import { Shown } from "./Seen";
import { party } from "./server";
import { Wrong } from "./Wrong";
import { useWords } from "./words";

export function Correct({ of }: { of: OwnCase }) {
  const t = useWords();
  if (!of.may.correct && of.corrections.length === 0) return null;
  return (
    <section className="pt-card" aria-labelledby="pt-correct">
      <h2 id="pt-correct">{t("correct.title")}</h2>
      {of.may.correct ? <Form /> : null}
      <Sent of={of} />
    </section>
  );
}

function Form() {
  const t = useWords();
  const read = useOwn();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [note, setNote] = useState("");
  const [at, setAt] = useState(0);
  const [empty, setEmpty] = useState(false);
  const report = useMutation({
    mutationFn: async () => {
      const photos = await send(files, setAt);
      return body(party.POST("/api/party/corrections", { body: { photos, note } }));
    },
    onSuccess: (own) => {
      setFiles([]);
      setNote("");
      read(own);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(files.length === 0);
    if (files.length > 0) report.mutate();
  };
  return (
    <form onSubmit={submit}>
      <p>{t("correct.hint")}</p>
      <Chooser label={t("correct.choose")} files={files} onChange={setFiles} accept="image/*" />
      <label className="pt-label">
        {t("correct.note")}
        <input
          className="pt-field"
          value={note}
          maxLength={400}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      {empty && files.length === 0 ? (
        <p className="pt-wrong" role="alert">
          {t("correct.empty")}
        </p>
      ) : null}
      <button type="submit" className="pt-btn primary wide" disabled={report.isPending}>
        {t("correct.send")}
      </button>
      <p role="status" className="pt-done">
        {report.isPending ? t("correct.sending", { n: at, all: files.length }) : ""}
        {report.isSuccess && files.length === 0 ? t("correct.done") : ""}
      </p>
      {report.error ? <Wrong error={report.error} /> : null}
    </form>
  );
}

function Sent({ of }: { of: OwnCase }) {
  const t = useWords();
  const language = useLanguage();
  if (of.corrections.length === 0) return null;
  return (
    <>
      <h3>{t("correct.mine")}</h3>
      {of.corrections.map((one) => (
        <div key={one.at}>
          <p className="pt-faint">
            {t("correct.sent", { time: moment(one.at, language) })} {one.note}
          </p>
          <div className="pt-row">
            {one.photos.map((name, index) => (
              <Shown
                key={name}
                small
                path={`/api/party/files/${name}`}
                alt={t("correct.alt", { n: index + 1 })}
              />
            ))}
          </div>
        </div>
      ))}
    </>
  );
}
