/** Many subjects from a file: checked first, with every bad cell shown; written only whole. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, body } from "../../api/client";
import type { FaultRead, SubjectImportRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { useNarrow } from "../../parts/narrow";
import { Page } from "../../parts/Page";
import { Refused } from "../../parts/Refused";
import { type Column, Rows } from "../../parts/Rows";
import { Answer } from "../../parts/states";
import { moment } from "../../parts/time";
import { sha256Of } from "../../parts/upload";
import { faultOf } from "./faults";
import "./subjects.css";
import { useWords } from "./words";

const POLL_MS = 400;
const COUNTS = ["create", "rename", "premises", "contact", "zone", "grade", "same"] as const;
type Kind = "subjects" | "grades";

export function Import({ chosen }: { chosen: string | undefined }) {
  const t = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const open = (id: string) =>
    void navigate({ to: "/subjects", search: { view: "import", import: id }, replace: true });
  const shown = useQuery({
    queryKey: ["subjects", "import", chosen],
    queryFn: () =>
      body(
        api.GET("/api/subjects/imports/{import_id}", { params: { path: { import_id: chosen as string } } }),
      ),
    enabled: chosen !== undefined,
  });
  const took = (made: SubjectImportRead) => {
    client.setQueryData(["subjects", "import", made.id], made);
    void client.invalidateQueries({ queryKey: ["subjects"] });
    open(made.id);
  };
  return (
    <Page
      title={t("import.title")}
      tools={
        <Link className="btn" to="/subjects" search={{}}>
          {t("import.back")}
        </Link>
      }
    >
      <div className="subjects-import">
        <Choose took={took} />
        {chosen ? <Answer of={shown}>{(one) => <One of={one} took={took} />}</Answer> : null}
        <Before open={open} />
      </div>
    </Page>
  );
}

function Choose({ took }: { took: (made: SubjectImportRead) => void }) {
  const t = useWords();
  const [kind, setKind] = useState<Kind>("subjects");
  const [file, setFile] = useState<File | null>(null);
  const [sha256, setSha256] = useState("");
  const check = useMutation({
    mutationFn: async () => {
      if (file === null) throw new Error(t("import.file"));
      setSha256(await sha256Of(await file.arrayBuffer()).catch(() => ""));
      const form = new FormData();
      form.append("file", file);
      form.append("kind", kind);
      return body(
        api.POST("/api/subjects/imports", {
          // The schema describes the parts; what goes over the wire is the form itself.
          body: { file: "", kind },
          bodySerializer: () => form,
        }),
      );
    },
    onSuccess: took,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    check.mutate();
  };
  return (
    <form className="card subjects-choose" onSubmit={submit}>
      <p>{t("import.lead")}</p>
      <label>
        {t("import.kind")}
        <select className="field" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          <option value="subjects">{t("import.subjects")}</option>
          <option value="grades">{t("import.grades")}</option>
        </select>
      </label>
      <p>
        {t("import.template")}{" "}
        <a className="btn plain" href={`/api/subjects/imports/template?kind=${kind}&format=xlsx`} download>
          {t("import.xlsx")}
        </a>
        <a className="btn plain" href={`/api/subjects/imports/template?kind=${kind}&format=csv`} download>
          {t("import.csv")}
        </a>
      </p>
      <label>
        {t("import.file")}
        <input
          className="field"
          type="file"
          required
          accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </label>
      <button type="submit" className="btn primary" disabled={check.isPending || file === null}>
        {t("import.check")}
      </button>
      {check.isPending ? <Progress sha256={sha256} /> : null}
      {check.error ? <Refused error={check.error} /> : null}
    </form>
  );
}

/** How far the server is with a file. */
function Progress({ sha256 }: { sha256: string }) {
  const t = useWords();
  const far = useQuery({
    queryKey: ["subjects", "progress", sha256],
    queryFn: () => body(api.GET("/api/subjects/imports/progress/{sha256}", { params: { path: { sha256 } } })),
    enabled: sha256.length === 64,
    refetchInterval: POLL_MS,
  });
  const { phase = "unknown", done = 0, total = 0 } = far.data ?? {};
  const words =
    phase === "writing" ? t("import.writing", { done, total }) : t("import.checking", { done, total });
  return (
    <div role="status">
      <progress {...(total > 0 ? { value: done, max: total } : {})} aria-label={t("import.check")} />
      <span> {phase === "unknown" ? t("import.started") : words}</span>
    </div>
  );
}

