(function () {
  "use strict";
  var root = document.documentElement;
  var $ = function (id) { return document.getElementById(id); };
  var all = function (selector, where) { return Array.prototype.slice.call((where || document).querySelectorAll(selector)); };
  var findings = $("findings"), text = $("text"), paper = $("paper"), told = $("told"), back = $("back"), menu = $("menu");
  var items = all(".item"), folds = all(".fold"), wide = matchMedia("(min-width:68rem)");
  root.classList.add("js");
  root.dataset.tab = "f";

  function keep(name, value) { try { sessionStorage.setItem("audit-" + name, value); } catch (e) { /* not kept */ } }
  function kept(name) { try { return sessionStorage.getItem("audit-" + name); } catch (e) { return null; } }

  /* depth */
  var depths = all("input[name=depth]");
  function setDepth(value) {
    root.dataset.depth = value;
    depths.forEach(function (d) { d.checked = d.value === value; });
    keep("depth", value);
    measure();
  }
  depths.forEach(function (d) { d.addEventListener("change", function () { setDepth(d.value); filter(); }); });

  /* folding: without scripts everything stands open */
  items.concat(folds).forEach(function (d) { d.open = false; });
  $("unfold").addEventListener("click", function () {
    items.concat(folds).forEach(function (d) { d.open = true; });
  });
  $("fold").addEventListener("click", function () {
    items.concat(folds).forEach(function (d) { d.open = false; });
  });
  $("print").addEventListener("click", function () { window.print(); });

  /* filters and counts */
  var chips = all("input[name=v]"), needs = $("needs"), group = $("group"), weight = $("weight"), q = $("q");
  items.forEach(function (item) { item.groupId = item.closest(".group").id; item.words = null; });
  function chosen() { return chips.filter(function (c) { return c.checked; }).map(function (c) { return c.value; }); }
  function fits(item, but) {
    var verdicts = chosen(), word = q.value.trim().toLowerCase();
    if (word && item.words === null) { item.words = item.textContent.toLowerCase(); }
    return (but === "v" || !verdicts.length || verdicts.indexOf(item.dataset.v) >= 0) &&
      (but === "needs" || !needs || !needs.checked || "r" in item.dataset) &&
      (!group.value || item.groupId === group.value) &&
      (!weight.value || item.dataset.w === weight.value) &&
      (!word || item.words.indexOf(word) >= 0);
  }
  function filter() {
    var active = chosen().length || (needs && needs.checked) || group.value || weight.value || q.value.trim();
    var shown = 0;
    items.forEach(function (item) { var ok = fits(item); item.hidden = !ok; shown += ok ? 1 : 0; });
    folds.forEach(function (fold) {
      var inside = all(".item", fold);
      if (!inside.length) { return; }
      var left = inside.filter(function (i) { return !i.hidden; }).length;
      fold.hidden = !left;
      if (active && left) { if (!fold.open) { fold.open = true; fold.byFilter = true; } }
      else if (!active && fold.byFilter) { fold.open = false; fold.byFilter = false; }
    });
    all(".group").forEach(function (g) { g.hidden = active && !all(".item:not([hidden])", g).length; });
    all(".sheet", findings).forEach(function (s) { s.hidden = active && !all(".group:not([hidden])", s).length; });
    all(".group .count").forEach(function (c) {
      if (!c.whole) { c.whole = c.textContent; }
      var left = all(".item:not([hidden])", c.closest(".group")).length;
      c.textContent = active ? left + " / " + c.dataset.of : c.whole;
    });
    all("[data-count]").forEach(function (b) {
      var name = b.dataset.count;
      b.textContent = items.filter(function (item) {
        return name === "needs" ? "r" in item.dataset && fits(item, "needs") : item.dataset.v === name && fits(item, "v");
      }).length;
    });
    $("empty").hidden = !items.length || shown > 0;
    var line = (active ? told.dataset.some : told.dataset.all).replace("{n}", shown).replace("{all}", items.length);
    told.textContent = line + seek();
    measure();
  }
  chips.concat([needs, group, weight]).forEach(function (c) { if (c) { c.addEventListener("change", filter); } });
  var timer = 0;
  q.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(filter, 120); });
  q.addEventListener("keydown", function (e) {
    if (e.key === "Enter") { e.preventDefault(); clearTimeout(timer); filter(); step(e.shiftKey ? -1 : 1); }
  });
  $("tools").addEventListener("submit", function (e) { e.preventDefault(); });

  /* search in the text */
  var hits = [], at = -1;
  function seek() {
    var word = q.value.trim().toLowerCase();
    hits = []; at = -1;
    if (window.CSS && CSS.highlights) { CSS.highlights.delete("found"); }
    if (!word) { return ""; }
    all("p", paper).forEach(function (p) {
      var nodes = [], whole = "", walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), node;
      while ((node = walker.nextNode())) {
        if (node.parentNode.className === "role") { continue; }
        nodes.push([whole.length, node]); whole += node.data.toLowerCase();
      }
      for (var i = whole.indexOf(word); i >= 0; i = whole.indexOf(word, i + word.length)) {
        var range = document.createRange();
        [[i, "setStart"], [i + word.length, "setEnd"]].forEach(function (end) {
          for (var k = nodes.length - 1; k >= 0; k--) {
            if (nodes[k][0] < end[0] || k === 0 || (end[1] === "setStart" && nodes[k][0] === end[0])) {
              range[end[1]](nodes[k][1], Math.min(end[0] - nodes[k][0], nodes[k][1].length)); break;
            }
          }
        });
        hits.push(range);
      }
    });
    if (hits.length && window.Highlight) { CSS.highlights.set("found", new (Function.prototype.bind.apply(Highlight, [null].concat(hits)))()); }
    return hits.length ? told.dataset.hits.replace("{n}", hits.length) : told.dataset.none;
  }
  function step(by) {
    if (!hits.length) { return; }
    at = (at + by + hits.length) % hits.length;
    showText();
    var box = hits[at].startContainer.parentNode.closest("p"), spot = hits[at].getBoundingClientRect();
    light([]);
    if (wide.matches) { paper.scrollTop += spot.top - paper.getBoundingClientRect().top - paper.clientHeight / 3; }
    else { box.scrollIntoView({ block: "center" }); }
    box.classList.add("flash");
    lit.push([box, "flash"]);
  }
  $("next").addEventListener("click", function () { step(1); });
  $("prev").addEventListener("click", function () { step(-1); });

  /* tabs on narrow screens */
  var tabs = [$("tab-f"), $("tab-t")];
  function setTab(name) {
    root.dataset.tab = name;
    tabs.forEach(function (tab) {
      var on = tab.id === "tab-" + name;
      tab.setAttribute("aria-selected", on); tab.tabIndex = on ? 0 : -1;
    });
    roles();
  }
  function roles() {
    [[findings, "tab-f"], [text, "tab-t"]].forEach(function (pair) {
      if (wide.matches) { pair[0].removeAttribute("role"); if (pair[0] === findings) { pair[0].removeAttribute("aria-labelledby"); } else { pair[0].setAttribute("aria-labelledby", "text-t"); } }
      else { pair[0].setAttribute("role", "tabpanel"); pair[0].setAttribute("aria-labelledby", pair[1]); }
    });
  }
  tabs.forEach(function (tab, i) {
    tab.addEventListener("click", function () { setTab(tab.id.slice(-1)); });
    tab.addEventListener("keydown", function (e) {
      if (e.key === "ArrowLeft" || e.key === "ArrowRight") { setTab(tabs[1 - i].id.slice(-1)); tabs[1 - i].focus(); }
    });
  });
  wide.addEventListener("change", function () { roles(); measure(); });

  /* from a finding to its place and back */
  var lit = [], from = null;
  function light(elements) {
    lit.forEach(function (pair) { pair[0].classList.remove(pair[1]); });
    lit = elements.map(function (e) { e.classList.add("on"); return [e, "on"]; });
  }
  function showText() {
    if (root.dataset.depth === "lead") { setDepth("draft"); }
    if (!wide.matches) { setTab("t"); }
  }
  function toPlace(link) {
    var key = link.dataset.k, marks = key ? all('[data-k~="' + key + '"]', paper) : [];
    var first = marks[0] || $(link.hash.slice(1));
    if (!first) { return; }
    from = link;
    showText();
    light(marks);
    back.hidden = false;
    reveal(first);
    (first.href ? first : paper).focus({ preventScroll: true });
  }
  function reveal(element) {
    if (wide.matches) {
      var box = element.getBoundingClientRect(), frame = paper.getBoundingClientRect();
      paper.scrollTop += box.top - frame.top - paper.clientHeight / 3;
      if (frame.top > innerHeight * .6 || frame.bottom < innerHeight * .3) { text.scrollIntoView(); }
    } else { element.scrollIntoView({ block: "center" }); }
  }
  function toFinding(id) {
    var goal = $(id);
    if (!goal) { return; }
    var depth = goal.closest(".d3") ? "review" : goal.closest(".d2") ? "draft" : "";
    if (depth && (root.dataset.depth === "lead" || depth === "review")) { setDepth(depth); }
    if (goal.hidden) { chips.forEach(function (c) { c.checked = false; }); if (needs) { needs.checked = false; } group.value = weight.value = q.value = ""; filter(); }
    if (!wide.matches) { setTab("f"); }
    for (var up = goal; up; up = up.parentElement) { if (up.tagName === "DETAILS") { up.open = true; } }
    light([]);
    goal.classList.add("flash"); lit.push([goal, "flash"]);
    goal.scrollIntoView({ block: wide.matches ? "center" : "start" });
    var focus = goal.tagName === "DETAILS" ? goal.querySelector("summary") : goal;
    if (focus === goal) { goal.tabIndex = -1; }
    focus.focus({ preventScroll: true });
  }
  function closeMenu() { menu.hidden = true; menu.textContent = ""; }
  function choose(mark) {
    var seen = {}, list = [];
    mark.dataset.k.split(" ").forEach(function (key) {
      var link = findings.querySelector('.go[data-k="' + key + '"]');
      var owner = link && link.closest(".item,li[id],.more");
      if (owner && owner.id && !seen[owner.id]) { seen[owner.id] = 1; list.push(owner); }
    });
    if (list.length < 2) { toFinding(list.length ? list[0].id : mark.hash.slice(1)); return; }
    closeMenu();
    list.forEach(function (owner) {
      var a = document.createElement("a"), name = owner.querySelector("b,q");
      a.href = "#" + owner.id; a.textContent = name ? name.textContent.slice(0, 40) : owner.id;
      menu.appendChild(a);
    });
    var box = mark.getClientRects()[0];
    menu.hidden = false;
    menu.style.left = Math.max(8, Math.min(box.left, document.body.clientWidth - menu.offsetWidth - 8)) + scrollX + "px";
    menu.style.top = box.bottom + scrollY + 4 + "px";
    menu.opener = mark;
    menu.firstChild.focus();
  }
  document.addEventListener("click", function (e) {
    var a = e.target.closest("a");
    if (!a) { if (!menu.contains(e.target)) { closeMenu(); } return; }
    if (paper.contains(a)) { e.preventDefault(); choose(a); return; }
    if (menu.contains(a)) { e.preventDefault(); closeMenu(); toFinding(a.hash.slice(1)); return; }
    closeMenu();
    if (a.dataset.k || "part" in a.dataset) { e.preventDefault(); toPlace(a); }
    else if (/^#(f|d|h|g-)/.test(a.getAttribute("href")) && a.className !== "skip") { e.preventDefault(); toFinding(a.hash.slice(1)); }
    else if (a.className === "skip" && a.hash === "#text") { showText(); }
  });
  document.addEventListener("keydown", function (e) {
    if (menu.hidden) { return; }
    if (e.key === "Escape") { var opener = menu.opener; closeMenu(); opener.focus(); }
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      var links = all("a", menu), i = links.indexOf(document.activeElement);
      links[(i + (e.key === "ArrowDown" ? 1 : links.length - 1)) % links.length].focus();
    }
  });
  back.addEventListener("click", function () {
    if (!from) { return; }
    var owner = from.closest(".item,li[id]");
    if (owner) { toFinding(owner.id); } else { if (!wide.matches) { setTab("f"); } from.scrollIntoView({ block: "center" }); }
    from.focus({ preventScroll: true });
    back.hidden = true;
  });

  /* the narrow band */
  var strip = $("strip"), view = $("view");
  function mirror() {
    if (!paper.scrollHeight) { return; }
    view.setAttribute("y", 1000 * paper.scrollTop / paper.scrollHeight);
    view.setAttribute("height", Math.min(1000, 1000 * paper.clientHeight / paper.scrollHeight));
  }
  paper.addEventListener("scroll", mirror, { passive: true });
  strip.addEventListener("click", function (e) {
    var box = strip.getBoundingClientRect();
    paper.scrollTop = (e.clientY - box.top) / box.height * paper.scrollHeight - paper.clientHeight / 2;
  });
  function measure() {
    var tools = $("tools");
    root.style.setProperty("--bar", tools.offsetHeight + "px");
    root.style.scrollPaddingTop = (wide.matches ? tools.offsetHeight : 56) + 12 + "px";
    mirror();
  }
  addEventListener("resize", measure);

  var start = kept("depth");
  setTab("f");
  setDepth(depths.some(function (d) { return d.value === start; }) ? start : "draft");
  filter();
  if (location.hash.length > 1) { toFinding(decodeURIComponent(location.hash.slice(1))); }
})();
