/** The words of choosing a zone. */
import { room } from "../i18n";

const zh = { camera: "选摄像机", zone: "选区域", typed: "区域编号（节点没有报告区域）" } as const;
const en = {
  camera: "Choose a camera",
  zone: "Choose a zone",
  typed: "Id of the zone (its edge told of none)",
} as const;

export const useWords = room("zonepick", zh, en);
