/** The words of a signature on the glass. */
import { room } from "../i18n";

const zh = {
  here: "在框内签名",
  clear: "重签",
  done: "签好了",
  typed: "不便手写：输入姓名",
  written: "改为手写",
  name: "姓名",
  confirm: "当事人已当面确认，以输入姓名代替手写签名",
};
const en = {
  here: "Sign inside the frame",
  clear: "Start over",
  done: "Signed",
  typed: "Cannot write: type the name",
  written: "Write by hand",
  name: "Name",
  confirm: "The party confirmed in person that the typed name stands for a signature",
};
export const useWords = room("signature", zh, en);
