/** One item of the list: read whole, or changed where the draft is one's own to write. */
import { useState } from "react";
import { Problem } from "../../api/client";
import type { ExemptionItem } from "../../api/schema";
import { useLanguage } from "../../i18n";
import { told } from "../../parts/states";
import { type Draft, dropItem, putItem, useChange } from "./asking";
import { at, blank, GROUPS, type Group, put, type Tree } from "./fields";
import { Input } from "./Input";
import { useWords } from "./words";

export function ItemForm({ item, draft }: { item: ExemptionItem; draft: Draft | undefined }) {
  const t = useWords();
  const speaks = useLanguage() === "en" ? "en" : "zh";
  const [typed, setTyped] = useState<Tree>(item as unknown as Tree);
  const [saved, setSaved] = useState(0);
  const saving = useChange<Tree>(
    draft ? putItem(draft, item.code) : () => Promise.reject(new Error("no draft")),
  );
  const dropping = useChange<void>(
    draft ? dropItem(draft, item.code) : () => Promise.reject(new Error("no draft")),
  );
  const error = saving.error ?? dropping.error;
  const save = () =>
    saving.mutate(typed, {
      onSuccess: (next) => setSaved(next.revision),
    });
  return (
    <form
      className="card law-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h2>
        {item.code} {item.name[speaks]}
      </h2>
      {GROUPS.map((group) => (
        <GroupOf
          key={group.list ?? group.says}
          group={group}
          tree={typed}
          change={draft === undefined ? undefined : setTyped}
        />
      ))}
      {draft === undefined ? null : (
        <div className="law-acts law-save">
          <button type="submit" className="btn primary" disabled={saving.isPending}>
            {t("save")}
          </button>
          <button
            type="button"
            className="btn danger"
            onClick={() => window.confirm(t("dropItemSure", { code: item.code })) && dropping.mutate()}
          >
            {t("dropItem")}
          </button>
          <span role="status">{saved > 0 && !error ? t("saved", { n: saved }) : ""}</span>
          {error ? (
            <span role="alert" className="fault">
              {error instanceof Problem && error.status === 412 ? t("stale") : told(error)}
            </span>
          ) : null}
        </div>
      )}
    </form>
  );
}

type Change = ((next: Tree) => void) | undefined;

function GroupOf({ group, tree, change }: { group: Group; tree: Tree; change: Change }) {
  const t = useWords();
  const place = group.list;
  if (place === undefined)
    return (
      <fieldset>
        <legend>{t(`group.${group.says}`)}</legend>
        <Fields group={group} tree={tree} change={change} />
      </fieldset>
    );
  const entries = (at(tree, place) ?? []) as Tree[];
  const set = change ? (next: Tree[]) => change(put(tree, place, next)) : undefined;
  if (entries.length === 0 && set === undefined) return null;
  return (
    <fieldset>
      <legend>{t(`group.${group.says}`)}</legend>
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no name of its own
        <div className="law-one" key={index}>
          <Fields
            group={group}
            tree={entry}
            change={set ? (next) => set(entries.with(index, next)) : undefined}
          />
          {set ? (
            <button
              type="button"
              className="btn plain"
              onClick={() => set(entries.filter((_, other) => other !== index))}
            >
              {t("group.remove")}
            </button>
          ) : null}
        </div>
      ))}
      {set ? (
        <button type="button" className="btn" onClick={() => set([...entries, blank(group.fields)])}>
          {t("group.add")}
        </button>
      ) : null}
    </fieldset>
  );
}

function Fields({ group, tree, change }: { group: Group; tree: Tree; change: Change }) {
  return (
    <div className="law-fields">
      {group.fields.map((field) => (
        <Input
          key={field.at}
          field={field}
          value={at(tree, field.at)}
          change={change ? (value) => change(put(tree, field.at, value)) : undefined}
        />
      ))}
    </div>
  );
}
