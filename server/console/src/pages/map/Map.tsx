/** Where everything is: a list and a map of the same things, in step. The address bar holds what is seen. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from "react";
import type { MapCaseRead } from "../../api/schema";
import { useLook } from "../../app/look";
import { useLanguage } from "../../i18n";
import { type Camera, useViolationName } from "../../parts/cameras";
import { Page } from "../../parts/Page";
import { Answer } from "../../parts/states";
import { useAsked } from "./asked";
import { Card, stateOf } from "./Card";
import { Filters, Layers, Legend } from "./Filters";
import { Ground, type Sight } from "./Ground";
import { List } from "./List";
import "./map.css";
import {
  fitting,
  type PermitGround,
  type Premises,
  readView,
  type Thing,
  type View,
  writeView,
} from "./things";
import { useWords } from "./words";

export function MapPage() {
  const t = useWords();
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const view = useMemo(() => readView(search), [search]);
  const change = useCallback(
    (changes: Partial<View>) =>
      void navigate({
        to: "/map",
        search: (before) => writeView({ ...readView(before), ...changes }),
        replace: true,
      }),
    [navigate],
  );
  const minute = useMinute();
  const asked = useAsked(view, minute);
  const [sight, setSight] = useState<Sight>();
  const [pointed, setPointed] = useState("");
  const sought = useDeferredValue(view);
  const things = useMemo(() => fitting(asked.things, sought, sight?.box), [asked.things, sought, sight]);
  const onMap = useMemo(
    () => fitting(asked.things, { ...sought, inSight: false }, undefined),
    [asked.things, sought],
  );
  const chosen = asked.things.find((thing) => thing.id === view.at);
  const moved = useCallback(
    (next: Sight) => {
      setSight(next);
      change({ centre: next.centre, zoom: next.zoom });
    },
    [change],
  );
  const choose = useCallback((id: string) => change({ at: id }), [change]);
  const { mode } = useLook();
  const more = useMore();
  const cut = asked.cases && asked.cases.total > asked.cases.items.length + asked.cases.unplaced;
  return (
    <Page title={t("title")} fill tools={<Layers view={view} change={change} />}>
      <Answer
        of={{ data: asked.style, error: asked.failed?.error ?? null, refetch: () => asked.failed?.refetch() }}
      >
        {(style) => (
          <div className="map-page">
            <section className="map-side">
              <Filters view={view} change={change} />
              <p className="map-count" role="status">
                {t("list.count", { n: things.length })}
                {cut
                  ? ` · ${t("list.total", { n: asked.cases?.total ?? 0, of: asked.cases?.items.length ?? 0 })}`
                  : ""}
                {asked.cases && asked.cases.unplaced > 0
                  ? ` · ${t("list.unplaced", { n: asked.cases.unplaced })}`
                  : ""}
              </p>
              {things.length === 0 ? (
                <div className="state">
                  <p>{t("list.empty")}</p>
                  <p>{t("list.emptyHint")}</p>
                </div>
              ) : (
                <List
                  things={things}
                  chosen={view.at}
                  pointed={pointed}
                  more={more}
                  point={setPointed}
                  choose={choose}
                  open={(thing) => open(thing, navigate)}
                />
              )}
            </section>
            <section className="map-main">
              <Ground
                map={style}
                dark={mode === "dark"}
                begin={view}
                things={onMap}
                shapes={asked.shapes}
                chosen={chosen}
                pointed={asked.things.find((thing) => thing.id === pointed)}
                point={setPointed}
                choose={choose}
                moved={moved}
              />
              <Legend />
              {chosen ? <Card thing={chosen} close={() => choose("")} /> : null}
            </section>
          </div>
        )}
      </Answer>
    </Page>
  );
}

/** The second line of a thing in the list. */
function useMore(): (thing: Thing) => string {
  const t = useWords();
  const language = useLanguage();
  const violation = useViolationName();
  return (thing) => {
    if (thing.layer === "cases") {
      const row = thing.of as MapCaseRead;
      return `${language === "en" ? row.state_en : row.state_zh} · ${violation(row.violation)} · ${row.number}`;
    }
    if (thing.layer === "cameras") return t(`camera.${stateOf((thing.of as Camera).state)}`);
    return thing.layer === "permits" ? (thing.of as PermitGround).number : (thing.of as Premises).address;
  };
}

function open(thing: Thing, navigate: ReturnType<typeof useNavigate>): void {
  if (thing.layer === "cases")
    void navigate({ to: "/cases/$id", params: { id: (thing.of as MapCaseRead).id } });
  else if (thing.layer === "cameras") {
    const { edge, id } = thing.of as Camera;
    void navigate({ to: "/fleet/$edge/$camera", params: { edge, camera: id } });
  } else
    void navigate({
      to: "/subjects/$id",
      params: { id: (thing.of as Premises | PermitGround).subject_id },
    });
}

/** Minutes since 1970: deadlines pass while one looks. */
function useMinute(): number {
  const [minute, setMinute] = useState(() => Math.floor(Date.now() / 60_000));
  useEffect(() => {
    const timer = setInterval(() => setMinute(Math.floor(Date.now() / 60_000)), 15_000);
    return () => clearInterval(timer);
  }, []);
  return minute;
}
