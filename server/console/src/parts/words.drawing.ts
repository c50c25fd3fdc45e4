/** What the drawing on a picture says, also to those who do not see it. */
import { room } from "../i18n";

const zh = {
  label: "在画面上绘制",
  none: "还没有这路摄像机的画面",
  corner: "角点 {{n}}/{{of}}，横 {{x}}%，纵 {{y}}%",
  cornerHelp: "方向键移动，Shift 加方向键移得更远，Delete 删除，Insert 在后面加一个角点",
  shape: "{{name}}，{{n}} 个角点",
  mark: "标点 {{name}}，横 {{x}}%，纵 {{y}}%",
  drawHelp: "在画面上依次点出角点，点回第一个角点或按回车完成；退格撤掉一点，Esc 放弃",
  drawing: "已点 {{n}} 个角点",
  snapped: { corner: "贴到角点", edge: "贴到边线", frame: "贴到画面边缘" },
};

const en = {
  label: "Drawing on the picture",
  none: "No picture of this camera yet",
  corner: "Corner {{n}} of {{of}}, {{x}}% across, {{y}}% down",
  cornerHelp: "Arrow keys move it, with Shift farther; Delete takes it away; Insert adds a corner behind it",
  shape: "{{name}}, {{n}} corners",
  mark: "Point {{name}}, {{x}}% across, {{y}}% down",
  drawHelp:
    "Click the corners one after another; end on the first corner or with Enter. Backspace takes one back, Esc gives up",
  drawing: "{{n}} corners so far",
  snapped: { corner: "at a corner", edge: "at an edge", frame: "at the picture's border" },
};

export const useWords = room("drawing", zh, en);
