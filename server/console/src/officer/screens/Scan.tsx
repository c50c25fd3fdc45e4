/** Scan a paper or a licence: to the case, or to who it is. */
import { useState } from "react";
import { Offline, Problem } from "../../api/client";
import type { Scanned } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { useKept } from "../kept/state";
import { stateName } from "../saying";
import { foundHere, lookUp } from "../scanning";
import { go } from "../view";
import { useWords } from "../words";
import { Reader } from "./Reader";

export function Scan() {
  const t = useWords();
  const { tasks } = useKept();
  const [found, setFound] = useState<Scanned | null>(null);
  const [fault, setFault] = useState("");
  const read = async (text: string) => {
    setFault("");
    const here = foundHere(text, tasks?.tasks ?? []);
    if (here !== null) return go({ at: "task", caseId: here.case.id });
    try {
      setFound(await lookUp(text));
    } catch (error) {
      if (error instanceof Offline) setFault(t("scan.offline"));
      else if (error instanceof Problem) setFault(error.status === 404 ? t("scan.none") : error.title);
      else throw error;
    }
    return undefined;
  };
  return (
    <div className="o-page">
      <h1>{t("scan.title")}</h1>
      <p role="alert" className="o-fault">
        {fault}
      </p>
      {found === null ? (
        <Reader onRead={(text) => void read(text)} />
      ) : (
        <>
          <Result found={found} mine={new Set((tasks?.tasks ?? []).map((task) => task.case.id))} />
          <button type="button" className="o-big" onClick={() => setFound(null)}>
            {t("scan.again")}
          </button>
        </>
      )}
    </div>
  );
}

function Result({ found, mine }: { found: Scanned; mine: ReadonlySet<string> }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <section className="o-result" aria-live="polite">
      {found.document_id === null ? null : (
        <p>
          <small>{t("scan.document")}</small>
          <strong>{language === "en" ? found.document_title_en : found.document_title}</strong>
          <span>{found.document_number}</span>
          <b className={found.valid ? "o-tag" : "o-tag bad"}>{t(found.valid ? "scan.valid" : "scan.gone")}</b>
        </p>
      )}
      {found.subject_name === "" ? null : (
        <p>
          <small>{t("scan.subject")}</small>
          <strong>{found.subject_name}</strong>
          <a className="o-big plain" href={`/console/subjects/${found.subject_id}`}>
            {t("scan.archive")}
          </a>
        </p>
      )}
      <h2>{t("scan.cases")}</h2>
      {found.cases.length === 0 ? <p>{t("scan.noCases")}</p> : null}
      {found.cases.map((one) => (
        <button
          key={one.id}
          type="button"
          className="o-big plain"
          disabled={!mine.has(one.id)}
          onClick={() => go({ at: "task", caseId: one.id })}
        >
          {one.number} · {stateName(one.state)} · {t(mine.has(one.id) ? "scan.open" : "scan.notMine")}
        </button>
      ))}
    </section>
  );
}
