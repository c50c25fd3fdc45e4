/** The words of the audit log. */
import { room } from "../../i18n";

const zh = {
  title: "审计",
  explain: "谁在什么时候做了什么，一条接一条，只增不改；每条都带上一条的校验值。",
  find: "按人员、动作或对象筛选已载入的记录",
  seq: "序号",
  at: "时间",
  who: "人员",
  action: "动作",
  target: "对象",
  chain: "链条",
  whole: "前后相接",
  broken: "与前一条不相接",
  hash: "本条校验值",
  previous: "上一条校验值",
  facts: "内容",
  close: "关闭",
  noneFound: "已载入的记录中没有符合的",
};

const en = {
  title: "Audit",
  explain:
    "Who did what and when, one entry after the other, never changed; each carries the hash of the one before.",
  find: "Filter what is loaded by person, action or target",
  seq: "No.",
  at: "Time",
  who: "Person",
  action: "Action",
  target: "Target",
  chain: "Chain",
  whole: "joins the one before",
  broken: "does not join the one before",
  hash: "Hash of this entry",
  previous: "Hash of the one before",
  facts: "Facts",
  close: "Close",
  noneFound: "Nothing that is loaded matches",
};

export const useWords = room("audit", zh, en);
