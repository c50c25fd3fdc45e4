/** What the officer's app says. */
import { type Path, room, saying } from "../i18n";
import { en } from "./en";
import { zh } from "./zh";

export const useWords = room("officer", zh, en);
export const say = saying<typeof zh>("officer");
export type Key = Path<typeof zh>;
