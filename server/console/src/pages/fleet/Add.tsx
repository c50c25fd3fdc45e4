/** Add a camera by its address: try it, see its picture or what was wrong and what to do, name it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { api, body, Problem } from "../../api/client";
import type { EdgeRead, ProbeRead } from "../../api/schema";
import { freeId } from "../../parts/drawing";
import { told } from "../../parts/states";
import { form, planned } from "../camera/plan";
import { planKey, readPlan } from "../camera/usePlan";
import { addressWith, clipsOf, ID, idsOf, TRY_STEPS, tryStep } from "./adding";
import { useWords } from "./words";

interface Tried {
  readonly id: string;
  readonly address: string;
}

export function Add({ edges, onClose }: { edges: readonly EdgeRead[]; onClose: () => void }) {
  const t = useWords();
  const head = useRef<HTMLHeadingElement>(null);
  const [edge, setEdge] = useState(edges.find((one) => one.online)?.id ?? edges[0]?.id ?? "");
  const [tried, setTried] = useState<Tried | null>(null);
  useEffect(() => head.current?.focus(), []);
  const probe = useQuery({
    queryKey: ["probe", tried?.id],
    enabled: tried !== null,
    queryFn: () =>
      body(
        api.GET("/api/edges/{edge_id}/probes/{probe_id}", {
          params: { path: { edge_id: edge, probe_id: tried?.id ?? "" } },
        }),
      ),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : 1000),
  });
  return (
    <section className={tried ? "card fleet-add wide" : "card fleet-add"} aria-labelledby="fleet-add">
      <header>
        <h2 id="fleet-add" tabIndex={-1} ref={head}>
          {t("new.title")}
        </h2>
        <button type="button" className="btn plain" onClick={onClose}>
          {t("new.close")}
        </button>
      </header>
      {tried === null ? (
        <Ask edges={edges} edge={edge} onEdge={setEdge} onAsked={setTried} />
      ) : (
        <>
          <Progress probe={probe.data} edge={edge} />
          {probe.data?.ok ? <Name edge={edge} tried={tried} probe={probe.data} /> : null}
          {isOver(probe.data) ? (
            <button type="button" className="btn" onClick={() => setTried(null)}>
              {t("new.again")}
            </button>
          ) : null}
        </>
      )}
    </section>
  );
}

function isOver(probe: ProbeRead | undefined): boolean {
  return probe?.state === "done" || probe?.state === "expired";
}

function Ask({
  edges,
  edge,
  onEdge,
  onAsked,
}: {
  edges: readonly EdgeRead[];
  edge: string;
  onEdge: (id: string) => void;
  onAsked: (tried: Tried) => void;
}) {
  const t = useWords();
  const [address, setAddress] = useState("");
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const plan = useQuery({ queryKey: planKey(edge), queryFn: () => readPlan(edge), enabled: edge !== "" });
  const isAway = edges.find((one) => one.id === edge)?.online === false;
  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const whole = addressWith(address, String(given.get("user") ?? ""), String(given.get("password") ?? ""));
    setBusy(true);
    try {
      const probe = await body(
        api.POST("/api/edges/{edge_id}/probes", {
          params: { path: { edge_id: edge } },
          body: { address: whole },
        }),
      );
      onAsked({ id: probe.id, address: whole });
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
      setBusy(false);
    }
  };
  const isFile = address.trim().startsWith("/");
  return (
    <form className="fleet-ask" onSubmit={(event) => void ask(event)} autoComplete="off">
      {edges.length > 1 ? (
        <label>
          {t("new.edge")}
          <select className="field" value={edge} onChange={(event) => onEdge(event.target.value)}>
            {edges.map((one) => (
              <option key={one.id}>{one.id}</option>
            ))}
          </select>
        </label>
      ) : null}
      {isAway ? <p className="fault">{t("new.offline")}</p> : null}
      <label>
        {t("new.address")}
        <input
          className="field"
          required
          maxLength={1800}
          spellCheck={false}
          placeholder={t("new.addressHint")}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <small>{t("new.addressHelp")}</small>
      </label>
      <Clips clips={clipsOf(plan.data)} onPick={setAddress} />
      {isFile ? null : (
        <div className="fleet-secret">
          <label>
            {t("new.user")}
            <input className="field" name="user" maxLength={100} spellCheck={false} autoComplete="off" />
          </label>
          <label>
            {t("new.password")}
            <input
              className="field"
              name="password"
              type="password"
              maxLength={100}
              autoComplete="new-password"
            />
          </label>
          <small>{t("new.secret")}</small>
        </div>
      )}
      {error ? (
        <p className="fault" role="alert">
          {error instanceof Problem && error.status === 422 ? t("new.fault.bad_address") : told(error)}
        </p>
      ) : null}
      <button type="submit" className="btn primary" disabled={busy || address.trim() === ""}>
        {t("new.try")}
      </button>
    </form>
  );
}

function Clips({ clips, onPick }: { clips: readonly string[]; onPick: (address: string) => void }) {
  const t = useWords();
  if (clips.length === 0) return null;
  return (
    <div className="fleet-clips">
      <p>{t("new.clips")}</p>
      {clips.map((clip) => (
        <button key={clip} type="button" className="btn" title={clip} onClick={() => onPick(clip)}>
          {clip.split("/").at(-1)}
        </button>
      ))}
    </div>
  );
}

function Progress({ probe, edge }: { probe: ProbeRead | undefined; edge: string }) {
  const t = useWords();
  const reached = tryStep(probe?.state ?? "asked");
  const isWrong = probe?.state === "expired" || probe?.ok === false;
  return (
    <div aria-live="polite">
      <ol className="fleet-try">
        {TRY_STEPS.map((step, index) => (
          <li
            key={step}
            className={
              isWrong && index >= 1 ? "off" : index < reached ? "done" : index === reached ? "now" : ""
            }
          >
            {t(`new.${step}`, { edge })}
          </li>
        ))}
      </ol>
      {!isOver(probe) ? <progress aria-label={t(`new.${TRY_STEPS[reached] ?? "asked"}`, { edge })} /> : null}
      {probe?.state === "expired" ? <p className="fault">{t("new.expired")}</p> : null}
      {probe?.ok === false ? (
        <>
          <p className="fault" role="alert">
            {t(`new.fault.${probe.fault ?? "unreadable"}`)}
          </p>
          {probe.detail ? <small lang="en">{t("new.detail", { detail: probe.detail })}</small> : null}
        </>
      ) : null}
    </div>
  );
}

function Name({ edge, tried, probe }: { edge: string; tried: Tried; probe: ProbeRead }) {
  const t = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const plan = useQuery({ queryKey: planKey(edge), queryFn: () => readPlan(edge) });
  const taken = plan.data ? idsOf(plan.data) : [];
  const [id, setId] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const chosen = id ?? freeId("cam", taken);
  const use = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    if (!ID.test(chosen)) return setSaid(t("new.idBad"));
    if (taken.includes(chosen)) return setSaid(t("new.idTaken"));
    try {
      const state = await readPlan(edge);
      const zones: [] = [];
      const aspect = probe.width && probe.height ? probe.width / probe.height : 16 / 9;
      const lens = { k1: 0, aspect: Math.min(4, Math.max(0.3, aspect)) };
      const made = { id: chosen, name, address: tried.address, probe_id: probe.id, zones, lens };
      await body(
        api.PUT("/api/edges/{edge_id}/plan/draft", {
          params: { path: { edge_id: edge }, header: { "if-match": `"${state.revision}"` } },
          body: {
            cameras: [
              ...planned(state).map(form),
              { ...made, transport: "tcp", interval_s: 5, ground: null },
            ],
          },
        }),
      );
      await client.invalidateQueries({ queryKey: ["plans"] });
      void navigate({ to: "/fleet/$edge/$camera", params: { edge, camera: chosen } });
    } catch (error) {
      const isStale = error instanceof Problem && error.status === 412;
      setSaid(isStale ? t("new.taken") : error instanceof Error ? told(error) : String(error));
    }
    return undefined;
  };
  return (
    <form className="fleet-named" onSubmit={(event) => void use(event)}>
      {probe.has_picture ? (
        <img src={`/api/edges/${edge}/probes/${probe.id}/picture`} alt={t("new.picture")} />
      ) : null}
      <div className="fleet-ask">
        <p className="fleet-faint">
          {t("new.took", {
            width: probe.width ?? 0,
            height: probe.height ?? 0,
            codec: probe.codec.toUpperCase(),
            fps: Math.round(probe.frames_per_s ?? 0),
          })}
        </p>
        <p>{t("new.is")}</p>
        <label>
          {t("new.name")}
          <input className="field" name="name" required maxLength={80} placeholder={t("new.nameHint")} />
        </label>
        <label>
          {t("new.id")}
          <input
            className="field"
            value={chosen}
            maxLength={64}
            spellCheck={false}
            onChange={(event) => setId(event.target.value)}
          />
        </label>
        <p role="alert" className="fault">
          {said}
        </p>
        <button type="submit" className="btn primary" disabled={!plan.data}>
          {t("new.use")}
        </button>
      </div>
    </form>
  );
}
