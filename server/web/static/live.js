"use strict";
// The live page: asks the API for what is there, and again whenever the event stream says that something changed.

const $ = (id) => document.getElementById(id);
const STATES = {
  new: ["A0", "A1"], wait: ["W0", "W1", "W2", "W5", "W9", "WX"], work: ["W3", "W4", "W6", "W7", "W8"],
  law: ["L1", "L2", "L3", "L4", "L5", "L8", "L9"], done: ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"],
};
const CAMERA = { ok: "正常 ok", lost: "断线 lost", frozen: "画面冻结 frozen", black: "黑屏 black", blurred: "模糊 blurred",
  moved: "镜头移位 moved", unknown: "未知 unknown" };
const PERMIT = { none: "无许可 none", within: "许可范围内 within", exceeded: "超出许可 exceeded" };
const PHASE = { raised: "发现 raised", updated: "持续 updated", cleared: "已恢复 cleared" };
const RESULT = { HOLD_EVIDENCE_REVIEW: "证据待人工审核", NO_VIOLATION: "违法事实不成立", SUPPRESS_PERMITTED: "许可范围内，不予立案",
  TRANSFER: "移送其他部门", TRANSFER_CRIME: "涉嫌犯罪，移送司法", PENDING_SUBJECT: "主体待查", HOLD_OBJECTION: "异议处理中",
  NO_PENALTY_TIME_BARRED: "已过时效，不予处罚", NO_PENALTY_INCAPACITY: "无责任能力，不予处罚", NO_PENALTY_NO_FAULT: "无主观过错，不予处罚",
  AWAIT_CORRECTION: "等待改正", HUMAN_REMEDY_CHECK: "须人工核查补救", CLOSE_CORRECTED: "已改正，责改结案", PENALTY_TRACK: "转处罚程序",
  LEGAL_REVIEW: "法制审核", EXEMPT_T1_SHALL: "轻微免罚（应当）", T1_LEGAL_REVIEW: "轻微免罚，须法制审核", HOLD_PRIOR: "前案未定，暂缓",
  HOLD_DATA: "首违无法查证，暂缓", PENALTY_TRACK_LIGHTER: "转处罚程序（从轻）", EXEMPT_T2_MAY: "首违免罚（可以）", T2_LEGAL_REVIEW: "首违免罚，须法制审核" };
const when = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", month: "2-digit", day: "2-digit",
  hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const shown = { selected: null, violations: {}, states: {}, chosenByHand: false };

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}
const en = (text) => el("i", { lang: "en" }, text);
const time = (at) => (at ? when.format(new Date(at)) : "—");
const kindOf = (state) => Object.keys(STATES).find((kind) => STATES[kind].includes(state)) || "out";
const violation = (id) => shown.violations[id] || { zh: id, en: "" };
const area = (m2) => (m2 === null || m2 === undefined ? "—" : `${m2.toFixed(1)} m²`);

async function api(path, options) {
  const answer = await fetch(path, { credentials: "same-origin", headers: { Accept: "application/json" }, ...options });
  if (answer.status === 401) { gate(); throw new Error("401"); }
  if (!answer.ok) throw new Error(`${answer.status} ${path}`);
  return answer.status === 204 ? null : answer.json();
}

// An administrator keeps cameras and accounts, and sees no case.
function noRight(error) {
  if (error.message.startsWith("403")) return { items: [] };
  throw error;
}

/* ---- who ---- */
function gate(fault) {
  $("board").hidden = true; $("gate").hidden = false; $("leave").hidden = true;
  $("gatefault").textContent = fault || "";
}
async function login(code) {
  const answer = await fetch("/api/session", { method: "POST", credentials: "same-origin",
    headers: { "Content-Type": "application/json" }, body: JSON.stringify({ code }) });
  if (!answer.ok) { gate("链接无效、已用过或已过期 · The link is unknown, used or too old"); return false; }
  return true;
}

