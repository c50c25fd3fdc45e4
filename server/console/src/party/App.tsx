/** The party's page: one matter, from the link in the message or on the paper, without an account. */
import { useEffect, useRef, useSyncExternalStore } from "react";
import { LANGUAGES, type Language, speak, useLanguage } from "../i18n";
import { Ask } from "./Ask";
import { again, arrive, choose, forget, watch, where } from "./door";
import { type Look, useLook } from "./look";
import { Own } from "./Own";
import "./party.css";
import { takeCode } from "./visit";
import { useWords } from "./words";

void arrive(takeCode(location, history));
// A second code scanned into the same tab changes only what stands behind the #.
addEventListener("hashchange", () => {
  const code = takeCode(location, history);
  if (code !== null) void arrive(code);
});

export function App() {
  const t = useWords();
  const [look, change] = useLook();
  const door = useSyncExternalStore(watch, where);
  useEffect(() => {
    document.title = t("app");
  });
  return (
    <>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header className="pt-top">
        <b>{t("app")}</b>
        <Tools look={look} change={change} />
      </header>
      <main id="main" tabIndex={-1} className="pt-main">
        {door.at === "opening" ? (
          <p className="state" aria-busy="true" role="status">
            {t("opening")}
          </p>
        ) : null}
        {door.at === "away" ? <Away /> : null}
        {door.at === "refused" ? <Closed /> : null}
        {door.at === "nothing" ? <Nothing /> : null}
        {door.at === "choosing" ? (
          <section className="pt-card">
            <Title text={t("pick.title")} />
            <ul className="pt-plain">
              {door.known.map((known) => (
                <li key={known.origins[0]}>
                  <button type="button" className="pt-btn wide" onClick={() => void choose(known)}>
                    {known.number === "" ? t("pick.unnamed") : `${known.item} ${known.number}`}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {door.at === "inside" ? (
          <>
            <Own key={door.open.origin} open={door.open} />
            <p className="pt-end">
              <button type="button" className="pt-link" onClick={() => forget(door.open)}>
                {t("tools.forget")}
              </button>
            </p>
          </>
        ) : null}
      </main>
    </>
  );
}

function Tools({ look, change }: { look: Look; change: (next: Partial<Look>) => void }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <div className="pt-tools" role="group" aria-label={t("tools.name")}>
      <button type="button" aria-pressed={look.big} onClick={() => change({ big: !look.big })}>
        {t("tools.big")}
      </button>
      <button type="button" aria-pressed={look.contrast} onClick={() => change({ contrast: !look.contrast })}>
        {t("tools.contrast")}
      </button>
      <select
        aria-label={t("tools.language")}
        value={language}
        onChange={(event) => void speak(event.target.value as Language)}
      >
        {Object.entries(LANGUAGES).map(([value, label]) => (
          <option key={value} value={value} lang={value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A heading that takes the focus when it comes, so that a screen reader begins there. */
export function Title({ text }: { text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {text}
    </h1>
  );
}

function Closed() {
  const t = useWords();
  return (
    <>
      <section className="pt-card" role="alert">
        <Title text={t("closed.title")} />
        <p>{t("closed.why")}</p>
        <h2>{t("closed.do")}</h2>
        <ol>
          <li>{t("closed.same")}</li>
          <li>{t("closed.ask")}</li>
          <li>{t("closed.paper")}</li>
        </ol>
      </section>
      <Ask />
    </>
  );
}

function Nothing() {
  const t = useWords();
  return (
    <>
      <section className="pt-card">
        <Title text={t("none.title")} />
        <p>{t("none.body")}</p>
      </section>
      <Ask />
    </>
  );
}

function Away() {
  const t = useWords();
  return (
    <section className="pt-card" role="alert">
      <Title text={t("away.title")} />
      <p>{t("away.body")}</p>
      <button type="button" className="pt-btn" onClick={() => void again()}>
        {t("away.retry")}
      </button>
    </section>
  );
}
