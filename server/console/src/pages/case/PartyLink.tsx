/** A way in for the party: a link that works once, and the same as a QR code. Shown this once, kept nowhere. */
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, body } from "../../api/client";
import type { CaseDetail } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Refused } from "../../parts/Refused";
import { moment } from "../../parts/time";
import { useWords } from "./words";

interface Made {
  readonly url: string;
  readonly until: string;
  readonly picture: string;
}

async function make(caseId: string): Promise<Made> {
  const link = await body(
    api.POST("/api/cases/{case_id}/party-links", { params: { path: { case_id: caseId } } }),
  );
  const url = new URL(link.url, window.location.origin).href;
  const svg = await body(api.POST("/api/qr-codes", { body: { text: url }, parseAs: "blob" }));
  return { url, until: link.expires_at, picture: URL.createObjectURL(svg as Blob) };
}

export function PartyLink({ of, close }: { of: CaseDetail; close: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const [copied, setCopied] = useState(false);
  const made = useMutation({ mutationFn: () => make(of.id) });
  const picture = made.data?.picture;
  useEffect(() => (picture ? () => URL.revokeObjectURL(picture) : undefined), [picture]);
  return (
    <div className="case-link">
      {made.data ? (
        <>
          <img src={made.data.picture} alt={t("acts.qr")} width={220} height={220} />
          <p>{t("acts.linkHint", { at: moment(made.data.until, language) })}</p>
          <code>{made.data.url}</code>
          <button
            type="button"
            className="btn"
            onClick={() => void navigator.clipboard?.writeText(made.data.url).then(() => setCopied(true))}
          >
            {t(copied ? "acts.copied" : "acts.copy")}
          </button>
        </>
      ) : (
        <button type="button" className="btn primary" disabled={made.isPending} onClick={() => made.mutate()}>
          {t("acts.linkMake")}
        </button>
      )}
      {made.error ? <Refused error={made.error} /> : null}
      <button type="button" className="btn" onClick={close}>
        {t("acts.cancel")}
      </button>
    </div>
  );
}
