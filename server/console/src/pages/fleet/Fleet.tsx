/** Edges and cameras: who is there, how they fare, what needs a person; and the way to add a camera. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import type { CameraRead, EdgeRead, StillRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { Page } from "../../parts/Page";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { useStills } from "../camera/usePicture";
import { planKey, readPlan } from "../camera/usePlan";
import { Add } from "./Add";
import { type Card, cardsOf } from "./cards";
import "./fleet.css";
import { Trouble } from "./Trouble";
import { useWords } from "./words";

const EVERY_MS = 30_000;
const CLOCK_OFF_S = 5;

export function Fleet() {
  const t = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const add = (open: boolean) =>
    void navigate({ to: ".", search: { ...search, add: open ? "1" : undefined } });
  const edges = useQuery({
    queryKey: ["edges"],
    queryFn: () => body(api.GET("/api/edges")),
    refetchInterval: EVERY_MS,
  });
  const cameras = useQuery({
    queryKey: ["cameras"],
    queryFn: () => body(api.GET("/api/cameras")),
    refetchInterval: EVERY_MS,
  });
  const stills = useStills();
  const hasEdges = (edges.data?.length ?? 0) > 0;
  return (
    <Page
      title={t("title")}
      tools={
        hasEdges && !search.add ? (
          <button type="button" className="btn primary" onClick={() => add(true)}>
            {t("add")}
          </button>
        ) : null
      }
    >
      {search.add && edges.data && hasEdges ? <Add edges={edges.data} onClose={() => add(false)} /> : null}
      <Answer
        of={edges}
        empty={(all) => all.length === 0}
        nothing={
          <>
            <p>{t("noEdges")}</p>
            <p>{t("noEdgesDo")}</p>
          </>
        }
      >
        {(all) => (
          <div className="fleet">
            {all.map((edge) => (
              <EdgeSection
                key={edge.id}
                edge={edge}
                cameras={(cameras.data ?? []).filter((camera) => camera.edge_id === edge.id)}
                stills={stills.data ?? []}
                onAdd={() => add(true)}
              />
            ))}
            <Trouble />
          </div>
        )}
      </Answer>
    </Page>
  );
}

function EdgeSection({
  edge,
  cameras,
  stills,
  onAdd,
}: {
  edge: EdgeRead;
  cameras: readonly CameraRead[];
  stills: readonly StillRead[];
  onAdd: () => void;
}) {
  const t = useWords();
  const plan = useQuery({ queryKey: planKey(edge.id), queryFn: () => readPlan(edge.id) });
  const cards = cardsOf(edge.id, cameras, plan.data, stills);
  const newest = plan.data?.newest;
  const tone = { waiting: "tag warn", accepted: "tag good", refused: "tag bad", replaced: "tag" } as const;
  return (
    <section className="card fleet-edge" aria-label={t("edge", { id: edge.id })}>
      <header>
        <h2>{t("edge", { id: edge.id })}</h2>
        <Presence edge={edge} />
        {newest ? (
          <span className={tone[newest.answer]}>
            {t("plan", { version: newest.version })} · {t(`answer.${newest.answer}`)}
          </span>
        ) : null}
        {plan.data?.draft ? (
          <span className="tag warn">{t("draft", { name: plan.data.draft.changed_by_name })}</span>
        ) : null}
      </header>
      <Fares edge={edge} />
      {cards.length === 0 && plan.isSuccess ? (
        <div className="fleet-empty">
          <p>{t("noCameras")}</p>
          <button type="button" className="btn primary" onClick={onAdd}>
            {t("add")}
          </button>
        </div>
      ) : null}
      <ul className="fleet-cameras">
        {cards.map((card) => (
          <CameraCard key={card.id} edge={edge.id} card={card} />
        ))}
      </ul>
    </section>
  );
}

function Presence({ edge }: { edge: EdgeRead }) {
  const t = useWords();
  const language = useLanguage();
  return (
    <span className={edge.online ? "tag good" : "tag bad"}>
      {edge.online ? t("online") : t("offline", { at: moment(edge.last_seen_at, language) })}
    </span>
  );
}

/** How an edge fares, in one line. */
function Fares({ edge }: { edge: EdgeRead }) {
  const t = useWords();
  const load = edge.load;
  const parts: string[] = edge.edge_version ? [t("version", { version: edge.edge_version })] : [];
  if (!load) return <p className="fleet-fares">{[...parts, t("noLoad")].join(" · ")}</p>;
  parts.push(t("cpu", { percent: Math.round(load.cpu_share * 100), cores: load.cores }));
  if (load.pass_p95_ms !== null && load.pass_p95_ms !== undefined)
    parts.push(t("pass", { ms: Math.round(load.pass_p95_ms) }));
  parts.push(t("disk", { gb: (load.disk_free_bytes / 1e9).toFixed(0) }));
  parts.push(t("waiting", { n: load.waiting_alerts + load.waiting_telemetry }));
  const off = edge.load_received_at
    ? Math.abs(Date.parse(edge.load_received_at) - Date.parse(load.at)) / 1000
    : 0;
  const isOff = off > CLOCK_OFF_S;
  return (
    <p className="fleet-fares num">
      {parts.join(" · ")} ·{" "}
      <span className={isOff ? "fleet-bad" : ""}>
        {t(isOff ? "clockOff" : "clock", { s: Math.max(1, Math.ceil(off)) })}
      </span>
    </p>
  );
}

function CameraCard({ edge, card }: { edge: string; card: Card }) {
  const t = useWords();
  const language = useLanguage();
  const tone =
    card.state === "ok" ? "good" : card.state === "planned" || card.state === "unknown" ? "warn" : "bad";
  return (
    <li className="fleet-camera">
      <Link
        to="/fleet/$edge/$camera"
        params={{ edge, camera: card.id }}
        aria-label={t("open", { name: card.name })}
      >
        {card.picture ? (
          <img src={card.picture} alt="" loading="lazy" width={320} height={180} />
        ) : (
          <span className="fleet-dark">{t("noPicture")}</span>
        )}
        <b>{card.name}</b>
      </Link>
      <p>
        <span className={`tag ${tone}`}>{t(`camera.${card.state}`)}</span>{" "}
        {card.since && card.state !== "ok" ? t("since", { at: moment(card.since, language) }) : null}
      </p>
      <p className="fleet-faint num">
        {card.zones === 0 ? t("noZones") : t("zones", { n: card.zones })}
        {card.rate === null ? null : ` · ${t("rate", { n: card.rate.toFixed(1) })}`}
        {card.frameAt === null ? null : ` · ${t("frame", { at: moment(card.frameAt, language) })}`}
      </p>
      {card.detail ? <p className="fleet-faint">{card.detail}</p> : null}
    </li>
  );
}
