/** Photos for a move: taken or chosen now, or pictures that the case has already. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body, Problem } from "../api/client";
import { useMe } from "../app/session";
import { useLanguage } from "../i18n";
import { useMeaning } from "./Refused";
import { moment } from "./time";
import { canHash, upload } from "./upload";
import { useWords } from "./words.move";

const SENDERS = ["officer", "verify", "seat", "grid", "leader"];

export function PhotoInput({
  id,
  caseId,
  chosen,
  choose,
}: {
  id: string;
  caseId: string;
  chosen: readonly string[];
  choose: (shas: string[]) => void;
}) {
  const t = useWords();
  const me = useMe();
  const maySend = me?.roles.some((role) => SENDERS.includes(role)) ?? false;
  const { send, sending, faults } = useSending((sha) => choose([...new Set([...chosen, sha])]));
  return (
    <div className="photos" id={id}>
      {maySend ? (
        <label className="btn">
          {t("photo.take")}
          <input
            className="unseen"
            type="file"
            accept="image/jpeg,image/png,image/webp"
            multiple
            disabled={!canHash()}
            onChange={(event) => void send([...(event.target.files ?? [])])}
          />
        </label>
      ) : null}
      {maySend && !canHash() ? <p className="fault">{t("photo.secure")}</p> : null}
      <p aria-live="polite">
        {sending > 0
          ? t("photo.sending", { n: sending })
          : chosen.length > 0
            ? t("photo.chosen", { n: chosen.length })
            : null}
      </p>
      {faults.map((fault) => (
        <p key={fault} className="fault" role="alert">
          {fault}
        </p>
      ))}
      <Own caseId={caseId} chosen={chosen} choose={choose} />
      <ul className="photos-chosen">
        {chosen.map((sha) => (
          <li key={sha}>
            <code>{t("photo.picture", { sha: sha.slice(0, 12) })}</code>
            <button
              type="button"
              className="btn plain"
              onClick={() => choose(chosen.filter((one) => one !== sha))}
            >
              {t("remove")}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Files go up one after the other; `taken` hears each that the server has. */
function useSending(taken: (sha: string) => void) {
  const t = useWords();
  const meaning = useMeaning();
  const [sending, setSending] = useState(0);
  const [faults, setFaults] = useState<string[]>([]);
  const send = async (files: File[]) => {
    setFaults([]);
    setSending(files.length);
    for (const file of files) {
      try {
        taken(await upload(file));
      } catch (error) {
        const why = error instanceof Problem ? meaning(error.code, error.title) : String(error);
        setFaults((before) => [...before, t("photo.failed", { name: file.name, why })]);
      }
      setSending((left) => left - 1);
    }
  };
  return { send, sending, faults };
}

function Own({
  caseId,
  chosen,
  choose,
}: {
  caseId: string;
  chosen: readonly string[];
  choose: (shas: string[]) => void;
}) {
  const t = useWords();
  const language = useLanguage();
  const pictures = useQuery({
    queryKey: ["case", caseId, "pictures"],
    queryFn: () => body(api.GET("/api/cases/{case_id}/pictures", { params: { path: { case_id: caseId } } })),
  });
  const shown = pictures.data?.filter((picture) => !picture.sealed) ?? [];
  if (shown.length === 0) return null;
  return (
    <details>
      <summary>{t("photo.own")}</summary>
      <ul className="photos-own">
        {shown.map(({ sha256, captured_at }) => (
          <li key={sha256}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(sha256)}
                onChange={(event) =>
                  choose(event.target.checked ? [...chosen, sha256] : chosen.filter((one) => one !== sha256))
                }
              />
              <img src={`/api/evidence/${sha256}`} alt={moment(captured_at, language)} loading="lazy" />
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
