/** The words of forms in a dialog. */
import { room } from "../i18n";

const zh = {
  save: "保存",
  cancel: "取消",
  choose: "请选择",
  saving: "正在保存…",
  needed: "（必填）",
} as const;
const en = {
  save: "Save",
  cancel: "Cancel",
  choose: "Choose",
  saving: "Saving…",
  needed: "(needed)",
} as const;

export const useWords = room("form", zh, en);
