/** In with a name and a password, or with the one-time code of a link. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { Offline, Problem } from "../../api/client";
import { meQuery, openWithCode, openWithPassword } from "../../app/session";
import { useWords } from "../../app/words";
import { LANGUAGES, type Language, speak, useLanguage } from "../../i18n";

type Way = "password" | "code";

export function Login() {
  const t = useWords();
  const [way, setWay] = useState<Way>("password");
  const spoken = useLanguage();
  const enter = useEnter(way);
  useEffect(() => {
    document.title = t("login.title");
  }, [t]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name) ?? "").trim();
    const secret = String(given.get("password") ?? "");
    void enter.with(way === "code" ? openWithCode(text("code")) : openWithPassword(text("name"), secret));
  };
  return (
    <main className="gate">
      <section className="gatecard">
        <div className="name">
          <img src="/static/icon.svg" alt="" width={44} height={44} />
          <div>
            <h1>{t("app.name")}</h1>
            <p>{t("app.subtitle")}</p>
          </div>
        </div>
        <form onSubmit={submit} key={way}>
          {way === "code" ? (
            <label>
              {t("login.code")}
              <input className="field" name="code" required autoComplete="one-time-code" spellCheck={false} />
            </label>
          ) : (
            <>
              <label>
                {t("login.name")}
                <input className="field" name="name" required autoComplete="username" spellCheck={false} />
              </label>
              <label>
                {t("login.password")}
                <input
                  className="field"
                  name="password"
                  type="password"
                  required
                  autoComplete="current-password"
                />
              </label>
            </>
          )}
          <p role="alert" className="fault">
            {enter.fault}
          </p>
          <button type="submit" className="btn primary" disabled={enter.busy}>
            {t(way === "code" ? "login.withCode" : "login.enter")}
          </button>
          <button
            type="button"
            className="btn plain"
            onClick={() => setWay(way === "code" ? "password" : "code")}
          >
            {t("login.other")}
          </button>
        </form>
        <div className="langs">
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <button
              key={language}
              type="button"
              className="tool"
              lang={language}
              aria-pressed={language === spoken}
              onClick={() => void speak(language as Language)}
            >
              {name}
            </button>
          ))}
        </div>
      </section>
    </main>
  );
}

function useEnter(way: Way) {
  const t = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const from = useSearch({ from: "/login" }).from ?? "/";
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  const why = (error: unknown): string => {
    if (error instanceof Offline) return t("login.offline");
    if (error instanceof Problem && error.status === 429) return t("login.waitBefore");
    return t(way === "code" ? "login.wrongCode" : "login.wrong");
  };
  const opened = async (opening: Promise<void>) => {
    setBusy(true);
    setFault("");
    try {
      await opening;
      await client.fetchQuery({ ...meQuery, staleTime: 0 });
      await navigate({ href: from.startsWith("/") && !from.startsWith("//") ? from : "/" });
    } catch (error) {
      setFault(why(error));
    } finally {
      setBusy(false);
    }
  };
  return { with: opened, busy, fault };
}
