/** One camera: its picture large, what is drawn on it, what that would change, and what the edge says to it. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { api, body } from "../../api/client";
import type { PlanState, ViolationRule } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Drawing } from "../../parts/Drawing";
import { STARTING_BOX } from "../../parts/drawing";
import { Page } from "../../parts/Page";
import { Answer, Empty } from "../../parts/states";
import { moment } from "../../parts/time";
import { Changes } from "./Changes";
import { GroundPanel, useGround } from "./Ground";
import { Next } from "./Next";
import { PermitsPanel, usePermits } from "./Permits";
import { PlacePanel } from "./Place";
import "./camera.css";
import { type Camera, drawn, faultsOf, found, withZone } from "./plan";
import { stepsOf } from "./steps";
import { type Picture, usePicture, useWatching } from "./usePicture";
import { type Plan, usePlan } from "./usePlan";
import { Versions } from "./Versions";
import { useWords } from "./words";
import { nameIn, Zones } from "./Zones";

const TABS = ["zones", "permits", "ground", "place"] as const;
type Tab = (typeof TABS)[number];

export function CameraPage() {
  const { edge = "", camera: id = "" } = useParams({ strict: false });
  const t = useWords();
  const plan = usePlan(edge);
  const violations = useQuery({
    queryKey: ["violations"],
    queryFn: () => body(api.GET("/api/violations")),
    staleTime: 3600_000,
  });
  return (
    <Answer of={plan.query}>
      {(state) => {
        const camera = found(state, plan.cameras, id);
        return camera ? (
          <Known state={state} plan={plan} camera={camera} violations={violations.data ?? []} />
        ) : (
          <Empty>
            <p>{t("notHere", { edge, camera: id })}</p>
            <Link className="btn" to="/fleet">
              {t("back")}
            </Link>
          </Empty>
        );
      }}
    </Answer>
  );
}

interface KnownProps {
  readonly state: PlanState;
  readonly plan: Plan;
  readonly camera: Camera;
  readonly violations: readonly ViolationRule[];
}

function Known({ state, plan, camera, violations }: KnownProps) {
  const t = useWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const tab: Tab = TABS.find((one) => one === search.tab) ?? "zones";
  const edge = state.edge_id;
  const runs = state.effective?.cameras?.some((one) => one.id === camera.id) ?? false;
  useWatching(edge, camera.id, runs);
  const { picture, alert, hasNewer, renew } = usePicture(edge, camera.id, camera.probe_id);
  const go = (next: Record<string, string | undefined>) =>
    void navigate({ to: ".", search: { ...search, ...next }, replace: true });
  const chosen = search.zone ?? null;
  const [isDrawing, setDrawing] = useState(false);
  const nameOf = (violation: string) => nameIn(violations, violation, language);
  const setAspect = (aspect: number) => setSeen(aspect);
  const [aspect, setSeen] = useState(camera.lens.aspect);
  const ground = useGround(camera, plan, aspect, tab === "ground");
  const permits = usePermits(edge, camera.id);
  const addZone = (polygon: Camera["zones"][number]["polygon"]) => {
    const zone = drawn(camera, polygon);
    plan.change(withZone(camera, zone));
    setDrawing(false);
    go({ zone: zone.id });
  };
  const zoneShapes = camera.zones.map((zone) => ({
    id: zone.id,
    label: zone.name || t("zones.unnamed", { id: zone.id }),
    polygon: zone.polygon,
    tone: tab === "zones" ? ("zone" as const) : ("quiet" as const),
    fixed: tab !== "zones",
    faulty: faultsOf(state, camera.id, zone.id).length > 0,
  }));
  const undoKey = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    if (event.shiftKey) plan.redo();
    else plan.undo();
  };
  const mode =
    tab === "ground" && ground.isMarking ? "mark" : isDrawing || permits.isDrawing ? "draw" : "edit";
  return (
    <Page
      title={t("title", { name: camera.name || camera.id })}
      tools={
        <>
          <button type="button" className="btn" disabled={!plan.canUndo} onClick={plan.undo}>
            {t("undo")}
          </button>
          <button type="button" className="btn" disabled={!plan.canRedo} onClick={plan.redo}>
            {t("redo")}
          </button>
          <Link className="btn" to="/fleet">
            {t("back")}
          </Link>
        </>
      }
    >
      <Next
        steps={stepsOf({ state, camera, hasPicture: picture.url !== null, hasAlert: alert !== null })}
        alert={alert}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: undo and redo by key, wherever one is on the page */}
      <div className="camera-page" onKeyDown={undoKey}>
        <div className="camera-left">
          <Drawing
            picture={picture.url}
            aspect={aspect}
            onAspect={setAspect}
            shapes={tab === "permits" ? [...zoneShapes, ...permits.shapes] : zoneShapes}
            chosen={tab === "permits" ? permits.chosen : chosen}
            onChoose={(id) => (tab === "permits" ? permits.choose(id) : go({ zone: id ?? undefined }))}
            onChange={(id, polygon) => {
              const zone = camera.zones.find((one) => one.id === id);
              if (tab === "permits") permits.move(id, polygon);
              else if (zone) plan.change(withZone(camera, { ...zone, polygon }));
            }}
            mode={mode}
            onDrawn={(polygon) => (tab === "permits" ? permits.add(polygon, camera) : addZone(polygon))}
            onCancel={() => {
              setDrawing(false);
              permits.stop();
            }}
            marks={tab === "ground" ? ground.marks : []}
            onMark={ground.moveMark}
            onNewMark={ground.addMark}
            lines={tab === "ground" ? ground.lines : []}
          />
          <Caption picture={picture} hasNewer={hasNewer} onRenew={renew} />
        </div>
        <div className="camera-right">
          <Tabs tab={tab} onTab={(next) => go({ tab: next })} />
          <section className="card" id="camera-tab" role="tabpanel" aria-labelledby={`camera-tab-${tab}`}>
            {tab === "zones" ? (
              <Zones
                plan={plan}
                camera={camera}
                chosen={chosen}
                onChoose={(id) => go({ zone: id ?? undefined })}
                isDrawing={isDrawing}
                onDraw={setDrawing}
                onBox={() => addZone(STARTING_BOX)}
                violations={violations}
                edge={edge}
              />
            ) : null}
            {tab === "permits" ? <PermitsPanel permits={permits} camera={camera} /> : null}
            {tab === "ground" ? <GroundPanel ground={ground} camera={camera} /> : null}
            {tab === "place" ? <PlacePanel edge={edge} camera={camera} aspect={aspect} /> : null}
          </section>
        </div>
        <div className="camera-below">
          <Changes state={state} plan={plan} nameOf={nameOf} />
          <Versions edge={edge} plan={plan} nameOf={nameOf} />
        </div>
      </div>
    </Page>
  );
}

