/** The names of roles. */
import { room } from "../i18n";

const zh = {
  ai: "智能引擎",
  sys: "系统",
  seat: "坐席/受理员",
  superv: "值班长",
  dispatch: "派遣员",
  officer: "执法队员",
  leader: "中队长",
  legal: "法制审核员",
  head: "机关负责人",
  verify: "核查员",
  party: "当事人",
  admin: "系统管理员",
  edge: "边缘节点",
  auditor: "监督（司法局）",
  grid: "网格员",
};

const en = {
  ai: "engine",
  sys: "system",
  seat: "monitor",
  superv: "shift supervisor",
  dispatch: "dispatcher",
  officer: "officer",
  leader: "team leader",
  legal: "legal reviewer",
  head: "head of the authority",
  verify: "verifier",
  party: "party",
  admin: "administrator",
  edge: "edge",
  auditor: "supervising authority",
  grid: "grid worker",
};

export const useRoleWords = room("roles", zh, en);
export type RoleKey = keyof typeof zh;
export const ROLES = Object.keys(zh) as readonly RoleKey[];
