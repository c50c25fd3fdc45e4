/** What any page says when it waits, is empty, or something went wrong. */
import { room } from "../i18n";

const zh = {
  loading: "正在载入…",
  empty: "没有内容",
  offline: "网络断开，正在重连",
  failed: "没有成功",
  retry: "重试",
  notFound: "没有这个页面",
  home: "回到首页",
  code: "错误代码 {{code}}",
  more: "正在载入更多…",
  end: "没有更多了",
  rows: "共 {{n}} 行",
};

const en = {
  loading: "Loading…",
  empty: "Nothing here",
  offline: "The network is away; trying again",
  failed: "That did not work",
  retry: "Try again",
  notFound: "There is no such page",
  home: "Back to the start",
  code: "Error code {{code}}",
  more: "Loading more…",
  end: "That is all",
  rows: "{{n}} rows",
};

export const useWords = room("parts", zh, en);