function Caption({
  picture,
  hasNewer,
  onRenew,
}: {
  picture: Picture;
  hasNewer: boolean;
  onRenew: () => void;
}) {
  const t = useWords();
  const language = useLanguage();
  return (
    <p className="camera-caption camera-faint">
      <span>{t(`picture.${picture.kind}`, { at: picture.at ? moment(picture.at, language) : "" })}</span>
      {hasNewer ? (
        <button type="button" className="btn" onClick={onRenew}>
          {t("picture.newer")}
        </button>
      ) : null}
    </p>
  );
}

function Tabs({ tab, onTab }: { tab: Tab; onTab: (tab: Tab) => void }) {
  const t = useWords();
  const step = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? tab;
    onTab(next);
    document.getElementById(`camera-tab-${next}`)?.focus();
  };
  return (
    <div className="camera-tabs" role="tablist" aria-label={t("tabs")} onKeyDown={step}>
      {TABS.map((name) => (
        <button
          key={name}
          id={`camera-tab-${name}`}
          type="button"
          role="tab"
          aria-selected={name === tab}
          aria-controls="camera-tab"
          tabIndex={name === tab ? 0 : -1}
          onClick={() => onTab(name)}
        >
          {t(`tab.${name}`)}
        </button>
      ))}
    </div>
  );
}
