/** Take a ledger away, as a spreadsheet or on paper: with a reason, since who took what is kept. */
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";
import { told } from "../../parts/states";
import type { View } from "./view";
import { useWords } from "./words";

const FORMATS = ["xlsx", "pdf", "csv"] as const;
type Format = (typeof FORMATS)[number];

export function Export({ view, close }: { view: View; close: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState("");
  const [name, setName] = useState("kpis");
  const [format, setFormat] = useState<Format>("xlsx");
  const [state, setState] = useState<{ busy: boolean; said: string; bad: boolean }>({
    busy: false,
    said: "",
    bad: false,
  });
  const ledgers = useQuery({ queryKey: ["ledgers"], queryFn: () => body(api.GET("/api/ledgers")) });
  useEffect(() => dialog.current?.showModal(), []);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true, said: t("export.working"), bad: false });
    try {
      const { since, until, district } = view;
      const answer = await api.POST("/api/ledgers/{name}/export", {
        params: { path: { name } },
        body: { reason, since, until, district, format, language },
        parseAs: "blob",
      });
      save(answer.data as unknown as Blob, answer.response);
      const rows = Number(answer.response.headers.get("X-Rows") ?? 0);
      setState({ busy: false, said: t("export.done", { n: rows }), bad: false });
    } catch (error) {
      setState({ busy: false, said: told(error as Error), bad: true });
    }
  };
  return (
    <dialog ref={dialog} className="kpi-export" aria-labelledby="kpi-export" onClose={close}>
      <form onSubmit={(event) => void send(event)}>
        <h2 id="kpi-export">{t("export.title")}</h2>
        <p>{t("period.between", { since: view.since, until: view.until })}</p>
        <label>
          {t("export.which")}
          <select className="field" value={name} onChange={(event) => setName(event.target.value)}>
            {(ledgers.data ?? []).map((one) => (
              <option key={one.name} value={one.name}>
                {language === "en" ? one.name_en : one.name_zh}
              </option>
            ))}
          </select>
        </label>
        <fieldset>
          <legend>{t("export.form")}</legend>
          {FORMATS.map((one) => (
            <label key={one}>
              <input type="radio" name="form" checked={format === one} onChange={() => setFormat(one)} />
              {t(`export.${one}`)}
            </label>
          ))}
        </fieldset>
        <label>
          {t("export.reason")}
          <input
            className="field"
            required
            minLength={4}
            maxLength={300}
            placeholder={t("export.hint")}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <p role="status" className={state.bad ? "fault" : ""}>
          {state.said}
        </p>
        <footer>
          <button type="button" className="btn" onClick={close}>
            {t("export.cancel")}
          </button>
          <button type="submit" className="btn primary" disabled={state.busy}>
            {t("export.go")}
          </button>
        </footer>
      </form>
    </dialog>
  );
}

/** Hand the file to the browser under the name that the server gave it. */
function save(file: Blob, response: Response): void {
  const name = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name ?? "export.xlsx";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
