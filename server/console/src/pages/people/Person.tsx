/** One person: roles and districts to change, the login to open or reset, leaving and coming back. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import type { PersonChange, PersonRead, Role } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { told } from "../../parts/states";
import { moment } from "../../parts/time";
import { Choices } from "./Choices";
import { useWords } from "./words";

export function Person({ person, close }: { person: PersonRead; close: () => void }) {
  const t = useWords();
  const client = useQueryClient();
  const [roles, setRoles] = useState<readonly string[]>(person.roles);
  const [districts, setDistricts] = useState<readonly string[]>(person.districts);
  const known = useQuery({ queryKey: ["districts"], queryFn: () => body(api.GET("/api/districts")) });
  const changing = useMutation({
    mutationFn: (change: PersonChange) =>
      body(
        api.PATCH("/api/persons/{person_id}", { params: { path: { person_id: person.id } }, body: change }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["persons"] }),
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    changing.mutate({ roles: roles as Role[], districts: [...districts] });
  };
  return (
    <div className="card people-one">
      <header>
        <h2>{person.name}</h2>
        <button type="button" className="btn plain" onClick={close}>
          {t("close")}
        </button>
      </header>
      <form onSubmit={save}>
        <Choices
          roles={roles}
          setRoles={setRoles}
          districts={districts}
          setDistricts={setDistricts}
          known={known.data}
        />
        <div className="people-acts">
          <button type="submit" className="btn primary" disabled={changing.isPending || roles.length === 0}>
            {t("save")}
          </button>
          <button
            type="button"
            className="btn danger"
            disabled={changing.isPending}
            onClick={() =>
              (!person.active || window.confirm(t("stopSure", { name: person.name }))) &&
              changing.mutate({ active: !person.active })
            }
          >
            {t(person.active ? "stop" : "resume")}
          </button>
          <span role="status">{changing.isSuccess ? t("saved") : ""}</span>
        </div>
        {changing.error ? (
          <p role="alert" className="fault">
            {told(changing.error)}
          </p>
        ) : null}
      </form>
      {person.active ? <Login person={person} /> : null}
    </div>
  );
}

function Login({ person }: { person: PersonRead }) {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const path = { params: { path: { person_id: person.id } } };
  const opening = useMutation({
    mutationFn: (login: string | null) =>
      login === null
        ? body(api.POST("/api/persons/{person_id}/account/resets", path))
        : body(api.POST("/api/persons/{person_id}/account", { ...path, body: { login } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ["persons"] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    opening.mutate(String(new FormData(event.currentTarget).get("login") ?? "").trim());
  };
  return (
    <div className="people-login">
      {person.login === null ? (
        <form onSubmit={submit} className="people-acts">
          <label className="people-field">
            {t("login")}
            <input
              className="field"
              name="login"
              required
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
            />
          </label>
          <button type="submit" className="btn" disabled={opening.isPending}>
            {t("open")}
          </button>
        </form>
      ) : (
        <div className="people-acts">
          <span>
            {t("login")} <b>{person.login}</b>
          </span>
          <button
            type="button"
            className="btn"
            disabled={opening.isPending}
            onClick={() => window.confirm(t("resetSure", { name: person.name })) && opening.mutate(null)}
          >
            {t("reset")}
          </button>
        </div>
      )}
      {opening.data ? (
        <label className="people-field">
          {t("code", { until: moment(opening.data.expires_at, language) })}
          <input
            className="field"
            readOnly
            value={opening.data.code}
            onFocus={(event) => event.target.select()}
          />
          <small>{t("codeHint")}</small>
        </label>
      ) : null}
      {opening.error ? (
        <p role="alert" className="fault">
          {told(opening.error)}
        </p>
      ) : null}
    </div>
  );
}