function One({ of, took }: { of: SubjectImportRead; took: (made: SubjectImportRead) => void }) {
  const t = useWords();
  const language = useLanguage();
  const apply = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/subjects/imports/{import_id}/apply", {
          params: { path: { import_id: of.id } },
          body: { sha256: of.sha256 },
        }),
      ),
    onSuccess: took,
  });
  const said =
    of.state === "refused"
      ? t("import.refused", { n: of.fault_count })
      : t(`import.${of.state}` as "import.ready");
  return (
    <section className="card subjects-one" aria-label={of.file_name}>
      <h2>
        {of.file_name} <span className={`tag ${TAGS[of.state]}`}>{t(`import.state.${of.state}`)}</span>
      </h2>
      <p className="subjects-faint">
        {t("import.by", { name: of.made_by, time: moment(of.made_at, language) })} ·{" "}
        {t("import.rows", { n: of.row_count })}
      </p>
      <p role="status" className={of.state === "refused" ? "fault" : ""}>
        {said}
      </p>
      <dl className="subjects-counts">
        {COUNTS.filter((name) => (of.counts[name] ?? 0) > 0).map((name) => (
          <div key={name}>
            <dt>{t(`import.count.${name}`)}</dt>
            <dd className="num">{of.counts[name]}</dd>
          </div>
        ))}
      </dl>
      {of.state === "ready" ? (
        <button
          type="button"
          className="btn primary"
          disabled={apply.isPending}
          onClick={() => apply.mutate()}
        >
          {t("import.apply")}
        </button>
      ) : null}
      {apply.isPending ? <Progress sha256={of.sha256} /> : null}
      {apply.error ? <Refused error={apply.error} /> : null}
      {of.fault_count > 0 ? <Faults of={of} /> : null}
    </section>
  );
}

const TAGS = { refused: "bad", ready: "warn", applied: "good" } as const;

function Faults({ of }: { of: SubjectImportRead }) {
  const t = useWords();
  const narrow = useNarrow();
  const wanted = (fault: FaultRead) => {
    const known = faultOf(fault.allowed);
    return known ? (
      t(`fault.${known.key}`, { what: known.what })
    ) : (
      <span lang="en" title={fault.allowed}>
        {fault.allowed}
      </span>
    );
  };
  const one: Column<FaultRead>[] = [
    {
      key: "all",
      title: t("import.faults"),
      width: "minmax(0, 1fr)",
      cell: (fault) => (
        <div className="subjects-fault">
          <b>
            {t("import.row")} <span className="num">{fault.row}</span> · {fault.column}
          </b>{" "}
          {fault.value}
          <br />
          {t("import.allowed")}: {wanted(fault)}
        </div>
      ),
    },
  ];
  const columns: Column<FaultRead>[] = [
    {
      key: "row",
      title: t("import.row"),
      width: "6ch",
      cell: (fault) => <span className="num">{fault.row}</span>,
    },
    { key: "column", title: t("import.column"), width: "minmax(0, 1fr)", cell: (fault) => fault.column },
    { key: "value", title: t("import.value"), width: "minmax(0, 1fr)", cell: (fault) => fault.value },
    {
      key: "allowed",
      title: t("import.allowed"),
      width: "minmax(0, 2fr)",
      cell: wanted,
    },
  ];
  return (
    <>
      <h3>{t("import.faults")}</h3>
      <div className="subjects-faults">
        <Rows
          label={t("import.faults")}
          rows={of.faults}
          columns={narrow ? one : columns}
          rowHeight={narrow ? 84 : 44}
          idOf={(fault) => `${fault.row}-${fault.column}-${fault.value}-${fault.allowed}`}
          total={of.faults.length}
        />
      </div>
      {of.fault_count > of.faults.length ? <p>{t("import.more", { n: of.faults.length })}</p> : null}
      <a className="btn" href={`/api/subjects/imports/${of.id}/faults.csv`} download>
        {t("import.download")}
      </a>
    </>
  );
}

function Before({ open }: { open: (id: string) => void }) {
  const t = useWords();
  const language = useLanguage();
  const made = useQuery({
    queryKey: ["subjects", "imports"],
    queryFn: () => body(api.GET("/api/subjects/imports")),
  });
  return (
    <section className="card" aria-label={t("import.before")}>
      <h2>{t("import.before")}</h2>
      <Answer of={made} empty={(rows) => rows.length === 0} nothing={<p>{t("import.none")}</p>}>
        {(rows) => (
          <ul className="subjects-plain">
            {rows.map((row) => (
              <li key={row.id}>
                <button type="button" className="btn plain" onClick={() => open(row.id)}>
                  {row.file_name}
                </button>{" "}
                <span className={`tag ${TAGS[row.state]}`}>{t(`import.state.${row.state}`)}</span>{" "}
                <span className="subjects-faint">
                  {t("import.by", { name: row.made_by, time: moment(row.made_at, language) })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </section>
  );
}
