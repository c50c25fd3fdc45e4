/** Key figures over days: what they are, how they go, and the cases behind each. The address bar is the view. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "../../api/client";
import { useLanguage } from "../../i18n";
import { useCameras, useViolationName } from "../../parts/cameras";
import { useItems } from "../../parts/items";
import { Page } from "../../parts/Page";
import { Answer } from "../../parts/states";
import { dayOf, moment } from "../../parts/time";
import { useFigures, useHeat, useTrend } from "./asked";
import { Cards } from "./Cards";
import { Detail } from "./Detail";
import { Export } from "./Export";
import { Filters } from "./Filters";
import { Heat } from "./Heat";
import "./kpi.css";
import { type By, readView, stepOf, type View, writeView } from "./view";
import { useWords } from "./words";

export function Kpi() {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const today = dayOf(new Date().toISOString());
  const view = readView(useSearch({ strict: false }), today);
  const navigate = useNavigate();
  const change = (changes: Partial<View>) =>
    void navigate({
      to: "/kpi",
      search: writeView({ ...view, ...changes }, today),
      replace: true,
      resetScroll: false,
    });
  const figures = useFigures(view);
  const trend = useTrend(view, stepOf(view));
  const heat = useHeat(view);
  const names = useNames();
  const choose = (kpi: string) => {
    change({ kpi });
    // On a narrow page what was chosen stands below the list.
    if (matchMedia("(max-width: 900px)").matches) document.getElementById("kpi-chosen")?.scrollIntoView();
  };
  const [exporting, setExporting] = useState(false);
  const report = figures.data;
  const kpis = report?.groups[0]?.kpis ?? [];
  const chosen = kpis.find((kpi) => kpi.id === view.kpi) ?? kpis[0];
  return (
    <Page
      title={t("title")}
      tools={
        <>
          <button
            type="button"
            className="btn"
            onClick={() => void client.invalidateQueries({ queryKey: ["kpi"] })}
          >
            {t("again")}
          </button>
          <button type="button" className="btn" onClick={() => setExporting(true)}>
            {t("export.title")}
          </button>
          <button type="button" className="btn" onClick={() => window.print()}>
            {t("print")}
          </button>
        </>
      }
    >
      <Filters view={view} change={change} names={names} />
      <Answer of={figures}>
        {(found) => (
          <div className="kpi-page" aria-busy={figures.isPlaceholderData}>
            <p className="kpi-counted" role="status">
              {t("period.between", { since: found.since, until: found.until })} ·{" "}
              {t("counted", { at: moment(found.counted_at, language) })}
              {found.behind > 0 ? ` · ${t("lag", { n: found.behind })}` : ""}
            </p>
            <div className="kpi-main">
              <div className="kpi-all">
                <Cards kpis={kpis} trend={trend.data} chosen={chosen?.id ?? ""} choose={choose} />
              </div>
              {chosen ? (
                <Detail kpi={chosen} trend={trend.data} view={view} change={change} names={names} />
              ) : null}
            </div>
            <Answer of={heat} empty={(one) => one.cameras.length === 0}>
              {(one) => <Heat heat={one} nameOf={(camera) => names("camera", camera)} />}
            </Answer>
          </div>
        )}
      </Answer>
      {exporting ? <Export view={view} close={() => setExporting(false)} /> : null}
    </Page>
  );
}

/** What cameras, items and districts are called; their keys while the names are not there. */
function useNames(): (by: By, key: string) => string {
  const language = useLanguage();
  const cameras = useCameras();
  const items = useItems();
  const violation = useViolationName();
  const districts = useQuery({
    queryKey: ["districts"],
    queryFn: () => body(api.GET("/api/districts")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const byCamera = new Map((cameras.data ?? []).map((camera) => [camera.id, camera.name]));
  const byItem = new Map(items.map((item) => [item.code, `${item.code} ${item.name}`]));
  const byDistrict = new Map(
    (districts.data ?? []).map((one) => [one.code, language === "en" ? one.en : one.zh]),
  );
  return (by, key) => {
    if (by === "camera") return byCamera.get(key) ?? key;
    if (by === "item") return byItem.get(key) ?? violation(key);
    return by === "district" ? (byDistrict.get(key) ?? key) : key;
  };
}
