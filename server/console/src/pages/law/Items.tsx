/** The items of a list: a table to look through, and the chosen one beside it, to read or to change. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ExemptionItem, ExemptionList } from "../../api/schema";
import { useMe } from "../../app/session";
import { useLanguage } from "../../i18n";
import { useNarrow } from "../../parts/narrow";
import { type Column, Rows } from "../../parts/Rows";
import type { Draft } from "./asking";
import { ItemForm } from "./ItemForm";
import { useWords } from "./words";

export function Items({ whole, draft }: { whole: ExemptionList; draft: Draft | undefined }) {
  const t = useWords();
  const speaks = useLanguage() === "en" ? "en" : "zh";
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const [text, setText] = useState("");
  const roles = useMe()?.roles ?? [];
  const writes = draft !== undefined && roles.includes("legal");
  const wanted = text.trim().toLowerCase();
  const rows = whole.items.filter((item) =>
    `${item.code} ${item.name.zh} ${item.name.en}`.toLowerCase().includes(wanted),
  );
  const chosen = whole.items.find((item) => item.code === search.item);
  const narrow = useNarrow();
  const columns: Column<ExemptionItem>[] = [
    { key: "code", title: t("item.code"), width: "7ch", cell: (item) => item.code },
    { key: "name", title: t("item.name"), width: "minmax(12ch, 2fr)", cell: (item) => item.name[speaks] },
    {
      key: "tier",
      title: t("item.tier"),
      width: "minmax(10ch, 1.4fr)",
      cell: (item) => t(`tier.${item.tier}`),
    },
    {
      key: "time",
      title: t("item.correction"),
      width: "10ch",
      cell: (item) => <Minutes n={item.correction.minutes} />,
    },
    {
      key: "certainty",
      title: t("item.certainty"),
      width: "minmax(9ch, 1fr)",
      cell: (item) => (
        <span className={item.verified ? "tag good" : "tag warn"}>
          {item.verified ? t("item.verified") : t(`certainty.${item.certainty}`)}
        </span>
      ),
    },
  ];
  return (
    <div className="law-items">
      <div className="law-list">
        <input
          className="field"
          type="search"
          aria-label={t("filter")}
          placeholder={t("filter")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Rows
          label={t("tabs.items")}
          rows={rows}
          columns={
            narrow ? columns.filter((column) => column.key !== "time" && column.key !== "tier") : columns
          }
          idOf={(item) => item.code}
          chosen={search.item}
          onChoose={(item) =>
            void navigate({ to: "/law", search: { ...search, item: item.code }, replace: true })
          }
        />
      </div>
      {chosen ? (
        <ItemForm
          key={`${draft?.id ?? whole.version}/${chosen.code}`}
          item={chosen}
          draft={writes ? draft : undefined}
        />
      ) : (
        <p className="state">{t("item.choose")}</p>
      )}
    </div>
  );
}

/** Minutes as people say them. */
function Minutes({ n }: { n: number }) {
  const t = useWords();
  if (n >= 2880 && n % 1440 === 0) return t("item.days", { n: n / 1440 });
  if (n >= 120 && n % 60 === 0) return t("item.hours", { n: n / 60 });
  return t("item.minutes", { n });
}
