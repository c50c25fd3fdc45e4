/** In, with a name and a password. What was not sent before waits for its owner. */
import { type FormEvent, useEffect, useState } from "react";
import { Offline, Problem } from "../../api/client";
import { openWithCode, openWithPassword, takeCode } from "../../app/session";
import { useKept } from "../kept/state";
import { begin, finishLeaving, hasLeft } from "../session";
import { go, viewOf } from "../view";
import { useWords } from "../words";

export function Gate() {
  const t = useWords();
  const { entries } = useKept();
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const unsent = entries.filter((entry) => entry.standing !== "done").length;
  const enter = async (opening: () => Promise<void>, quietly: boolean) => {
    setBusy(true);
    setFault("");
    try {
      await opening();
      await begin();
      if (viewOf(location.search).at === "login") go({ at: "tasks" }, true);
    } catch (error) {
      const name =
        error instanceof Offline ? "gate.offline" : isForeign(error) ? "gate.notYours" : "gate.wrong";
      if (!quietly || name === "gate.notYours") setFault(t(name));
    } finally {
      setBusy(false);
    }
  };
  // A one-time link, or a cookie that is still good; unless somebody logged out here without a network.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, at the start
  useEffect(() => {
    const code = takeCode(location, history);
    if (code !== null) void enter(() => openWithCode(code), false);
    else if (hasLeft()) void finishLeaving();
    else void enter(async () => undefined, true);
  }, []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const told = new FormData(event.currentTarget);
    void enter(() => openWithPassword(String(told.get("name")), String(told.get("password"))), false);
  };
  return (
    <main className="o-gate">
      <img src="/static/icon.svg" alt="" width={72} height={72} />
      <h1>{t("gate.title")}</h1>
      {unsent > 0 ? <p className="o-note">{t("gate.unsent", { n: unsent })}</p> : null}
      <form onSubmit={submit}>
        <label>
          {t("gate.name")}
          <input name="name" required autoComplete="username" autoCapitalize="off" spellCheck={false} />
        </label>
        <label>
          {t("gate.password")}
          <input name="password" type="password" required autoComplete="current-password" />
        </label>
        <p role="alert" className="o-fault">
          {fault}
        </p>
        <button type="submit" className="o-big" disabled={busy}>
          {busy ? t("app.wait") : t("gate.enter")}
        </button>
      </form>
    </main>
  );
}

function isForeign(error: unknown): boolean {
  return error instanceof Problem && error.status === 403;
}
