/** What went wrong, in words, and that nothing entered is lost. */
import { Offline, Problem } from "../api/client";
import { NotAPicture } from "./photo";
import { useWords } from "./words";

export function Wrong({ error, retry }: { error: Error; retry?: () => void }) {
  const t = useWords();
  return (
    <div className="pt-wrong" role="alert">
      <b>{t("wrong.title")}</b>
      <p>{useSaid()(error)}</p>
      {retry ? (
        <button type="button" className="pt-btn" onClick={retry}>
          {t("away.retry")}
        </button>
      ) : null}
    </div>
  );
}

function useSaid(): (error: Error) => string {
  const t = useWords();
  return (error) => {
    if (error instanceof Offline) return t("wrong.offline");
    if (error instanceof NotAPicture) return t("correct.no_picture");
    if (!(error instanceof Problem)) return t("wrong.other", { code: error.name });
    if (error.code === "party.too_many_files") return t("wrong.many");
    if (error.code === "party.pledge_changed") return t("pledge.changed");
    if (error.code.endsWith("_now")) return t("wrong.late");
    return error.status === 429 ? t("wrong.slow") : t("wrong.other", { code: error.code });
  };
}
