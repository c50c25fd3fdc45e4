/** The papers that were served on the party, to be fetched as they were issued. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { body } from "../api/client";
import type { PaperRead } from "../api/schema";
import { useLanguage } from "../i18n";
import { date } from "../parts/time";
import { bytes, party } from "./server";
import { Wrong } from "./Wrong";
import { useWords } from "./words";

export function Papers() {
  const t = useWords();
  const papers = useQuery({
    queryKey: ["papers"],
    queryFn: () => body(party.GET("/api/party/documents")),
    refetchInterval: 60_000,
  });
  return (
    <section className="pt-card" aria-labelledby="pt-papers">
      <h2 id="pt-papers">{t("papers.title")}</h2>
      {papers.error ? <Wrong error={papers.error} retry={() => void papers.refetch()} /> : null}
      {papers.data?.length === 0 ? <p>{t("papers.none")}</p> : null}
      <ul className="pt-plain">
        {(papers.data ?? []).map((paper) => (
          <Paper key={paper.id} of={paper} />
        ))}
      </ul>
    </section>
  );
}

function Paper({ of }: { of: PaperRead }) {
  const t = useWords();
  const language = useLanguage();
  const fetched = useMutation({
    mutationFn: () => bytes(`/api/party/documents/${of.id}/pdf`),
    onSuccess: (content) => save(content, `${of.number}.pdf`),
  });
  return (
    <li>
      <button
        type="button"
        className="pt-btn wide"
        disabled={fetched.isPending}
        onClick={() => fetched.mutate()}
      >
        {t("papers.open", { title: language === "en" ? of.title_en : of.title })}
      </button>
      <p className="pt-faint">
        {t("papers.made", { number: of.number, date: date(`${of.date}T04:00:00Z`, language) })} ·{" "}
        {t("papers.size", { n: Math.ceil(of.size_bytes / 1000) })}
      </p>
      {of.valid ? null : <p className="pt-wrong">{t("papers.gone")}</p>}
      <p role="status">{fetched.isPending ? t("papers.loading") : ""}</p>
      {fetched.error ? <Wrong error={fetched.error} /> : null}
    </li>
  );
}

function save(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
