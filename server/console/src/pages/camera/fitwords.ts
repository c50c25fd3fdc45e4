/** What the fit of a ground says, in the reader's language: its own English sentences are known patterns. Pure. */
import type { Language } from "../../i18n";

const CHINESE: readonly (readonly [RegExp, string])[] = [
  [/^points? (.+) lie on a line in the picture.*$/, "点 $1 在画面上成一条直线：把其中一个往旁边移，或加第五个点"],
  [/^points? (.+) lie on a line on the ground.*$/, "点 $1 的实际位置成一条直线：把其中一个往旁边移，或加第五个点"],
  [/^points (\d+) and (\d+) are the same place in the picture.*$/, "点 $1 和点 $2 在画面上是同一处：换一个"],
  [/^points (\d+) and (\d+) are the same place on the ground.*$/, "点 $1 和点 $2 的尺寸相同：换一个"],
  [/^points (\d+) and (\d+)(?: or points (\d+) and (\d+))? look exchanged$/, "点 $1 和点 $2 像是填反了"],
  [/^without point (\d+) the others fit.*$/, "去掉点 $1，其余的都对得上：请重新量或重新点它"],
  [/^ground point (\d+) is ([\d.]+) m off the plane of the others$/, "第 $1 个点（从 0 数起）与其余各点的平面差 $2 米"],
  [/^the ground points lie on both sides of the horizon.*$/, "这些点落在地平线两边：检查顺序"],
  [/^the ground points lie on a line.*$/, "这些点成一条直线：请围着要看的地面取点"],
  [/^the (image|world) points coincide$/, "这些点是同一处"],
  [/^point (\d+) lies outside the picture.*$/, "点 $1 在画面外"],
  [/^point (\d+) lies ([\d.]+) m from where the others put it, ([\d.]+) m may well be.*$/,
    "点 $1 与其余各点推出的位置差 $2 米（正常误差 $3 米）：请重新量、重新点，或去掉"],
  [/^the camera would hang ([\d.]+) m high.*$/, "照这些尺寸，镜头离地 $1 米：对吗？不对就是有尺寸填错了"],
  [/^zone (\S+): its corner (.+) lies above the horizon.*$/, "区域 $1 的第 $2 个角点在地平线以上：往下拉"],
]; // biome-ignore format: a table

export function reworded(text: string, language: Language): string {
  if (language === "en") return text;
  for (const [pattern, words] of CHINESE) if (pattern.test(text)) return text.replace(pattern, words);
  return text;
}
