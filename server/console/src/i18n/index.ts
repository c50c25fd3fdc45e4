/** The languages, and the words of each room. A room's words come with its page, not with the frame. */
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";

export const LANGUAGES = { "zh-CN": "中文", en: "English" } as const;
export type Language = keyof typeof LANGUAGES;
const KEPT = "shouwei.language";

export type Words = { readonly [key: string]: string | Words };
/** The same keys with any text: what the English words of a room must have. */
export type Same<T extends Words> = {
  readonly [K in keyof T]: T[K] extends Words ? Same<T[K]> : string;
};
/** The dotted paths of a room's texts: `"queue.empty"`. */
export type Path<T extends Words> = {
  [K in keyof T & string]: T[K] extends Words ? `${K}.${Path<T[K]>}` : K;
}[keyof T & string];
export type Say<T extends Words> = (
  key: Path<T>,
  facts?: Readonly<Record<string, string | number>>,
) => string;

const rooms = new Map<string, Record<Language, Words>>();

/** Every room that was loaded, for the test that compares the languages. */
export const known: ReadonlyMap<string, Record<Language, Words>> = rooms;

/** Name the words of a room in both languages; the answer is a hook that says them in the language chosen.
 *
 * `{{n}}` in a text is filled from the facts. The English words must have the keys of the Chinese ones, by type.
 */
export function room<const T extends Words>(name: string, zh: T, en: Same<T>): () => Say<T> {
  rooms.set(name, { "zh-CN": zh, en });
  if (i18next.isInitialized) add(name);
  return () => useTranslation(name).t as unknown as Say<T>;
}

/** The same outside of components: for texts made by pure functions at the moment of saying. */
export function saying<T extends Words>(name: string): Say<T> {
  return ((key: string, facts: Record<string, string | number> = {}) =>
    i18next.t(key, { ns: name, ...facts })) as Say<T>;
}

function add(name: string): void {
  const words = rooms.get(name);
  if (words === undefined) return;
  for (const [language, texts] of Object.entries(words)) i18next.addResourceBundle(language, name, texts);
}

/** The language chosen before, else the browser's, else Chinese. */
export function preferred(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === "en" || kept === "zh-CN") return kept;
  return navigator.language.startsWith("en") ? "en" : "zh-CN";
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** The language spoken now. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === "en" ? "en" : "zh-CN";
}

export async function start(): Promise<void> {
  const lng = preferred();
  document.documentElement.lang = lng;
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: false,
    returnNull: false,
    interpolation: { escapeValue: false },
    resources: {},
  });
  for (const name of rooms.keys()) add(name);
}
