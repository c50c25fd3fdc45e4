/** Deadlines in words. */
import { room } from "../i18n";

const zh = {
  left: "还剩 {{time}}",
  over: "已超期 {{time}}",
  soon: "不到一分钟",
  due: "期限 {{at}}",
  none: "无时限",
  unit: { days: "{{n}} 天", hours: "{{n}} 小时", minutes: "{{n}} 分钟", seconds: "{{n}} 秒" },
  ended: "已结束",
  running: "计时中",
};
const en = {
  left: "{{time}} left",
  over: "{{time}} overdue",
  soon: "under a minute",
  due: "due {{at}}",
  none: "no deadline",
  unit: { days: "{{n}} d", hours: "{{n}} h", minutes: "{{n}} min", seconds: "{{n}} s" },
  ended: "ended",
  running: "running",
};
export const useWords = room("deadline", zh, en);
