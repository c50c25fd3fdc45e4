/** Published versions and open drafts, to choose from; and the way to begin a draft. */
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useRef } from "react";
import type { PublishedRead } from "../../api/schema";
import { useMe } from "../../app/session";
import { told } from "../../parts/states";
import { begin, bodyOf, type Draft, useChange } from "./asking";
import { useWords } from "./words";

export function Versions({
  versions,
  drafts,
  chosen,
}: {
  versions: readonly PublishedRead[];
  drafts: readonly Draft[];
  chosen: string;
}) {
  const t = useWords();
  const roles = useMe()?.roles ?? [];
  const from = versions.find((version) => version.id === chosen);
  const writes = roles.includes("legal");
  return (
    <nav className="law-versions" aria-label={t("versions")}>
      {writes || roles.includes("head") ? (
        <>
          <h2>{t("drafts")}</h2>
          {drafts.length === 0 ? <p className="law-faint">{t("noDrafts")}</p> : null}
          {drafts.map((draft) => (
            <Entry key={draft.id} id={draft.id} chosen={chosen} name={bodyOf(draft).version}>
              {t("by", { who: draft.drafted_by_name })}
            </Entry>
          ))}
        </>
      ) : null}
      <h2>{t("published")}</h2>
      {versions.map((version) => (
        <Entry key={version.id} id={version.id} chosen={chosen} name={version.key}>
          <span className={version.status === "signed" ? "tag good" : "tag warn"}>
            {t(version.status === "signed" ? "signed" : "unsigned")}
          </span>{" "}
          {t("inForce", { from: version.in_force_from })}
          {version.in_force_to ? ` ${t("until", { to: version.in_force_to })}` : ""}
          {version.published_by ? <br /> : null}
          {version.published_by ? t("publishedBy", { who: version.published_by }) : null}
        </Entry>
      ))}
      {writes && from ? <Begin from={from} /> : null}
    </nav>
  );
}

function Entry({
  id,
  chosen,
  name,
  children,
}: {
  id: string;
  chosen: string;
  name: string;
  children: ReactNode;
}) {
  return (
    <Link
      className="law-entry"
      to="/law"
      search={{ list: id }}
      aria-current={id === chosen ? "true" : undefined}
    >
      <b>{name}</b>
      <small>{children}</small>
    </Link>
  );
}

function Begin({ from }: { from: PublishedRead }) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  const client = useQueryClient();
  const beginning = useChange(begin(from.id));
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const version = String(new FormData(event.currentTarget).get("version") ?? "");
    const draft = await beginning.mutateAsync(version).catch(() => null);
    if (draft === null) return;
    dialog.current?.close();
    await client.invalidateQueries({ queryKey: ["drafts"] });
    await navigate({ to: "/law", search: { list: draft.id } });
  };
  return (
    <>
      <button type="button" className="btn law-begin" onClick={() => dialog.current?.showModal()}>
        {t("begin")}
      </button>
      <dialog ref={dialog} aria-labelledby="law-begin-title">
        <form className="law-form" onSubmit={(event) => void submit(event)}>
          <h2 id="law-begin-title">{t("beginTitle")}</h2>
          <label>
            {t("versionName")}
            <input className="field" name="version" required pattern="[0-9A-Za-z.\-]{1,40}" />
            <small className="law-faint">{t("versionHint")}</small>
          </label>
          {beginning.error ? (
            <p role="alert" className="fault">
              {told(beginning.error)}
            </p>
          ) : null}
          <div className="law-acts">
            <button type="submit" className="btn primary" disabled={beginning.isPending}>
              {t("go")}
            </button>
            <button type="button" className="btn" onClick={() => dialog.current?.close()}>
              {t("cancel")}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
