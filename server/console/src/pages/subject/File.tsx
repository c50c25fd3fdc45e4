/** The file: identity, names, places, contacts, zones, notes, permits; and the edits of each. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "../../api/client";
import type { SubjectRead } from "../../api/schema";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { date } from "../../parts/time";
import { Block, Span } from "./Block";
import { type Act, Edit, type Ending } from "./Edit";
import { useArchive, useContacts, useNames, usePremises, useTotals, useZones } from "./reads";
import { useWords } from "./words";

const FILES: readonly string[] = ["seat", "officer", "superv", "admin"];
const OUTSIDE: readonly string[] = ["admin", "grid"];

export function FileTab({ of }: { of: SubjectRead }) {
  const t = useWords();
  const language = useLanguage();
  const roles = useMe()?.roles ?? [];
  const edits = FILES.some((role) => roles.includes(role)) && of.kind !== "unknown";
  const inside = roles.some((role) => !OUTSIDE.includes(role) && role !== "auditor");
  const [act, setAct] = useState<Act | Ending | null>(null);
  const names = useNames(of.id);
  const premises = usePremises(of.id);
  const contacts = useContacts(of.id, inside);
  const zones = useZones(of.id);
  const archive = useArchive(of.id, inside || roles.includes("auditor"));
  const day = (iso: string) => date(iso, language);
  const tool = (name: Act) =>
    edits ? (
      <button type="button" className="btn" onClick={() => setAct(name)}>
        {t(`act.${name}`)}
      </button>
    ) : null;
  const end = (what: Ending["end"], id: string, title: string) =>
    edits ? (
      <button
        type="button"
        className="btn plain"
        aria-label={`${t("end")} ${title}`}
        onClick={() => setAct({ end: what, id, title })}
      >
        {t("end")}
      </button>
    ) : null;
  const band = archive.data?.grades.at(-1);
  return (
    <>
      <Identity of={of} tools={[tool("rename"), of.person_pending ? tool("identity") : null, tool("head")]} />
      <Block title={t("names")} count={names.data?.length ?? 1}>
        <ul>
          {(names.data ?? []).map((row) => (
            <li key={row.since + row.name}>
              {row.name} <Span from={day(row.since)} to={null} />
            </li>
          ))}
        </ul>
      </Block>
      <Block title={t("premises")} tools={tool("premises")} count={premises.data?.length ?? 1}>
        <ul>
          {(premises.data ?? []).map((row) => (
            <li key={row.id} className={row.valid_to ? "ended" : ""}>
              {row.address}
              {row.door_number}{" "}
              <Span from={day(row.valid_from)} to={row.valid_to ? day(row.valid_to) : null} />
              {row.valid_to ? null : end("premises", row.id, row.address)}
            </li>
          ))}
        </ul>
      </Block>
      {inside ? (
        <Block title={t("contacts")} tools={tool("contact")} count={contacts.data?.length ?? 1}>
          <ul>
            {(contacts.data ?? []).map((row) => (
              <li key={row.id} className={row.ended_at ? "ended" : ""}>
                {row.rank}. {row.name} <span className="tag">{t(`role.${row.role as "owner"}`)}</span>{" "}
                {t(`channel.${row.channel as "sms"}`)} <span className="num">{row.address}</span>{" "}
                {row.electronic_consent_at ? (
                  <span className="subject-faint">
                    {t("consent", { time: day(row.electronic_consent_at) })}
                  </span>
                ) : null}
                {row.ended_at ? null : end("contacts", row.id, row.name)}
              </li>
            ))}
          </ul>
        </Block>
      ) : null}
      <Block title={t("zones")} tools={tool("zone")} count={zones.data?.length ?? 1}>
        <ul>
          {(zones.data ?? []).map((row) => (
            <li key={row.id} className={row.valid_to ? "ended" : ""}>
              {t("of", { a: row.camera_id, b: row.zone_id })}{" "}
              <Span from={day(row.valid_from)} to={row.valid_to ? day(row.valid_to) : null} />
              {row.valid_to ? null : end("zones", row.id, row.zone_id)}
            </li>
          ))}
        </ul>
      </Block>
      {archive.data ? (
        <>
          <Block
            title={t("flags.title")}
            hint={t("flags.only")}
            tools={tool("link")}
            count={archive.data.flags.length}
          >
            <ul>
              {archive.data.flags.map((flag) => (
                <li key={flag.other_id + flag.kind}>
                  {t(`flags.${flag.kind}`)}{" "}
                  <Link to="/subjects/$id" params={{ id: flag.other_id }}>
                    {flag.other_name}
                  </Link>{" "}
                  <span className="subject-faint">{flag.why}</span>
                </li>
              ))}
            </ul>
          </Block>
          <Block
            title={t("permits")}
            tools={
              <Link className="btn" to="/permits" search={{ subject: of.id }}>
                {t("seePermits")}
              </Link>
            }
            count={archive.data.permits.length}
          >
            <ul>
              {archive.data.permits.map((permit) => (
                <li key={permit.number}>
                  <span className="num">{permit.number}</span> {permit.goods}{" "}
                  <span className={permit.status === "active" ? "tag good" : "tag"}>
                    {t(`permit.${permit.status as "active"}`)}
                  </span>{" "}
                  <Span from={permit.valid_from} to={permit.valid_to} />
                </li>
              ))}
            </ul>
          </Block>
          <Block title={t("grades")} count={band ? 1 : 0}>
            <ul>
              {archive.data.grades.map((grade) => (
                <li key={grade.as_of + grade.band}>
                  {grade.band in BANDS ? t(`band.${grade.band as "good"}`) : grade.band}{" "}
                  <span className="subject-faint">
                    {grade.as_of} {grade.source} {t("weight", { n: grade.patrol_weight })}
                  </span>
                </li>
              ))}
            </ul>
          </Block>
          <Totals of={of} branches={archive.data.branches.length} />
        </>
      ) : null}
      {edits ? (
        <p className="subject-acts">
          {tool("record")} {tool("handover")}
        </p>
      ) : null}
      {act ? <Edit of={of} act={act} close={() => setAct(null)} /> : null}
    </>
  );
}

const BANDS = { good: 1, ordinary: 1, poor: 1 };

function Identity({ of, tools }: { of: SubjectRead; tools: React.ReactNode[] }) {
  const t = useWords();
  const language = useLanguage();
  const head = useQuery({
    queryKey: ["subjects", of.head_office_id],
    queryFn: () =>
      body(
        api.GET("/api/subjects/{subject_id}", {
          params: { path: { subject_id: of.head_office_id as string } },
        }),
      ),
    enabled: of.head_office_id !== null,
  });
  return (
    <Block title={t("who.title")} tools={<div className="subject-acts">{tools}</div>}>
      {of.code_check_failed ? (
        <p className="fault">{t("who.codeFailed", { why: of.code_override_reason })}</p>
      ) : null}
      {of.person_pending ? <p className="fault">{t("who.pending", { why: of.pending_reason })}</p> : null}
      <dl className="subject-facts">
        <Fact name={t("who.code")} value={of.code ?? t("who.noCode")} />
        <Fact name={t("who.owner")} value={of.owner_name} />
        <Fact name={t("who.contact")} value={of.contact} />
        <Fact name={t("who.language")} value={of.language === "en" ? t("form.en") : t("form.zh")} />
        <Fact name={t("who.district")} value={of.district} />
        <Fact name={t("who.filed")} value={date(of.created_at, language)} />
        {of.head_office_id ? (
          <div>
            <dt>{t("who.head")}</dt>
            <dd>
              <Link to="/subjects/$id" params={{ id: of.head_office_id }}>
                {head.data?.name ?? of.head_office_id}
              </Link>
            </dd>
          </div>
        ) : null}
      </dl>
    </Block>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  if (value === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd className="num">{value}</dd>
    </div>
  );
}

const TOTALS = ["licences", "open_cases", "findings", "penalties_in_effect", "permits_in_force"] as const;

function Totals({ of, branches }: { of: SubjectRead; branches: number }) {
  const t = useWords();
  const totals = useTotals(of.id, branches > 0);
  const archive = useArchive(of.id);
  if (branches === 0) return null;
  return (
    <Block title={t("totals.title")} hint={t("totals.note")}>
      <dl className="subject-facts">
        {TOTALS.map((name) => (
          <Fact key={name} name={t(`totals.${name}`)} value={String(totals.data?.[name] ?? "")} />
        ))}
      </dl>
      <h3>{t("who.branches")}</h3>
      <ul>
        {(archive.data?.branches ?? []).map((branch) => (
          <li key={branch.id}>
            <Link to="/subjects/$id" params={{ id: branch.id }}>
              {branch.name}
            </Link>{" "}
            <span className="num subject-faint">{branch.code}</span>
          </li>
        ))}
      </ul>
    </Block>
  );
}
