import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en";
import { zh } from "./zh";

export const LANGUAGES = { "zh-CN": "中文", en: "English" } as const;
export type Language = keyof typeof LANGUAGES;
const KEPT = "shouwei.language";

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

export async function start(): Promise<void> {
  const lng = preferred();
  document.documentElement.lang = lng;
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: false,
    returnNull: false,
    interpolation: { escapeValue: false },
    resources: { "zh-CN": { translation: zh }, en: { translation: en } },
  });
}
