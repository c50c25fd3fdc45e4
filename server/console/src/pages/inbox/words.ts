/** The words of one's own messages and account. */
import { room } from "../../i18n";

const zh = {
  title: "消息",
  unread: "{{n}} 条未读",
  allRead: "全部标为已读",
  none: "没有消息",
  noneHint: "分派给您的任务、到期提醒和结果会出现在这里。",
  urgent: "紧急",
  open: "打开案件",
  older: "更早的消息",
  account: "我的账号",
  roles: "角色",
  districts: "辖区",
  everywhere: "全部辖区",
  language: "通知使用的语言",
  phone: "用手机打开",
  phoneHint: "生成一次性链接，十分钟内在手机上打开即可登录，不需要口令。",
  makeLink: "生成链接",
  link: "一次性链接（{{until}} 前有效）",
  password: "修改口令",
  current: "现在的口令",
  next: "新口令（至少 15 个字）",
  change: "修改",
  changed: "口令已修改，其他 {{n}} 处登录已退出",
  copied: "已复制",
  copy: "复制",
};

const en = {
  title: "Messages",
  unread: "{{n}} unread",
  allRead: "Mark all as read",
  none: "No messages",
  noneHint: "Tasks given to you, reminders of deadlines and results appear here.",
  urgent: "urgent",
  open: "Open the case",
  older: "Older messages",
  account: "My account",
  roles: "Roles",
  districts: "Districts",
  everywhere: "all districts",
  language: "Language of notices",
  phone: "Open on a phone",
  phoneHint:
    "Makes a link for one use: opened on the phone within ten minutes it logs in without a password.",
  makeLink: "Make a link",
  link: "One-time link (until {{until}})",
  password: "Change the password",
  current: "Present password",
  next: "New password (15 characters or more)",
  change: "Change",
  changed: "The password is changed; {{n}} other sessions ended",
  copied: "Copied",
  copy: "Copy",
};

export const useWords = room("inbox", zh, en);
