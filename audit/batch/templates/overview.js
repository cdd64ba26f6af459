"use strict";
(() => {
const D = JSON.parse(document.getElementById("data").textContent);
const W = JSON.parse(document.getElementById("words").textContent);
const $ = id => document.getElementById(id);
const panel = $("panel"), tools = $("tools"), H = 30;
document.documentElement.classList.add("js");
const [NAME, TABLE, SUP, YEAR, STATE, SCORE, LOW, HIGH, STAT, OUTL, EDIT, BAND, TIER, RANK, RLOW, RHIGH, PEERS, LINK, FILED, PUBL, FLATE, PLATE, REMARK, VERD] = Array.from({length: 24}, (_, i) => i);
const el = (tag, attrs, ...kids) => {
  const node = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs || {})) { if (k === "class") node.className = v; else if (k.startsWith("on")) node.addEventListener(k.slice(2), v); else if (v !== undefined && v !== null) node.setAttribute(k, v); }
  for (const kid of kids) node.append(kid === null || kid === undefined ? "" : kid);
  return node;
};
const num = v => v === null || v === undefined ? "" : v.toFixed(2);
const plain = v => v === null || v === undefined ? "" : String(Math.round(v * 10000) / 10000);
const verdict = (col, code) => (D.special[col] || {})[code] || (D.codes[code] || ["", ""])[1];
const state = {tab: "summary", table: "", sup: "", band: "", text: "", item: "", code: "", sheet: "", sort: null, down: false, year: ""};
const years = [...new Set(D.rows.map(r => r[YEAR]))].sort();
if (years.length > 1 && years.includes(D.year)) state.year = String(D.year);
const ofYear = r => state.year === "" || r[YEAR] === +state.year;
const values = new Map(D.values.map(v => [v[0], v.slice(1)]));
const defects = new Map(D.defects.map(v => [v[0], v.slice(1)]));
const shown = () => {
  const out = [], text = state.text.trim();
  for (let i = 0; i < D.rows.length; i++) {
    const r = D.rows[i];
    if (!ofYear(r)) continue;
    if (state.table !== "" && r[TABLE] !== +state.table) continue;
    if (state.sup !== "" && r[SUP] !== +state.sup) continue;
    if (state.band !== "" && r[BAND] !== +state.band) continue;
    if (text && !r[NAME].includes(text)) continue;
    if (state.item !== "" && state.code && (r[VERD] || "")[+state.item] !== state.code) continue;
    out.push(i);
  }
  return out;
};
const nameCell = i => { const r = D.rows[i]; return el("td", {class: "name", title: r[NAME]}, r[LINK] ? el("a", {href: r[LINK]}, r[NAME]) : r[NAME]); };
const td = (v, c) => el("td", {class: c || "", title: typeof v === "string" && v.length > 24 ? v : undefined}, v);
function grid(columns, rows, kind) {
  if (state.sort !== null && columns[state.sort] && columns[state.sort].key) {
    const key = columns[state.sort].key, keyed = rows.map(i => [key(i), i]);
    const empty = v => v === null || v === undefined || v === "";
    keyed.sort((a, b) => empty(a[0]) ? (empty(b[0]) ? a[1] - b[1] : 1) : empty(b[0]) ? -1 : (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (state.down ? -1 : 1) || a[1] - b[1]);
    rows = keyed.map(p => p[1]);
  }
  const head = el("tr", {});
  columns.forEach((c, n) => {
    const th = el("th", {scope: "col", class: (c.class || "") + (c.key ? " sort" : ""), title: c.title || c.name, tabindex: c.key ? "0" : undefined}, c.class === "m" ? el("span", {}, c.name) : c.name);
    if (state.sort === n) th.setAttribute("aria-sort", state.down ? "descending" : "ascending");
    if (c.key) {
      const go = () => { if (state.sort === n) state.down = !state.down; else { state.sort = n; state.down = !!c.down; } draw(); };
      th.addEventListener("click", go);
      th.addEventListener("keydown", e => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); go(); } });
    }
    head.append(th);
  });
  const body = el("tbody", {}), view = el("div", {class: "view " + (kind || ""), tabindex: "0"}, el("table", {"aria-rowcount": rows.length}, el("thead", {}, head), body));
  let from = -1;
  const fill = () => {
    const first = Math.max(0, Math.floor(view.scrollTop / H) - 4), count = Math.ceil((view.clientHeight || 700) / H) + 8;
    if (first === from) return;
    from = first;
    const last = Math.min(rows.length, first + count), list = document.createDocumentFragment();
    const gap = n => { const t = el("td", {colspan: columns.length}); t.style.height = n * H + "px"; return el("tr", {class: "gap"}, t); };
    if (first) list.append(gap(first));
    for (let n = first; n < last; n++) list.append(el("tr", {}, ...columns.map(c => c.cell(rows[n], n))));
    if (last < rows.length) list.append(gap(rows.length - last));
    body.replaceChildren(list);
  };
  let asked = false;
  view.addEventListener("scroll", () => { if (!asked) { asked = true; requestAnimationFrame(() => { asked = false; fill(); }); } });
  const old = panel.querySelector(".view"), left = old ? old.scrollLeft : 0;
  panel.replaceChildren(view);
  fill();
  view.scrollLeft = left;
  tell(rows.length);
}
const tell = n => { const t = $("told"); if (t) t.textContent = W.told.replace("{n}", n).replace("{all}", D.rows.filter(ofYear).length); };
const C = W.columns;
const place = (() => { const seen = {}; return D.rows.map(r => { const k = r[TABLE] + " " + r[YEAR]; return seen[k] = (seen[k] || 0) + 1; }); })();
const base = () => [{name: C.number, class: "n", cell: i => td(String(place[i]), "n"), key: i => i}, {name: C.body, class: "name", cell: nameCell, key: i => D.rows[i][NAME]}];
const field = (name, f, cls, key, extra) => ({name, class: cls || "", cell: i => td(f(D.rows[i], i), cls), key: i => (key || f)(D.rows[i], i), ...extra});
const lateCell = (r, k) => r[k] === 0 ? "" : r[k] === 2 ? W.late : W.in_time;
const views = {
  quality() {
    const c = base();
    c.push(field(C.table, r => D.tables[r[TABLE]]), field(C.state, r => D.states[r[STATE]] + (r[REMARK] ? `（${r[REMARK]}）` : "")));
    c.push(field(C.statutory, r => num(r[STAT]), "n", r => r[STAT]), field(C.outline, r => num(r[OUTL]), "n", r => r[OUTL]), field(C.editorial, r => num(r[EDIT]), "n", r => r[EDIT]));
    c.push(field(C.score, r => num(r[SCORE]), "n", r => r[SCORE]), field(C.interval, r => r[LOW] === null ? "" : num(r[LOW]) + "—" + num(r[HIGH]), "n", r => r[LOW]));
    c.push(field(C.band, r => r[BAND] < 0 ? "" : D.bands[r[BAND]], "", r => r[BAND] < 0 ? null : r[BAND]), field(C.tier, r => r[TIER] === null ? "" : "第" + r[TIER] + "档", "", r => r[TIER]));
    if (D.ranks) c.push(field(C.rank, r => r[RANK] === null ? "" : String(r[RANK]), "n", r => r[RANK]), field(C.rank_span, r => r[RANK] === null ? "" : `${r[RLOW]}—${r[RHIGH]}（共${r[PEERS]}家）`, "n", r => r[RLOW]));
    grid(c, shown());
  },
  filing() {
    const c = base();
    c.push(field(C.superior, r => r[SUP] < 0 ? "" : D.superiors[r[SUP]]), field(C.table, r => D.tables[r[TABLE]]), field(C.year, r => String(r[YEAR])), field(C.state, r => D.states[r[STATE]]));
    c.push(field(C.filed_on, r => r[FILED]), {name: C.filed_late, cell: i => td(lateCell(D.rows[i], FLATE), D.rows[i][FLATE] === 2 ? "late" : ""), key: i => D.rows[i][FLATE]});
    c.push(field(C.published_on, r => r[PUBL]), {name: C.published_late, cell: i => td(lateCell(D.rows[i], PLATE), D.rows[i][PLATE] === 2 ? "late" : ""), key: i => D.rows[i][PLATE]}, field(C.remark, r => r[REMARK]));
    grid(c, shown());
  },
  matrix() {
    const c = base(), order = "eapshwfn ";
    D.items.forEach((it, n) => {
      if (state.sheet !== "" && it[0] !== state.sheet) return;
      c.push({name: it[2], class: "m", title: `${it[0]} ${it[1]} ${it[2]}`, key: i => { const v = (D.rows[i][VERD] || " ")[n]; return v === " " || v === undefined ? null : order.indexOf(v); },
        cell: i => { const v = (D.rows[i][VERD] || "")[n]; return v && v !== " " ? el("td", {class: "m " + v, title: `${D.rows[i][NAME]}：${it[2]} ${verdict(n, v)}`}, D.codes[v][0]) : el("td", {class: "m"}); }});
    });
    grid(c, shown().filter(i => D.rows[i][VERD]), "matrix");
  },
  metrics() {
    const c = base();
    D.keys.forEach((k, n) => {
      const get = i => { const v = values.get(i); return v && v[n] ? v[n] : null; };
      c.push({name: k[0], class: "n", key: i => { const v = get(i); return v ? v[0] : null; }, cell: i => {
        const v = get(i); if (!v) return td("", "n");
        const marks = D.marks.filter((_, b) => (v[1] || 0) & (1 << b)), said = [v[2] ? C.scope + "：" + v[2] : "", ...marks, v[4] !== undefined && v[4] !== null ? C.before + " " + plain(v[4]) : "", v[3] || ""].filter(Boolean).join(";");
        return el("td", {class: "n" + (marks.length ? " bad" : ""), title: said}, plain(v[0]) + (k[1] === "percent" ? "%" : ""), v[2] ? el("small", {}, " *") : "", marks.length ? el("span", {class: "mark", "aria-label": marks.join("、")}, " !") : "");
      }});
    });
    grid(c, shown().filter(i => values.has(i)));
  },
  defects() {
    const c = base(), sum = i => (defects.get(i) || []).reduce((a, b) => a + b, 0);
    c.push({name: "合计", class: "n", cell: i => td(String(sum(i)), "n"), key: sum});
    D.kinds.forEach((k, n) => c.push({name: k, class: "n", key: i => (defects.get(i) || [])[n] || null, cell: i => td(String((defects.get(i) || [])[n] || ""), "n")}));
    grid(c, shown().filter(i => defects.has(i)));
  },
  items() {
    const rows = shown().filter(i => D.rows[i][VERD]), list = document.createDocumentFragment();
    let head = "";
    D.items.forEach((it, n) => {
      if (state.sheet !== "" && it[0] !== state.sheet) return;
      const by = {}; let total = 0;
      for (const i of rows) { const v = D.rows[i][VERD][n]; if (v && v !== " " && v !== "n") { (by[v] = by[v] || []).push(i); total++; } }
      if (!total) return;
      if (head !== it[0] + it[1]) { head = it[0] + it[1]; list.append(el("h2", {}, it[0] === it[1] ? it[0] : `${it[0]} · ${it[1]}`)); }
      const met = (by.f || []).length, ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg");
      svg.setAttribute("class", "share"); svg.setAttribute("viewBox", "0 0 100 6"); svg.setAttribute("preserveAspectRatio", "none"); svg.setAttribute("aria-hidden", "true");
      for (const [w, k] of [[100, "t"], [100 * met / total, ""]]) { const r = document.createElementNS(ns, "rect"); r.setAttribute("width", w); r.setAttribute("height", 6); r.setAttribute("class", k); svg.append(r); }
      const box = el("details", {class: "item"}, el("summary", {}, el("span", {}, it[2]), el("span", {class: "n"}, `${verdict(n, "f")} ${met} / ${total}`), svg));
      box.addEventListener("toggle", () => {
        if (box.querySelector(".in")) return;
        const inner = el("div", {class: "in"});
        for (const code of "wpsahe") if (by[code]) { const names = by[code].map(i => D.rows[i][NAME]); inner.append(el("p", {}, el("b", {}, `${verdict(n, code)}（${names.length}）：`), names.slice(0, 400).join("、") + (names.length > 400 ? "……" : ""))); }
        for (const [who, said, link] of (D.examples[it[3]] || [])) inner.append(el("p", {}, el("small", {}, "写得较具体的表述："), "“" + said + "”", el("small", {}, "——", link ? el("a", {href: link}, who) : who)));
        if (!inner.childNodes.length) inner.append(el("p", {class: "soft"}, W.item_fine));
        box.append(inner);
      });
      list.append(box);
    });
    panel.replaceChildren(list); tell(rows.length);
  },
  alike() {
    const list = document.createDocumentFragment();
    list.append(el("p", {class: "soft"}, W.alike_note));
    const text = state.text.trim();
    for (const [a, b, year, like, ta, tb, la, lb] of D.shared) {
      if (text && !a.includes(text) && !b.includes(text)) continue;
      const who = (n, l, y) => el("p", {}, l ? el("a", {href: l}, n) : n, y ? `（${y}年度）` : "");
      list.append(el("div", {class: "two"}, el("div", {}, who(a, la), el("p", {}, ta)), el("div", {}, who(b, lb, year), el("p", {}, tb), el("small", {}, `${C.likeness} ${(like * 100).toFixed(0)}%`))));
    }
    panel.replaceChildren(list);
  },
  checks() {
    const t = el("tbody", {}), text = state.text.trim();
    for (const c of D.checks) if (!text || c[0].includes(text)) t.append(el("tr", {}, ...c.slice(0, 6).map(v => td({all: "总体", mixed: "合并计数"}[v] || v)), td(c[6], c[6] === W.outcomes.differs ? "bad" : ""), td(c[7])));
    panel.replaceChildren(el("p", {class: "soft"}, W.checks_note), el("table", {class: "plain"}, el("thead", {}, el("tr", {}, ...[C.body, C.metric, C.known_scope, C.known, C.said, C.said_scope, C.outcome, C.quote].map(n => el("th", {scope: "col"}, n)))), t));
  },
};
function choice(label, key, options) {
  const s = el("select", {"aria-label": label, onchange: () => { state[key] = s.value; draw(); }}, el("option", {value: ""}, label + "：全部"), ...options.map(([v, n]) => el("option", {value: v}, n)));
  s.value = state[key];
  return s;
}
function bar() {
  const used = k => new Set(D.rows.map(r => r[k]));
  const kids = [], t = used(TABLE), b = used(BAND);
  const search = el("input", {type: "search", placeholder: C.body, "aria-label": C.body, oninput: () => { state.text = search.value; draw(); }});
  search.value = state.text;
  kids.push(search);
  if (!["alike", "checks"].includes(state.tab)) {
    if (years.length > 1) kids.push(choice(C.year, "year", years.map(y => [y, String(y)])));
    kids.push(choice(C.table, "table", D.tables.map((n, i) => [i, n]).filter(o => t.has(o[0]))));
    if (D.superiors.length) kids.push(choice(C.superior, "sup", D.superiors.map((n, i) => [i, n])));
    kids.push(choice(C.band, "band", D.bands.map((n, i) => [i, n]).filter(o => b.has(o[0]))));
    kids.push(choice(C.item, "item", D.items.map((it, i) => [i, it[2]])), choice(C.verdict, "code", Object.entries(D.codes).map(([k, v]) => [k, v[0] + " " + v[1]])));
  }
  if (["matrix", "items"].includes(state.tab)) kids.push(choice(C.checklist, "sheet", [...new Set(D.items.map(i => i[0]))].map(n => [n, n])));
  kids.push(el("span", {class: "told", id: "told", "aria-live": "polite"}));
  tools.replaceChildren(...kids);
}
function draw() { views[state.tab](); }
function open(tab) {
  state.tab = tab; state.sort = null;
  for (const b of document.querySelectorAll("nav button")) { b.setAttribute("aria-selected", b.dataset.tab === tab); b.tabIndex = b.dataset.tab === tab ? 0 : -1; }
  const first = tab === "summary";
  $("summary").hidden = !first; panel.hidden = first; tools.hidden = first;
  panel.setAttribute("aria-labelledby", "tab-" + tab);
  if (!first) { panel.replaceChildren(); bar(); draw(); }
}
const tabs = [...document.querySelectorAll("nav button")].filter(b => { const off = b.dataset.tab === "alike" && !D.shared.length || b.dataset.tab === "checks" && !D.checks.length || b.dataset.tab === "defects" && !D.defects.length; b.hidden = off; return !off; });
tabs.forEach((b, n) => {
  b.addEventListener("click", () => open(b.dataset.tab));
  b.addEventListener("keydown", e => { const step = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0; if (step) { const to = tabs[(n + step + tabs.length) % tabs.length]; to.focus(); open(to.dataset.tab); } });
});
open("summary");
})();
