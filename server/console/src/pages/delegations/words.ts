/** What the page of delegations says. */
import { room } from "../../i18n";

const zh = {
  title: "授权审批",
  why: "负责人可书面授权中队长，在期限内代为审批当场办理、情节轻微的案件（规则 R18）。其他案件仍由负责人审批。",
  make: "新的授权",
  document: "授权书文号",
  leader: "授权给",
  choose: "请选择",
  items: "事项",
  from: "从",
  to: "到（含当日）",
  district: "辖区",
  send: "授权",
  made: "已授权 {{name}}",
  end: "收回",
  sure: "再按一次收回",
  by: "{{head}} 授权 {{leader}}",
  span: "{{from}} 至 {{to}}",
  stands: "有效",
  over: "已过期",
  ahead: "未到期限",
  ended: "{{at}} 收回",
  nothing: "还没有授权。没有授权时只有负责人审批。",
  none: "至少选一个事项",
};

const en = {
  title: "Delegated approval",
  why: "A head may let a leader approve spot cases of slight acts (rule R18) for a time, in writing. All else stays with the head.",
  make: "A new delegation",
  document: "Number of the document",
  leader: "To",
  choose: "Choose",
  items: "Items",
  from: "From",
  to: "To (last day included)",
  district: "District",
  send: "Delegate",
  made: "Delegated to {{name}}",
  end: "End it",
  sure: "Press again to end it",
  by: "{{head}} to {{leader}}",
  span: "{{from}} to {{to}}",
  stands: "Stands",
  over: "Over",
  ahead: "Not yet",
  ended: "Ended {{at}}",
  nothing: "No delegation yet. Without one only the head approves.",
  none: "Choose at least one item",
};

export const useWords = room("delegations", zh, en);
