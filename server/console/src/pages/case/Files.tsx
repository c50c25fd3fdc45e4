/** Pictures and every other file of a case with its hash: blurred ones shown, sealed originals for a reason. */
import { type ReactNode, useState } from "react";
import type { CaseDetail } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { known } from "../../parts/Refused";
import { moment } from "../../parts/time";
import { Shown } from "./Original";
import { useFiles, useHas, usePictures } from "./reads";
import { useWords } from "./words";

/** A file as it is listed. */
export interface Kept {
  readonly sha256: string;
  readonly role: string;
  readonly media_type: string;
  readonly captured_at: string;
  readonly sealed: boolean;
}
const VIEWERS = ["seat", "superv", "officer", "leader", "legal", "head", "verify"];

export function Files({ of }: { of: CaseDetail }) {
  const t = useWords();
  const language = useLanguage();
  const pictures = usePictures(of.id).data ?? [];
  const [opened, setOpened] = useState<Kept | null>(null);
  const shown = pictures.filter((picture) => !picture.sealed);
  return (
    <section className="card case-files" aria-labelledby="files-title">
      <h2 id="files-title">{t("pictures.title")}</h2>
      {shown.length === 0 ? <p className="faint">{t("pictures.none")}</p> : null}
      <ul className="case-pictures">
        {shown.slice(0, 8).map((picture, index) => {
          const at = moment(picture.captured_at, language);
          return (
            <li key={picture.sha256} className={index === 0 ? "cover" : ""}>
              <button
                type="button"
                aria-label={t("pictures.enlarge", { at })}
                onClick={() => setOpened(picture)}
              >
                <img
                  src={`/api/evidence/${picture.sha256}`}
                  alt=""
                  loading={index === 0 ? "eager" : "lazy"}
                />
              </button>
              <small>
                {at} · {t("pictures.shown")} {picture.is_best ? <b>{t("pictures.best")}</b> : null}
              </small>
              <Hash sha256={picture.sha256} />
            </li>
          );
        })}
      </ul>
      <All of={of} open={setOpened} />
      {opened ? <Shown file={opened} caseNumber={of.number} close={() => setOpened(null)} /> : null}
    </section>
  );
}

/** Every file: of the alerts, and photos that steps name. */
function All({ of, open }: { of: CaseDetail; open: (file: Kept) => void }) {
  const t = useWords();
  const files = useFiles(of);
  const photos = of.steps.flatMap((step) =>
    (Array.isArray(step.fields.photos) ? step.fields.photos : []).map((sha256) => ({
      sha256: String(sha256),
      role: "site_photo",
      media_type: "image/jpeg",
      captured_at: step.at,
      sealed: true,
    })),
  );
  return (
    <>
      {files.length > 0 ? (
        <List name={t("pictures.files", { n: files.length })} files={files} open={open} />
      ) : null}
      {photos.length > 0 ? (
        <List name={t("pictures.photos", { n: photos.length })} files={photos} open={open} />
      ) : null}
    </>
  );
}

function List({ name, files, open }: { name: string; files: readonly Kept[]; open: (file: Kept) => void }) {
  const t = useWords();
  const language = useLanguage();
  const mayLook = useHas(...VIEWERS);
  return (
    <details className="case-allfiles">
      <summary>{name}</summary>
      <ul>
        {files.map((file) => (
          <li key={file.sha256 + file.role}>
            <span>{known(t, `pictures.role.${file.role}`, file.role)}</span>
            <small>{moment(file.captured_at, language)}</small>
            {file.sealed && mayLook ? (
              <button type="button" className="btn plain" onClick={() => open(file)}>
                {t("pictures.look")}
              </button>
            ) : null}
            <Hash sha256={file.sha256} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Hash({ sha256 }: { sha256: string }): ReactNode {
  const t = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(sha256).then(() => setCopied(true));
  };
  return (
    <button type="button" className="case-hash" title={sha256} onClick={copy}>
      <code>{copied ? t("pictures.copied") : t("pictures.hash", { sha: sha256.slice(0, 16) })}</code>
    </button>
  );
}
