/** The frame around every page: the menu of one's own roles, language and theme, the line to the server.
 *
 * Plain elements and CSS: Ant Design's menu and layout alone would cost every page 60 kB of script.
 */
import { LogoutOutlined, MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Link, Navigate, Outlet, useRouterState } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language, speak } from "../i18n";
import { useEvents, useLive } from "./events";
import { useLook } from "./look";
import { placesOf } from "./places";
import { useLogOut, useMe } from "./session";

export function Shell() {
  const me = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { t } = useTranslation();
  useEvents(Boolean(me));
  if (me === undefined) return null;
  if (me === null) return <Navigate to="/login" search={{ from: path }} />;
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
            <Link key={place.key} to={place.path} activeProps={{ "aria-current": "page" }}>
              {t(`nav.${place.key}`)}
            </Link>
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

function Tools({ name }: { name: string }) {
  const { t, i18n } = useTranslation();
  const { mode, choose } = useLook();
  const live = useLive();
  const leave = useLogOut();
  const dark = mode === "dark";
  return (
    <div className="tools">
      <span className={live ? "line live" : "line away"} role="status">
        {t(live ? "state.live" : "state.offline")}
      </span>
      <select
        aria-label={t("theme.language")}
        value={i18n.language}
        onChange={(event) => void speak(event.target.value as Language)}
      >
        {Object.entries(LANGUAGES).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Button
        type="text"
        aria-label={t(dark ? "theme.light" : "theme.dark")}
        icon={dark ? <SunOutlined /> : <MoonOutlined />}
        onClick={() => choose(dark ? "light" : "dark")}
      />
      <span className="who">{name}</span>
      <Button
        type="text"
        aria-label={t("login.out")}
        icon={<LogoutOutlined />}
        onClick={() => void leave()}
      />
    </div>
  );
}
