/** The items of the newest exemption list, by name: read once. */
import { useQuery } from "@tanstack/react-query";
import { api, body } from "../api/client";
import { useLanguage } from "../i18n";

export interface Item {
  readonly code: string;
  readonly name: string;
}

async function newest(): Promise<{ code: string; zh: string; en: string }[]> {
  const lists = await body(api.GET("/api/exemption-lists"));
  const today = new Date().toISOString().slice(0, 10);
  const first = lists.find((one) => one.in_force_from <= today) ?? lists[0];
  if (first === undefined) return [];
  const list = await body(
    api.GET("/api/exemption-lists/{version_id}", { params: { path: { version_id: first.id } } }),
  );
  return list.items.map((item) => ({ code: item.code, zh: item.name.zh, en: item.name.en }));
}

export function useItems(): readonly Item[] {
  const language = useLanguage();
  const items = useQuery({
    queryKey: ["law", "items"],
    queryFn: newest,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (items.data ?? []).map((item) => ({ code: item.code, name: language === "en" ? item.en : item.zh }));
}

/** An item's name by its code; the code itself while the list is not there. */
export function useItemName(): (code: string | null | undefined) => string {
  const names = new Map(useItems().map((item) => [item.code, item.name]));
  return (code) => (code ? (names.get(code) ?? code) : "");
}
