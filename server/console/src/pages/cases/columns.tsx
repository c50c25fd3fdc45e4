/** What a row shows: columns at a desk, a card on a phone. */
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { CaseRead } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { DueIn } from "../../parts/Deadline";
import { useItemName } from "../../parts/items";
import type { Column } from "../../parts/Rows";
import { moment } from "../../parts/time";
import { useWords } from "./words";

export function useColumns(
  ticked: ReadonlyMap<string, CaseRead>,
  tick: (row: CaseRead) => void,
  phone: boolean,
): readonly Column<CaseRead>[] {
  const t = useWords();
  const language = useLanguage();
  const nameOf = useItemName();
  return useMemo(() => {
    const box = (row: CaseRead) => (
      <input
        type="checkbox"
        className="cases-tick"
        aria-label={t("choose", { number: row.number })}
        checked={ticked.has(row.id)}
        onChange={() => tick(row)}
        tabIndex={-1}
      />
    );
    const number = (row: CaseRead) => (
      <Link to="/cases/$id" params={{ id: row.id }} className="num" tabIndex={-1} preload={false}>
        {row.number}
      </Link>
    );
    const state = (row: CaseRead) => (
      <span className={`cases-state ${row.is_open ? "is-open" : ""}`}>
        <code>{row.state}</code> {language === "en" ? row.state_en : row.state_zh}
        {row.urgent ? <span className="tag bad">{t("urgent")}</span> : null}
        {row.rework > 0 ? <span className="tag warn">{t("rework")}</span> : null}
      </span>
    );
    const item = (row: CaseRead) =>
      row.item_code ? `${row.item_code} ${nameOf(row.item_code)}` : t("noItem");
    const place = (row: CaseRead) => (row.camera_id ? `${row.camera_id} · ${row.zone_id}` : t("person"));
    const subject = (row: CaseRead) => row.subject_name || t("unknown");
    const due = (row: CaseRead) => (row.is_open ? <DueIn at={row.due_at} /> : null);
    const opened = (row: CaseRead) => <time className="num">{moment(row.opened_at, language)}</time>;
    if (phone)
      return [
        { key: "tick", title: "", width: "32px", cell: box },
        {
          key: "card",
          title: "",
          width: "minmax(0, 1fr)",
          cell: (row) => (
            <Link className="cases-card" to="/cases/$id" params={{ id: row.id }} preload={false}>
              <span className="cases-line">
                <b className="num">{row.number}</b>
                {due(row)}
              </span>
              {state(row)}
              <span>{item(row)}</span>
              <small>
                {subject(row)} · {place(row)}
              </small>
            </Link>
          ),
        },
      ];
    return [
      { key: "tick", title: "", width: "28px", cell: box },
      { key: "number", title: t("column.number"), width: "19ch", cell: number },
      { key: "state", title: t("column.state"), width: "minmax(20ch, 1.2fr)", cell: state },
      { key: "due", title: t("column.due"), width: "17ch", cell: due },
      { key: "item", title: t("column.item"), width: "minmax(14ch, 1.3fr)", cell: item },
      { key: "place", title: t("column.place"), width: "minmax(10ch, 0.8fr)", cell: place },
      { key: "subject", title: t("column.subject"), width: "minmax(10ch, 1fr)", cell: subject },
      {
        key: "officer",
        title: t("column.officer"),
        width: "minmax(8ch, 0.6fr)",
        cell: (row) => row.assignee_name,
      },
      { key: "opened", title: t("column.opened"), width: "14ch", cell: opened },
    ];
  }, [t, language, nameOf, ticked, tick, phone]);
}
