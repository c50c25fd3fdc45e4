/** What a page shows when it has nothing to show: loading, empty, away, wrong. Plain elements: every entry uses them. */
import type { ReactNode } from "react";
import { Offline, Problem } from "../api/client";
import { said, wanted } from "../i18n/problems";
import { useWords } from "./words";

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** The answer once it is there; until then, and when it fails, what people can do about it.
 *
 * `empty` says whether there is nothing to show; `nothing` is then shown in its place (what to do next).
 */
export function Answer<T>({
  of,
  empty,
  nothing,
  children,
}: {
  of: Asked<T>;
  empty?: (data: T) => boolean;
  nothing?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return empty?.(of.data) ? <Empty>{nothing}</Empty> : children(of.data);
  if (of.error) return <Failed error={of.error} retry={of.refetch} />;
  return <Loading />;
}

export function Loading() {
  const t = useWords();
  return (
    <p className="state" aria-busy="true">
      {t("loading")}
    </p>
  );
}

export function Empty({ children }: { children?: ReactNode }) {
  const t = useWords();
  return <div className="state">{children ?? t("empty")}</div>;
}

export function Failed({ error, retry }: { error: Error; retry?: () => unknown }) {
  const t = useWords();
  return (
    <div className="state" role="alert">
      <b>{error instanceof Offline ? t("offline") : t("failed")}</b>
      {error instanceof Offline ? null : <p>{told(error)}</p>}
      {error instanceof Problem ? <small>{t("code", { code: error.code })}</small> : null}
      {retry ? (
        <button type="button" className="btn" onClick={() => void retry()}>
          {t("retry")}
        </button>
      ) : null}
    </div>
  );
}

/** An error of the server in words, with each field that was not accepted; of anything else the browser's. */
export function told(error: Error): string {
  if (!(error instanceof Problem)) return error.message;
  const fields = problemsOf(error).map(({ field, allowed }) => `${field}: ${wanted(allowed)}`);
  return [said(error.code, error.title), ...fields].join("\n");
}

/** The fields that the server did not accept, each with what it would. */
export function problemsOf(error: Error): readonly { field: string; allowed: string }[] {
  const found = error instanceof Problem ? error.facts.problems : undefined;
  if (!Array.isArray(found)) return [];
  return found.map((one: { field?: unknown; allowed?: unknown }) => ({
    field: String(one.field ?? ""),
    allowed: String(one.allowed ?? ""),
  }));
}

export function NotFound() {
  const t = useWords();
  return (
    <div className="state">
      <p>{t("notFound")}</p>
      <a className="btn" href="/console/">
        {t("home")}
      </a>
    </div>
  );
}
