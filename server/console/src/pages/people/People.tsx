/** Accounts: who is in the house, with which roles and districts, and how they get in. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import type { PersonRead } from "../../api/schema";
import { type RoleKey, useRoleWords } from "../../app/roles";
import { useNarrow } from "../../parts/narrow";
import { Page } from "../../parts/Page";
import { type Column, Rows } from "../../parts/Rows";
import { Answer } from "../../parts/states";
import { NewPerson } from "./NewPerson";
import "./people.css";
import { Person } from "./Person";
import { useWords } from "./words";

export function People() {
  const t = useWords();
  const says = useRoleWords();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const asked = useQuery({ queryKey: ["persons"], queryFn: () => body(api.GET("/api/persons")) });
  const go = (next: Readonly<Record<string, string | undefined>>) =>
    void navigate({ to: "/people", search: { ...search, ...next }, replace: true });
  const rolesOf = (person: PersonRead) => person.roles.map((role) => says(role as RoleKey)).join(" · ");
  const columns: Column<PersonRead>[] = [
    { key: "name", title: t("name"), width: "minmax(8ch, 1fr)", cell: (person) => person.name },
    { key: "roles", title: t("roles"), width: "minmax(10ch, 1.4fr)", cell: rolesOf },
    {
      key: "login",
      title: t("login"),
      width: "minmax(8ch, 1fr)",
      cell: (person) => person.login ?? <span className="people-faint">{t("noLogin")}</span>,
    },
    {
      key: "state",
      title: t("state"),
      width: "8ch",
      cell: (person) => (
        <span className={person.active ? "tag good" : "tag"}>{t(person.active ? "active" : "left")}</span>
      ),
    },
  ];
  const wanted = (search.find ?? "").trim().toLowerCase();
  return (
    <Page title={t("title")} tools={<NewPerson />}>
      <p className="people-faint">{t("eyes")}</p>
      <Answer of={asked}>
        {(persons) => {
          const rows = persons.filter((person) =>
            `${person.name} ${person.login ?? ""} ${rolesOf(person)}`.toLowerCase().includes(wanted),
          );
          const chosen = persons.find((person) => person.id === search.person);
          return (
            <div className={chosen ? "people with" : "people"}>
              <div className="people-list">
                <input
                  className="field"
                  type="search"
                  aria-label={t("find")}
                  placeholder={t("find")}
                  value={search.find ?? ""}
                  onChange={(event) => go({ find: event.target.value })}
                />
                {rows.length === 0 ? (
                  <p className="state">{t("noneFound")}</p>
                ) : (
                  <Rows
                    label={t("title")}
                    rows={rows}
                    columns={narrow ? columns.filter((column) => column.key !== "login") : columns}
                    idOf={(person) => person.id}
                    chosen={search.person}
                    onChoose={(person) => go({ person: person.id })}
                  />
                )}
              </div>
              {chosen ? (
                <Person
                  key={`${chosen.id}/${chosen.active}`}
                  person={chosen}
                  close={() => go({ person: undefined })}
                />
              ) : null}
            </div>
          );
        }}
      </Answer>
    </Page>
  );
}
