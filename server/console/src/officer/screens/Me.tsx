/** Who works here, what the phone keeps, language and light, and the way out. */
import { useEffect, useState } from "react";
import { LANGUAGES, type Language, speak, useLanguage } from "../../i18n";
import { kept } from "../kept/db";
import { useKept } from "../kept/state";
import { leave } from "../session";
import { useWords } from "../words";
import { chooseLight, useLight } from "./light";

export function Me() {
  const t = useWords();
  const language = useLanguage();
  const light = useLight();
  const { me, tasks, entries } = useKept();
  const [sure, setSure] = useState(false);
  const size = useSize();
  const unsent = entries.filter((entry) => entry.person === me?.id && entry.standing !== "done").length;
  return (
    <div className="o-page">
      <h1>{t("me.title")}</h1>
      <dl className="o-facts">
        <div>
          <dt>{t("me.name")}</dt>
          <dd>{me?.name}</dd>
        </div>
        {tasks?.mine ? (
          <div>
            <dt>{t("me.certificate")}</dt>
            <dd>{tasks.mine}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t("me.kept")}</dt>
          <dd>
            {t("me.keptTasks", { n: tasks?.tasks.length ?? 0 })}
            <small>{t("me.keptPhotos", { n: (size / 1e6).toFixed(1) })}</small>
            <small>{t("me.keptUnsent", { n: unsent })}</small>
          </dd>
        </div>
      </dl>
      <fieldset className="o-choice">
        <legend>{t("me.language")}</legend>
        {(Object.entries(LANGUAGES) as [Language, string][]).map(([one, name]) => (
          <label key={one}>
            <input type="radio" checked={one === language} onChange={() => void speak(one)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="o-choice">
        <legend>{t("me.light")}</legend>
        {(["light", "dark"] as const).map((one) => (
          <label key={one}>
            <input type="radio" checked={one === light} onChange={() => chooseLight(one)} />
            <span>{t(one === "light" ? "me.lightDay" : "me.lightNight")}</span>
          </label>
        ))}
      </fieldset>
      <p className="o-faint">{t("me.install")}</p>
      <a className="o-big plain" href="/console/">
        {t("me.work")}
      </a>
      <p className="o-faint">{unsent > 0 ? t("me.leaveUnsent", { n: unsent }) : t("me.leaveWhy")}</p>
      <button
        type="button"
        className={sure ? "o-big bad" : "o-big plain"}
        onClick={() => (unsent > 0 && !sure ? setSure(true) : void leave())}
      >
        {t(sure ? "me.leaveSure" : "me.leave")}
      </button>
    </div>
  );
}

/** Bytes of the photos and pictures kept here. */
function useSize(): number {
  const [size, setSize] = useState(0);
  useEffect(() => {
    void kept().then(async (database) => {
      const all = [...(await database.getAll("photos")), ...(await database.getAll("shown"))];
      setSize(all.reduce((sum, one) => sum + one.bytes.byteLength, 0));
    });
  }, []);
  return size;
}
