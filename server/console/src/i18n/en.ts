import type { zh } from "./zh";

type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> };

export const en: Same<typeof zh> = {
  app: { name: "Shouwei", subtitle: "First and minor offences in city management" },
  nav: {
    review: "Review",
    map: "Map",
    wall: "Wall",
    cases: "Cases",
    tasks: "My tasks",
    desk: "Desk",
    subjects: "Subjects",
    permits: "Permits",
    kpi: "Figures",
    fleet: "Fleet",
    law: "Exemption list",
    people: "People",
    skip: "Skip to the content",
    menu: "Menu",
  },
  login: {
    title: "Log in",
    name: "Login name",
    password: "Password",
    enter: "Log in",
    code: "One-time code",
    withCode: "Open with the code",
    wrong: "Wrong login name or password",
    again: "Please log in again",
    out: "Log out",
  },
  state: {
    loading: "Loading…",
    empty: "Nothing here",
    offline: "The network is away; trying again",
    failed: "That did not work",
    retry: "Try again",
    live: "Live",
    notFound: "No such page",
  },
  theme: { light: "Light", dark: "Dark", language: "Language" },
};
