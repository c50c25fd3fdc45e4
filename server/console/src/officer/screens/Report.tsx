/** 巡查上报: what an officer found, with photos, in half a minute. */
import { useState } from "react";
import type { Reportable } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { stamp } from "../clock";
import { hand } from "../deciding";
import { useDraft } from "../draft";
import { useKept } from "../kept/state";
import type { Json } from "../outbox/entry";
import { follow, hereNow, useWhereabouts } from "../place";
import { useWords } from "../words";
import { Check, Field, Form } from "./Form";
import { Photos } from "./Photos";

interface Said {
  item: string;
  text: string;
  address: string;
  reminded: boolean;
  photos: readonly string[];
}
const FIRST: Said = { item: "", text: "", address: "", reminded: false, photos: [] };

/** A new, empty form after each report. */
export function Report() {
  const [count, setCount] = useState(0);
  return <Sheet key={count} again={count > 0} onDone={() => setCount((n) => n + 1)} />;
}

function Sheet({ again, onDone }: { again: boolean; onDone: () => void }) {
  const t = useWords();
  const language = useLanguage();
  const { tasks } = useKept();
  useWhereabouts();
  const [said, change, forget] = useDraft<Said>("report", FIRST);
  const here = hereNow();
  const reportable = tasks?.reportable ?? [];
  const nameOf = (one: Reportable) => (language === "en" ? one.name_en : one.name_zh);
  const chosen = reportable.find((one) => one.item_code === said.item);
  const missing = [
    ...(said.item === "" ? [t("report.needWhat")] : []),
    ...(here === null && said.address.trim() === "" ? [t("report.needPlace")] : []),
  ];
  const submit = async () => {
    const body: Record<string, Json> = {
      source: "patrol",
      channel: "officer",
      item_code: said.item,
      text: said.text.trim() || (chosen ? nameOf(chosen) : said.item),
      address: said.address.trim(),
      seen_at: stamp(),
      photos: said.photos,
      reminded: said.reminded,
      ...(here === null ? {} : { point: [here.lon, here.lat] }),
    };
    const about = chosen ? nameOf(chosen) : said.item;
    await hand([{ chain: "", about, route: { kind: "report" }, body, files: said.photos }]);
    forget();
    onDone();
  };
  return (
    <Form title={t("report.title")} missing={missing} submit={t("report.submit")} onSubmit={submit}>
      {again ? (
        <p role="status" className="o-note good">
          {t("report.done")}
        </p>
      ) : null}
      {reportable.length === 0 ? <p className="o-note">{t("report.empty")}</p> : null}
      <What all={reportable} chosen={said.item} choose={(item) => change({ item })} nameOf={nameOf} />
      <Photos
        label={t("report.photos")}
        kind="report"
        caseId=""
        names={said.photos}
        change={(photos) => change({ photos })}
      />
      <fieldset className="o-where">
        <legend>{t("report.place")}</legend>
        {here === null ? (
          <>
            <p>{t("report.noPlace")}</p>
            <button type="button" className="o-big plain" onClick={follow}>
              {t("arrive.get")}
            </button>
          </>
        ) : (
          <p>{t("report.here", { n: Math.round(here.accuracyM) })}</p>
        )}
        <Field label={t("report.address")}>
          <input value={said.address} onChange={(event) => change({ address: event.target.value })} />
        </Field>
      </fieldset>
      <Field label={t("report.text")}>
        <textarea rows={2} value={said.text} onChange={(event) => change({ text: event.target.value })} />
      </Field>
      <Check label={t("report.reminded")} value={said.reminded} change={(reminded) => change({ reminded })} />
    </Form>
  );
}

interface Asked {
  readonly all: readonly Reportable[];
  readonly chosen: string;
  readonly choose: (item: string) => void;
  readonly nameOf: (one: Reportable) => string;
}

/** What cameras look for too is large; the rest of the list is behind one choice. */
function What({ all, chosen, choose, nameOf }: Asked) {
  const t = useWords();
  const often = all.filter((one) => one.violation !== null);
  const rest = all.filter((one) => one.violation === null);
  return (
    <fieldset className="o-choice">
      <legend>{t("report.what")}</legend>
      {often.map((one) => (
        <label key={one.item_code}>
          <input type="radio" checked={one.item_code === chosen} onChange={() => choose(one.item_code)} />
          <span>{nameOf(one)}</span>
        </label>
      ))}
      <select
        aria-label={t("report.other")}
        value={rest.some((one) => one.item_code === chosen) ? chosen : ""}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{t("report.other")}</option>
        {rest.map((one) => (
          <option key={one.item_code} value={one.item_code}>
            {nameOf(one)}
          </option>
        ))}
      </select>
    </fieldset>
  );
}
