/** One's own account: roles, the language of notices, a link for the phone, the password. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import { ROLES, type RoleKey, useRoleWords } from "../../app/roles";
import { useMe } from "../../app/session";
import { LANGUAGES, type Language, useLanguage } from "../../i18n";
import { told } from "../../parts/states";
import { moment } from "../../parts/time";
import { useWords } from "./words";

export function Account() {
  const t = useWords();
  const says = useRoleWords();
  const me = useMe();
  const speaks = useLanguage() === "en" ? "en" : "zh";
  const known = useQuery({ queryKey: ["districts"], queryFn: () => body(api.GET("/api/districts")) });
  if (!me) return null;
  const nameOf = (code: string) => known.data?.find((district) => district.code === code)?.[speaks] ?? code;
  const roles = me.roles.filter((role): role is RoleKey => (ROLES as readonly string[]).includes(role));
  return (
    <aside className="inbox-account">
      <div className="card">
        <h2>{t("account")}</h2>
        <dl>
          <dt>{t("roles")}</dt>
          <dd>{roles.map((role) => says(role)).join(" · ")}</dd>
          <dt>{t("districts")}</dt>
          <dd>{me.districts.includes("*") ? t("everywhere") : me.districts.map(nameOf).join(" · ")}</dd>
        </dl>
        <NoticeLanguage />
      </div>
      <Phone />
      <Password />
    </aside>
  );
}

function NoticeLanguage() {
  const t = useWords();
  const client = useQueryClient();
  const asked = useQuery({
    queryKey: ["preference"],
    queryFn: () => body(api.GET("/api/notices/preference")),
  });
  const setting = useMutation({
    mutationFn: (language: Language) =>
      body(api.PUT("/api/notices/preference", { body: { contacts: asked.data?.contacts ?? {}, language } })),
    onSuccess: (next) => client.setQueryData(["preference"], next),
  });
  if (!asked.data) return null;
  return (
    <label className="inbox-field">
      {t("language")}
      <select
        className="field"
        value={asked.data.language}
        onChange={(event) => setting.mutate(event.target.value as Language)}
      >
        {Object.entries(LANGUAGES).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Phone() {
  const t = useWords();
  const language = useLanguage();
  const [copied, setCopied] = useState(false);
  const making = useMutation({ mutationFn: () => body(api.POST("/api/me/login-links")) });
  const link = making.data;
  return (
    <div className="card">
      <h2>{t("phone")}</h2>
      <p>{t("phoneHint")}</p>
      {link ? (
        <label className="inbox-field">
          {t("link", { until: link.expires_at ? moment(link.expires_at, language) : "" })}
          <input className="field" readOnly value={link.url} onFocus={(event) => event.target.select()} />
        </label>
      ) : null}
      <div className="inbox-line">
        <button type="button" className="btn" disabled={making.isPending} onClick={() => making.mutate()}>
          {t("makeLink")}
        </button>
        {link ? (
          <button
            type="button"
            className="btn"
            onClick={() => void navigator.clipboard?.writeText(link.url).then(() => setCopied(true))}
          >
            {t(copied ? "copied" : "copy")}
          </button>
        ) : null}
      </div>
      {making.error ? (
        <p role="alert" className="fault">
          {told(making.error)}
        </p>
      ) : null}
    </div>
  );
}

function Password() {
  const t = useWords();
  const changing = useMutation({
    mutationFn: (both: { current_password: string; password: string }) =>
      body(api.PUT("/api/me/password", { body: both })),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const both = {
      current_password: String(given.get("current") ?? ""),
      password: String(given.get("next") ?? ""),
    };
    changing.mutate(both, { onSuccess: () => form.reset() });
  };
  return (
    <form className="card inbox-password" onSubmit={submit}>
      <h2>{t("password")}</h2>
      <label className="inbox-field">
        {t("current")}
        <input className="field" type="password" name="current" required autoComplete="current-password" />
      </label>
      <label className="inbox-field">
        {t("next")}
        <input
          className="field"
          type="password"
          name="next"
          required
          minLength={15}
          autoComplete="new-password"
        />
      </label>
      <button type="submit" className="btn" disabled={changing.isPending}>
        {t("change")}
      </button>
      <span role="status">{changing.data ? t("changed", { n: changing.data.sessions_ended }) : ""}</span>
      {changing.error ? (
        <p role="alert" className="fault">
          {told(changing.error)}
        </p>
      ) : null}
    </form>
  );
}
