/** A block of a file: a heading, what can be done, and rows or a word that there are none. */
import type { ReactNode } from "react";
import { useWords } from "./words";

export function Block({
  title,
  hint,
  tools,
  children,
  count,
}: {
  title: string;
  hint?: string;
  tools?: ReactNode;
  children: ReactNode;
  /** How many rows; none says so. */
  count?: number;
}) {
  const t = useWords();
  return (
    <section className="card subject-block" aria-label={title}>
      <div className="subject-head">
        <h2>{title}</h2>
        {tools}
      </div>
      {hint ? <p className="subject-faint">{hint}</p> : null}
      {count === 0 ? <p className="subject-faint">{t("none")}</p> : children}
    </section>
  );
}

/** A span of days; the end only when there is one. */
export function Span({ from, to }: { from: string; to: string | null }) {
  const t = useWords();
  return <span className="subject-faint num">{to ? t("span", { from, to }) : t("since", { from })}</span>;
}
