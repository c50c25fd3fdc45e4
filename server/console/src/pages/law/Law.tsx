/** The exemption list: its versions and drafts beside what the chosen one says. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMe } from "../../app/session";
import { Page } from "../../parts/Page";
import { Answer } from "../../parts/states";
import { bodyOf, type Draft, drafts, list, lists } from "./asking";
import { Compare } from "./Compare";
import { DraftBar } from "./DraftBar";
import { Head } from "./Head";
import { Items } from "./Items";
import "./law.css";
import { Trial } from "./Trial";
import { Versions } from "./Versions";
import { useWords } from "./words";

const TABS = ["items", "head", "compare", "trial"] as const;
type Tab = (typeof TABS)[number];

export function Law() {
  const t = useWords();
  const roles = useMe()?.roles ?? [];
  const published = useQuery(lists);
  const own = useQuery(drafts(roles.includes("legal") || roles.includes("head")));
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  return (
    <Page title={t("title")}>
      <Answer of={published}>
        {(versions) => {
          const open = (own.data ?? []).filter((draft) => draft.state === "open");
          const chosen = search.list ?? versions[0]?.id ?? "";
          const draft = open.find((one) => one.id === chosen);
          return (
            <div className="law">
              <Versions versions={versions} drafts={open} chosen={chosen} />
              <section className="law-body">
                {draft ? <DraftBar key={draft.id} draft={draft} /> : null}
                <Chosen
                  chosen={chosen}
                  draft={draft}
                  known={versions.some((version) => version.id === chosen)}
                />
              </section>
            </div>
          );
        }}
      </Answer>
    </Page>
  );
}

function Chosen({ chosen, draft, known }: { chosen: string; draft: Draft | undefined; known: boolean }) {
  const t = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const whole = useQuery({ ...list(chosen), enabled: draft === undefined && known });
  const tabs = TABS.filter((tab) => tab !== "trial" || draft !== undefined);
  const tab: Tab = tabs.find((one) => one === search.tab) ?? "items";
  const go = (next: Tab) =>
    void navigate({
      to: "/law",
      search: { ...search, tab: next === "items" ? undefined : next },
      replace: true,
    });
  return (
    <>
      <div className="law-tabs" role="tablist" aria-label={t("title")}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`law-tab-${one}`}
            aria-controls="law-panel"
            aria-selected={one === tab}
            tabIndex={one === tab ? 0 : -1}
            onClick={() => go(one)}
            onKeyDown={(event) => {
              const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
              const next = step === undefined ? undefined : tabs.at((tabs.indexOf(one) + step) % tabs.length);
              if (next === undefined) return;
              go(next);
              document.getElementById(`law-tab-${next}`)?.focus();
            }}
          >
            {t(`tabs.${one}`)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="law-panel" aria-labelledby={`law-tab-${tab}`}>
        {tab === "compare" ? <Compare chosen={chosen} draft={draft} /> : null}
        {tab === "trial" && draft ? <Trial draft={draft} /> : null}
        {tab !== "items" && tab !== "head" ? null : draft ? (
          <Shown tab={tab} whole={bodyOf(draft)} draft={draft} />
        ) : (
          <Answer of={whole}>{(found) => <Shown tab={tab} whole={found} draft={undefined} />}</Answer>
        )}
      </div>
    </>
  );
}

function Shown({
  tab,
  whole,
  draft,
}: {
  tab: Tab;
  whole: ReturnType<typeof bodyOf>;
  draft: Draft | undefined;
}) {
  return tab === "head" ? <Head whole={whole} draft={draft} /> : <Items whole={whole} draft={draft} />;
}