async function enter(path, body) {
  const answer = await fetch(path, { method: "POST", credentials: "same-origin",
    headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (answer.ok) { location.replace("/"); return; }
  const told = await answer.json().catch(() => ({}));
  const faults = { "auth.wrong_login": "账号或密码不对 · Name or password is wrong",
    "auth.too_many_attempts": `尝试过多，请${told.retry_after_s || ""}秒后再试 · Too many attempts`,
    "auth.unauthorized": "设置码无效、已用过或已过期 · The code is unknown, used or too old",
    "auth.password_refused": `密码不被接受 · Not taken: ${((told.problems || [])[0] || {}).allowed || ""}` };
  gate(faults[told.code] || told.title || String(answer.status));
}

/* ---- panes ---- */
function counts(alerts, cases, cameras, edges) {
  const open = cases.filter((one) => one.is_open);
  const bad = cameras.filter((one) => one.state !== "ok" && one.state !== "unknown").length;
  const cells = [
    [open.filter((one) => one.state === "A1").length, "待研判", "to review", true],
    [open.length, "在办案件", "open", false],
    [cases.length - open.length, "已结束", "ended", false],
    [alerts.filter((one) => one.state === "raised").length, "持续预警", "ongoing", true],
    [`${cameras.length - bad}/${cameras.length}`, "摄像机", "cameras", bad > 0],
    [`${edges.filter((one) => one.online).length}/${edges.length}`, "边缘节点", "edges", edges.some((one) => !one.online)],
  ];
  $("counts").replaceChildren(...cells.map(([value, zh, english, hot]) =>
    el("div", { class: `count${hot && value !== 0 ? " hot" : ""}` }, el("b", {}, String(value)), el("span", {}, `${zh} `, en(english)))));
}
function picture(alert, size) {
  if (!alert.cover_report_id) return el("span", { class: "nopicture" }, "无图 no picture");
  return el("img", { src: `/api/alerts/${alert.id}/reports/${alert.cover_report_id}/thumbnail`, alt: "", loading: "lazy", class: size || "" });
}
function alertCard(alert) {
  const name = violation(alert.violation);
  return el("button", { class: "alert", onclick: () => select(alert.case_id, true) }, picture(alert),
    el("span", {},
      el("b", {}, `${name.zh} `, en(name.en)),
      el("span", { class: `chip ${alert.state}` }, alert.state === "raised" ? "持续中 " : "已恢复 ", en(alert.state === "raised" ? "ongoing" : "cleared")),
      alert.permit === "exceeded" ? el("span", { class: "small bad" }, " 超出许可 ", en("beyond permit")) : null,
      el("span", { class: "small" }, el("br"), `${alert.camera_id} · ${alert.zone_id}`, el("br"), time(alert.raised_at),
        alert.peak_area_m2 === null ? "" : ` · ${area(alert.peak_area_m2)}`),
      el("meter", { class: "bar", min: 0, max: 1, value: alert.peak_score, title: `score ${alert.peak_score.toFixed(2)}` })));
}
function caseCard(one) {
  const name = violation(one.violation), kind = kindOf(one.state);
  return el("button", { class: `case ${kind}${one.id === shown.selected ? " on" : ""}`, onclick: () => select(one.id, true) },
    el("span", { class: "row" }, el("span", { class: "number" }, one.number),
      el("span", { class: `chip ${kind}` }, `${one.state} ${one.state_zh}`)),
    el("span", { class: "row" }, el("span", {}, name.zh), en(one.state_en)),
    el("span", { class: "row small" }, el("span", {}, `${one.subject_name} · ${one.camera_id}`), el("span", {}, time(one.opened_at))),
    one.due_at && one.is_open ? el("span", { class: "small" }, `时限 due ${time(one.due_at)}`) : null);
}
function cameraCard(camera) {
  const good = camera.state === "ok" && camera.edge_online;
  const state = camera.edge_online ? CAMERA[camera.state] || camera.state : "边缘离线 edge offline";
  const tone = good ? "ok" : camera.state === "unknown" && camera.edge_online ? "" : "bad";
  return el("div", { class: `camera ${tone}`, title: camera.detail || "" },
    el("b", {}, camera.id), " ", en(camera.edge_id), el("br"),
    el("span", { class: good ? "small" : "small bad" }, state, camera.since ? ` · ${time(camera.since)}` : ""));
}
function fill(id, nodes, empty) {
  const box = $(id), top = box.scrollTop;
  box.replaceChildren(...(nodes.length ? nodes : [el("div", { class: "empty" }, empty)]));
  box.scrollTop = top;
}

/* ---- one case ---- */
function fact(zh, english, value) {
  return el("div", {}, el("span", {}, `${zh} `, en(english)), el("span", {}, value === null || value === undefined || value === "" ? "—" : String(value)));
}
function stepItem(step) {
  const named = (state) => (state ? `${state} ${shown.states[state] || ""}` : "");
  const kinds = { opened: "立案线索", note: "记录", deadline: "时限" };
  const moved = step.kind === "transition" ? `${named(step.from_state)} → ${named(step.to_state)}` : kinds[step.kind] || step.kind;
  return el("li", {}, el("b", {}, moved), ` ${step.actor_name} `, en(step.actor_role.toUpperCase()),
    el("div", { class: "small" }, time(step.at), step.reason ? ` · ${step.reason}` : ""),
    el("div", { class: "hash", title: step.hash }, `#${step.ordinal} ${step.hash.slice(0, 16)}`));
}
function advice(found, decisions) {
  if (!found) return null;
  const rows = found.trace.map((tried) => el("tr", { class: tried.matched ? "held" : "" }, el("td", {}, tried.rule),
    el("td", {}, tried.matched ? "成立 holds" : "不成立 no"), el("td", {}, tried.why)));
  return el("div", {},
    el("h3", {}, "处理建议 ", en("What the rules recommend; a person decides")),
    el("div", { class: "verdict" }, el("b", {}, `${found.rule} ${RESULT[found.result] || ""}`), el("div", { class: "small" }, `${found.result} · 依据 ground ${found.ground || "—"}`),
      el("div", { class: "small" }, `清单 list ${found.list_version || "—"} · ${found.item_code || ""} ${found.item_name || ""}`,
        found.needs_legal ? " · 须法制审核 legal review first" : "", found.holds ? " · 暂不决定 not yet" : "")),
    decisions.length ? el("div", { class: "small" }, ...decisions.map((one) => el("div", {}, `决定 decided: ${one.outcome} · ${one.decided_by_name} · ${time(one.decided_at)}`))) : null,
    el("details", { open: "" }, el("summary", { class: "small" }, `推理过程 trace (${found.trace.length})`), el("table", { class: "trace" }, el("tbody", {}, ...rows))),
    el("details", {}, el("summary", { class: "small" }, "17 项输入 ", en("the 17 inputs")),
      el("div", { class: "facts" }, ...Object.entries(found.facts).map(([key, value]) => el("div", {}, el("span", {}, key), el("span", {}, String(value)))))));
}
function figure(alert, report) {
  const path = `/api/alerts/${alert.id}/reports/${report.id}/thumbnail`;
  const text = `${PHASE[report.kind]} · ${time(report.captured_at)} · ${alert.camera_id}/${alert.zone_id}`;
  const free = alert.evidence.find((file) => !file.sealed && file.role === "wide_shown" && file.captured_at === report.captured_at);
  return el("figure", {}, el("img", { src: path, alt: text, loading: "lazy", onclick: () => enlarge(free ? `/api/evidence/${free.sha256}` : path, text) }), el("figcaption", {}, text));
}
function enlarge(path, text) {
  $("bigpicture").src = path; $("bigtext").textContent = text; $("big").showModal();
}
async function detail() {
  if (!shown.selected) { fill("detail", [], "选择一件案件 · choose a case"); return; }
  const id = shown.selected;
  const one = await api(`/api/cases/${id}`);
  const [found, ...alerts] = await Promise.all([
    api(`/api/cases/${id}/recommendation`).catch(() => null), ...one.alert_ids.slice(-6).map((alert) => api(`/api/alerts/${alert}`))]);
  if (id !== shown.selected) return;
  const name = violation(one.violation), kind = kindOf(one.state);
  const figures = alerts.flatMap((alert) => alert.reports.filter((report) => report.has_thumbnail).slice(-4).map((report) => figure(alert, report)));
  const head = el("div", {},
    el("div", { class: "row" }, el("span", {}, el("span", { class: "number" }, one.number), ` ${name.zh} `, en(name.en)),
      el("span", { class: `chip ${kind}` }, `${one.state} ${one.state_zh} ${one.state_en}`)),
    el("div", { class: "facts" },
      fact("主体", "subject", one.subject_name), fact("事项", "item", `${one.item_code || "—"} ${one.item_name || ""}`),
      fact("许可", "permit", PERMIT[one.permit] || one.permit), fact("位置", "where", `${one.camera_id} / ${one.zone_id}`),
      fact("开始", "began", time(one.began_at)), fact("最近所见", "last seen", time(one.last_seen_at)),
      fact("最大面积", "largest area", area(one.peak_area_m2)), fact("镜头见改正", "seen corrected", time(one.corrected_seen_at)),
      fact("时限", "due", one.is_open ? time(one.due_at) : "—"),
      fact("记录链", "history chain", one.history_faults.length ? one.history_faults.join("; ") : `完整 intact (${one.steps.length})`)));
  const steps = el("div", {}, el("h3", {}, "办理记录 ", en("Steps")), el("ol", { class: "steps" }, ...one.steps.map(stepItem)));
  fill("detail", [head, figures.length ? el("div", { class: "pictures" }, ...figures) : null,
    el("div", { class: "two" }, steps, advice(found, one.decisions))].filter(Boolean), "");
}
function select(id, byHand) {
  if (!id) return;
  shown.selected = id; shown.chosenByHand = shown.chosenByHand || byHand;
  for (const card of $("cases").children) card.classList.remove("on");
  refresh();
}

/* ---- keeping up ---- */
let running = false, again = false;
async function refresh() {
  if (running) { again = true; return; }
  running = true;
  try {
    const [alerts, cases, cameras, edges] = await Promise.all([
      api("/api/alerts?limit=60").catch(noRight), api("/api/cases?limit=100").catch(noRight), api("/api/cameras"), api("/api/edges")]);
    if (!shown.chosenByHand && cases.items.length) shown.selected = (cases.items.find((one) => one.is_open) || cases.items[0]).id;
    counts(alerts.items, cases.items, cameras, edges);
    fill("alerts", alerts.items.map(alertCard), "暂无预警 · no alerts yet");
    fill("cases", cases.items.map(caseCard), "暂无案件 · no cases yet");
    fill("cameras", cameras.map(cameraCard), "尚无摄像机报到 · no camera has been heard of");
    await detail();
  } catch (error) {
    if (error.message !== "401") console.warn(error);
  } finally {
    running = false;
    if (again) { again = false; setTimeout(refresh, 150); }
  }
}
let pending = 0;
function soon() {
  if (!pending) pending = setTimeout(() => { pending = 0; refresh(); }, 250);
}
function listen() {
  const source = new EventSource("/api/events");
  for (const kind of ["alert", "case", "camera", "edge", "dead_letter"]) source.addEventListener(kind, soon);
  source.onopen = () => { $("link").classList.add("live"); soon(); };
  source.onerror = () => $("link").classList.remove("live");
}
async function start() {
  $("gateform").addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = $("code").value.trim();
    if (await login(typed.split("#login=").pop())) location.reload();
  });
  $("nameform").addEventListener("submit", (event) => {
    event.preventDefault();
    enter("/api/session/password", { login: $("login").value, password: $("password").value });
  });
  if (location.hash.startsWith("#setup=")) {
    const code = location.hash.slice(7);
    history.replaceState(null, "", "/");
    for (const form of ["gateform", "nameform"]) $(form).hidden = true;
    $("setupform").hidden = false;
    $("setupform").addEventListener("submit", (event) => {
      event.preventDefault();
      enter("/api/session/setup", { code, password: $("newpassword").value });
    });
    gate();
    return;
  }
  $("leave").addEventListener("click", async () => { await api("/api/session", { method: "DELETE" }); location.reload(); });
  $("big").addEventListener("click", () => $("big").close());
  setInterval(() => { $("clock").textContent = when.format(new Date()); }, 1000);
  if (location.hash.startsWith("#login=")) {
    const code = location.hash.slice(7);
    history.replaceState(null, "", "/");
    if (!(await login(code))) return;
  }
  try {
    const me = await api("/api/me");
    $("me").textContent = me.name; $("leave").hidden = false; $("board").hidden = false; $("gate").hidden = true;
    for (const rule of await api("/api/violations")) shown.violations[rule.id] = rule.name;
    for (const state of (await api("/api/cases/workflow")).states) shown.states[state.state] = state.name_zh;
  } catch (error) { return; }
  await refresh();
  listen();
}
start();
