/** The frame around every page: the menu of one's own roles, language and light, the line to the server.
 *
 * Plain elements and CSS: Ant Design's menu and layout alone would cost every page 60 kB of script.
 */
import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { type ReactNode, Suspense, useEffect } from "react";
import { LANGUAGES, type Language, speak, useLanguage } from "../i18n";
import { Failed, Loading } from "../parts/states";
import { useEvents, useLive } from "./events";
import { useLook } from "./look";
import { type Place, placesOf } from "./places";
import { useLogOut, useMe, useMeAsked } from "./session";
import { useWords } from "./words";

/** Shows its children to whoever is logged in, and leads everybody else to the login page and back. */
export function Guard({ children }: { children: ReactNode }) {
  const asked = useMeAsked();
  useEvents(Boolean(asked.data));
  if (asked.data === undefined)
    return asked.error ? <Failed error={asked.error} retry={asked.refetch} /> : <Loading />;
  if (asked.data === null) return <ToLogin />;
  return <Suspense fallback={<Loading />}>{children}</Suspense>;
}

/** Once, from where it stands: asked again while the login page is loading, it would lead back to the login page. */
function ToLogin() {
  const router = useRouter();
  useEffect(() => {
    void router.navigate({ to: "/login", search: { from: router.state.location.href }, replace: true });
  }, [router]);
  return <Loading />;
}

export function Shell() {
  return (
    <Guard>
      <Framed />
    </Guard>
  );
}

function Framed() {
  const me = useMe();
  const t = useWords();
  if (!me) return null;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t("nav.skip")}
      </a>
      <header className="top">
        <Link to="/" className="mark">
          <img src="/static/icon.svg" alt="" width={28} height={28} />
          <b>{t("app.name")}</b>
        </Link>
        <nav className="menu" aria-label={t("nav.menu")}>
          {placesOf(me.roles).map((place) => (
            <Entry key={place.key} place={place} />
          ))}
        </nav>
        <Tools name={me.name} />
      </header>
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

function Entry({ place }: { place: Place }) {
  const t = useWords();
  const says = t(`nav.${place.key}`);
  if (place.outside) return <a href={place.path}>{says}</a>;
  return (
    <Link to={place.path} activeProps={{ "aria-current": "page" }}>
      {says}
    </Link>
  );
}

function Tools({ name }: { name: string }) {
  const t = useWords();
  const language = useLanguage();
  const { mode, choose } = useLook();
  const live = useLive();
  const leave = useLogOut();
  const dark = mode === "dark";
  return (
    <div className="tools">
      <span className={live ? "line live" : "line away"} role="status">
        {t(live ? "live.on" : "live.off")}
      </span>
      <select
        aria-label={t("theme.language")}
        value={language}
        onChange={(event) => void speak(event.target.value as Language)}
      >
        {Object.entries(LANGUAGES).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="tool"
        aria-label={t(dark ? "theme.light" : "theme.dark")}
        title={t(dark ? "theme.light" : "theme.dark")}
        onClick={() => choose(dark ? "light" : "dark")}
      >
        <Light dark={dark} />
      </button>
      <Link to="/inbox" className="who" activeProps={{ "aria-current": "page" }}>
        {name}
      </Link>
      <button type="button" className="tool" onClick={() => void leave()}>
        {t("login.out")}
      </button>
    </div>
  );
}

function Light({ dark }: { dark: boolean }) {
  return (
    <svg viewBox="0 0 20 20" width={18} height={18} aria-hidden="true" fill="currentColor">
      {dark ? (
        <>
          <circle cx="10" cy="10" r="4" />
          <path
            d="M10 1v3M10 16v3M1 10h3M16 10h3M3.6 3.6l2.1 2.1M14.3 14.3l2.1 2.1M3.6 16.4l2.1-2.1M14.3 5.7l2.1-2.1"
            stroke="currentColor"
            strokeWidth="1.6"
            fill="none"
          />
        </>
      ) : (
        <path d="M12.5 2.2A8 8 0 1 0 17.8 13 6.6 6.6 0 0 1 12.5 2.2Z" />
      )}
    </svg>
  );
}
