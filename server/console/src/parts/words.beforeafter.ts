import { room } from "../i18n";

const zh = {
  title: "整改前后对照",
  before: "整改前",
  after: "整改后",
  beside: "并排",
  slide: "滑动对比",
  closer: "放大",
  farther: "缩小",
  whole: "看全图",
  slider: "分界线位置",
  choose: "换一张",
  camera: "摄像机 {{at}}",
  photo: "现场照片 {{at}}",
  now: "现在的画面",
  none: "没有图片",
  sealed: "现场照片为原件，查看须说明理由并留痕",
  why: "查看理由",
  usual: "核查案件 {{number}} 整改情况",
  open: "查看",
  opening: "正在打开…",
  move: "方向键移动，加减号缩放，零看全图",
};

const en = {
  title: "Before and after",
  before: "Before",
  after: "After",
  beside: "Side by side",
  slide: "Slider",
  closer: "Zoom in",
  farther: "Zoom out",
  whole: "Whole picture",
  slider: "Where the two meet",
  choose: "Another picture",
  camera: "Camera {{at}}",
  photo: "Photo on site {{at}}",
  now: "The picture now",
  none: "No picture",
  sealed: "Photos on site are originals: seeing one needs a reason, which is kept",
  why: "Reason",
  usual: "Check of the correction in case {{number}}",
  open: "Show",
  opening: "Opening…",
  move: "Arrow keys move, plus and minus zoom, zero shows the whole",
};

export const useWords = room("beforeafter", zh, en);
