/** One more person of the house. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { api, body } from "../../api/client";
import type { PersonCreate, Role } from "../../api/schema";
import { told } from "../../parts/states";
import { Choices, EVERYWHERE } from "./Choices";
import { useWords } from "./words";

export function NewPerson() {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [districts, setDistricts] = useState<readonly string[]>([EVERYWHERE]);
  const known = useQuery({ queryKey: ["districts"], queryFn: () => body(api.GET("/api/districts")) });
  const adding = useMutation({
    mutationFn: (wanted: PersonCreate) => body(api.POST("/api/persons", { body: wanted })),
    onSuccess: async (person) => {
      dialog.current?.close();
      await client.invalidateQueries({ queryKey: ["persons"] });
      await navigate({ to: "/people", search: { person: person.id } });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    adding.mutate({ name, roles: roles as Role[], districts: [...districts] });
  };
  return (
    <>
      <button type="button" className="btn primary" onClick={() => dialog.current?.showModal()}>
        {t("add")}
      </button>
      <dialog ref={dialog} aria-labelledby="people-add">
        <form className="people-one" onSubmit={submit}>
          <h2 id="people-add">{t("add")}</h2>
          <label className="people-field">
            {t("name")}
            <input className="field" name="name" required maxLength={80} autoComplete="off" />
          </label>
          <Choices
            roles={roles}
            setRoles={setRoles}
            districts={districts}
            setDistricts={setDistricts}
            known={known.data}
          />
          {adding.error ? (
            <p role="alert" className="fault">
              {told(adding.error)}
            </p>
          ) : null}
          <div className="people-acts">
            <button type="submit" className="btn primary" disabled={adding.isPending || roles.length === 0}>
              {t("create")}
            </button>
            <button type="button" className="btn" onClick={() => dialog.current?.close()}>
              {t("close")}
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
