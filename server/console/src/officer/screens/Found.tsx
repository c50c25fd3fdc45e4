/** Who it was: by the licence's code. Needs the network, because the subject's file is on the server. */
import { useState } from "react";
import { Offline, Problem } from "../../api/client";
import { decide } from "../deciding";
import { lookUp } from "../scanning";
import { useWords } from "../words";
import type { Doing } from "./Deed";
import { Head } from "./Head";
import { Reader } from "./Reader";

export function Found({ seen, done }: Doing) {
  const t = useWords();
  const [who, setWho] = useState<{ id: string; name: string; code: string } | null>(null);
  const [fault, setFault] = useState("");
  const read = async (text: string) => {
    try {
      const found = await lookUp(text);
      if (found.kind !== "subject" || !found.subject_id) return setFault(t("scan.none"));
      setFault("");
      return setWho({ id: found.subject_id, name: found.subject_name, code: text });
    } catch (error) {
      if (error instanceof Offline) return setFault(t("found.offline"));
      if (error instanceof Problem) return setFault(t("scan.none"));
      throw error;
    }
  };
  const use = async () => {
    if (who === null) return;
    await decide(seen, { to: "W4", reason: who.code.slice(0, 200), fields: { subject_id: who.id } });
    done();
  };
  return (
    <div className="o-page">
      <Head title={t("found.title")} />
      <p className="o-note">{t("found.hint")}</p>
      <p role="alert" className="o-fault">
        {fault}
      </p>
      {who === null ? (
        <Reader onRead={(text) => void read(text)} />
      ) : (
        <div className="o-result">
          <strong>{who.name}</strong>
          <button type="button" className="o-big" onClick={() => void use()}>
            {t("found.use")}
          </button>
          <button type="button" className="o-big plain" onClick={() => setWho(null)}>
            {t("scan.again")}
          </button>
        </div>
      )}
    </div>
  );
}
