/** What a page shows when it has nothing to show: loading, empty, away, wrong. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Offline, Problem } from "../api/client";

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** The answer once it is there; until then, and when it fails, what people can do about it. */
export function Answer<T>({
  of,
  empty,
  children,
}: {
  of: Asked<T>;
  empty?: (data: T) => boolean;
  children: (data: T) => ReactNode;
}) {
  const { t } = useTranslation();
  if (of.data !== undefined)
    return empty?.(of.data) ? <p className="state">{t("state.empty")}</p> : children(of.data);
  if (of.error) return <Failed error={of.error} retry={of.refetch} />;
  return (
    <p className="state" aria-busy="true">
      {t("state.loading")}
    </p>
  );
}

export function Failed({ error, retry }: { error: Error; retry: () => unknown }) {
  const { t } = useTranslation();
  return (
    <div className="state" role="alert">
      <b>{t("state.failed")}</b>
      <p>{told(error, t("state.offline"))}</p>
      <Button onClick={() => void retry()}>{t("state.retry")}</Button>
    </div>
  );
}

/** An error in words: the server's own title with its code, so that people can quote it. */
export function told(error: Error, offline: string): string {
  if (error instanceof Problem) return `${error.title} (${error.code})`;
  return error instanceof Offline ? offline : error.message;
}

export function NotFound() {
  return <p className="state">{useTranslation().t("state.notFound")}</p>;
}
