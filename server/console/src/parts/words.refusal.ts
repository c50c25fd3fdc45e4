/** How a refusal is laid out; what its code means is said by `i18n/problems`. */
import { room } from "../i18n";

const zh = {
  allowed: "要求：{{what}}",
  required: "必填",
  invalid: "填写有误",
  fact: "{{name}}：{{value}}",
};

const en = {
  allowed: "Allowed: {{what}}",
  required: "required",
  invalid: "not accepted",
  fact: "{{name}}: {{value}}",
};

export const useWords = room("refusal", zh, en);
