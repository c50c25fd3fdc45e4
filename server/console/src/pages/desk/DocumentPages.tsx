/** A document as its pages: pictures that any screen shows. The PDF is beside it. */
import { useQuery } from "@tanstack/react-query";
import { api, body } from "../../api/client";
import { Answer } from "../../parts/states";
import { useWords } from "./words";

export function DocumentPages({ id, title }: { id: string; title: string }) {
  const t = useWords();
  const pages = useQuery({
    queryKey: ["documents", "pages", id],
    queryFn: () =>
      body(api.GET("/api/documents/{document_id}/pages", { params: { path: { document_id: id } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Answer of={pages}>
      {(found) => (
        <>
          {found.same ? null : <p className="fault">{t("documents.other")}</p>}
          <Sheets
            title={title}
            urls={Array.from({ length: found.pages }, (_, at) => `/api/documents/${id}/pages/${at + 1}`)}
          />
        </>
      )}
    </Answer>
  );
}

/** Pages beside and below each other, each readable. */
export function Sheets({ title, urls }: { title: string; urls: readonly string[] }) {
  const t = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys
    <div className="docs-sheets" role="group" aria-label={title} tabIndex={0}>
      {urls.map((url, at) => (
        <img key={url} src={url} alt={`${title} ${t("documents.page", { n: at + 1, all: urls.length })}`} />
      ))}
    </div>
  );
}
