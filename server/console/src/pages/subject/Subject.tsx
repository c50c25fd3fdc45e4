/** One subject: the file, its history with the look-back, what counts today, what others may see of it. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { api, body } from "../../api/client";
import type { SubjectRead } from "../../api/schema";
import type { Search } from "../../app/search";
import { useMe } from "../../app/session";
import { Page } from "../../parts/Page";
import { Answer } from "../../parts/states";
import { CheckTab } from "./Check";
import { FileTab } from "./File";
import { HistoryTab } from "./History";
import { OutsideTab } from "./Outside";
import "./subject.css";
import { tabsOf } from "./tabs";
import { useWords } from "./words";

export function SubjectPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const subject = useQuery({
    queryKey: ["subjects", id],
    queryFn: () => body(api.GET("/api/subjects/{subject_id}", { params: { path: { subject_id: id } } })),
  });
  return <Answer of={subject}>{(one) => <Whole of={one} />}</Answer>;
}

function Whole({ of }: { of: SubjectRead }) {
  const t = useWords();
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const tabs = tabsOf(useMe()?.roles ?? []);
  const tab = tabs.find((name) => name === search.tab) ?? "file";
  const kind = of.kind === "known" || of.kind === "individual" ? of.kind : "unknown";
  return (
    <Page
      title={of.name}
      tools={
        <Link className="btn" to="/subjects" search={{}}>
          {t("back")}
        </Link>
      }
    >
      <p className="subject-line">
        <span className="tag">{t(`kind.${kind}`)}</span>{" "}
        <span className="num">{of.code ?? t("who.noCode")}</span>
      </p>
      <div className="subject-tabs" role="tablist" aria-label={t("tab.name")}>
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            className="btn plain"
            aria-selected={name === tab}
            aria-controls="subject-panel"
            onClick={() =>
              void navigate({
                to: "/subjects/$id",
                params: { id: of.id },
                search: name === "file" ? {} : { tab: name },
                replace: true,
              })
            }
          >
            {t(`tab.${name}`)}
          </button>
        ))}
      </div>
      <div id="subject-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} className="subject">
        {tab === "file" ? <FileTab of={of} /> : null}
        {tab === "history" ? <HistoryTab of={of} /> : null}
        {tab === "check" ? <CheckTab of={of} /> : null}
        {tab === "outside" ? <OutsideTab of={of} /> : null}
      </div>
    </Page>
  );
}
