// Enhancement only: every page says everything without this script. No modules, no network, no storage needed.
(function () {
  "use strict";
  var doc = document;
  var body = doc.body;
  var gendan = (window.gendan = {});
  function all(selector, from) { return Array.prototype.slice.call((from || doc).querySelectorAll(selector)); }
  function fold(text) {
    text = text.normalize ? text.normalize("NFKC") : text;
    return text.toLowerCase().replace(/\s+/g, " ").trim();
  }

  // Theme: auto, light, dark. Storage may be refused (private window, file://); the choice then lasts for the page.
  var button = doc.querySelector(".theme");
  function stored(value) {
    try {
      if (value === undefined) return localStorage.getItem("gendan-theme");
      localStorage.setItem("gendan-theme", value);
    } catch (refused) { /* the choice lasts for this page */ }
    return null;
  }
  function show(theme) {
    if (theme === "light" || theme === "dark") doc.documentElement.dataset.theme = theme;
    else { theme = "auto"; delete doc.documentElement.dataset.theme; }
    if (button) { button.lastElementChild.textContent = button.dataset[theme]; button.dataset.now = theme; }
  }
  show(stored());
  if (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var next = { auto: "light", light: "dark", dark: "auto" }[button.dataset.now];
      show(next);
      stored(next);
    });
  }

  // Facts of the current build, in every footer.
  gendan.build = function (facts) {
    var line = doc.getElementById("build-now");
    if (!line) return;
    var d = line.dataset;
    var parts = [d.asof + " " + facts.as_of, d.read + " " + facts.orders_read];
    if (facts.commit) parts.unshift(d.commit + " " + facts.commit);
    if (facts.orders_broken) parts.push(d.broken + " " + facts.orders_broken);
    parts.push(d.version + " " + facts.version);
    line.textContent = parts.join(" · ");
    line.hidden = false;
  };

  // State of tables lives in the hash (#orders=amount,desc&q=hanse), so that a list can be sent as a link. A plain
  // #anchor is none of it, and stays until a table changes.
  var state = {};
  function readState() {
    state = {};
    location.hash.slice(1).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      if (at < 1) return;
      try { state[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1)); } catch (bad) { /* not ours */ }
    });
  }
  function writeState() {
    var hash = Object.keys(state).filter(function (k) { return state[k]; })
      .map(function (k) { return k + "=" + encodeURIComponent(state[k]); }).join("&");
    try { history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search); }
    catch (refused) { /* file:// in some browsers */ }
  }
  readState();

  // Sort: a number where both cells are numbers, else text; empty cells last, in either direction. What moves is a
  // row, or a body of several rows where the table says so. Tables of one name are parts of one list.
  function units(table) { return all(table.hasAttribute("data-bodies") ? "tbody" : "tbody tr:not(.grp,.sum)", table); }
  function value(unit, column) {
    var cell = (unit.rows ? unit.rows[0] : unit).cells[column];
    if (!cell) return "";
    if (cell.dataset.sort !== undefined) return cell.dataset.sort;
    // Else the day that stands in it, else the number it begins with, else its text.
    var day = cell.querySelector("time");
    if (day) return day.dateTime;
    var text = cell.textContent.trim();
    var number = cell.classList.contains("n") && /-?\d[\d,]*(\.\d+)?/.exec(text);
    return number ? number[0].replace(/,/g, "") : text;
  }
  function compare(a, b) {
    var x = Number(a), y = Number(b);
    return isNaN(x) || isNaN(y) ? a.localeCompare(b, doc.documentElement.lang, { numeric: true }) : x - y;
  }
  function sort(table, key, descending) {
    var column = -1;
    all("thead th", table).forEach(function (th, index) {
      th.removeAttribute("aria-sort");
      if (!key || th.dataset.key !== key) return;
      column = index;
      th.setAttribute("aria-sort", descending ? "descending" : "ascending");
    });
    // Without a column: as the page came.
    table.units.map(function (unit, index) { return { unit: unit, index: index, v: column < 0 ? "" : value(unit, column) }; })
      .sort(function (a, b) {
        if (!a.v || !b.v) return (a.v ? 0 : 1) - (b.v ? 0 : 1) || a.index - b.index;
        var order = compare(a.v, b.v);
        return (descending ? -order : order) || a.index - b.index;
      })
      .forEach(function (r) { r.unit.parentNode.insertBefore(r.unit, r.unit.parentNode.querySelector(".sum")); });
  }
  var tables = all("table[data-table]");
  function sortAll() {
    tables.forEach(function (table) {
      var wanted = (state[table.dataset.table] || "").split(",");
      if (wanted[0] || table.querySelector("[aria-sort]")) sort(table, wanted[0], wanted[1] === "desc");
    });
  }
  tables.forEach(function (table) {
    table.units = units(table);
    all("thead th", table).forEach(function (th, index) {
      if (!th.textContent.trim() || th.classList.contains("plain")) return;
      if (!th.dataset.key) th.dataset.key = String(index + 1);
      var b = doc.createElement("button");
      b.type = "button";
      while (th.firstChild) b.appendChild(th.firstChild);
      th.appendChild(b);
      b.addEventListener("click", function () {
        // Once: up, twice: down, three times: as it was.
        var now = th.getAttribute("aria-sort");
        state[table.dataset.table] = now === "descending" ? "" : th.dataset.key + (now ? ",desc" : "");
        sortAll();
        writeState();
      });
    });
  });
  sortAll();

  // Filter: all words must occur in the row, or in the heading of its group. A group without a row is hidden too.
  var box = doc.querySelector("input[data-filter]");
  var filter = function () {};
  if (box) {
    var groups = new Map();
    var rows = tables.reduce(function (list, table) { return list.concat(table.units); }, all("main [data-row]"));
    rows = rows.map(function (row) {
      var head = row.closest(".grouped");
      var r = { row: row, text: fold((head ? head.querySelector("h2").textContent + " " : "") + row.textContent) };
      for (var e = row.parentNode; e !== body; e = e.parentNode) {
        if (!/^(SECTION|TBODY)$/.test(e.tagName)) continue;
        if (!groups.has(e)) groups.set(e, []);
        groups.get(e).push(r);
      }
      return r;
    });
    var count = doc.querySelector("output[data-count]");
    filter = function () {
      var words = fold(box.value).split(" ");
      var shown = 0;
      rows.forEach(function (r) {
        r.hit = words.every(function (w) { return r.text.indexOf(w) >= 0; });
        r.row.hidden = !r.hit;
        if (r.hit) shown += 1;
      });
      groups.forEach(function (inside, group) { group.hidden = !inside.some(function (r) { return r.hit; }); });
      // What is folded away is searched too.
      if (box.value) all("main details").forEach(function (d) { if (d.querySelector("[data-table], [data-row]")) d.open = true; });
      count.textContent = !box.value ? "" : (shown ? shown + " / " + rows.length : count.dataset.none)
        + (count.dataset.part ? " · " + count.dataset.part : "");
    };
    box.closest(".filter").hidden = false;
    box.value = state.q || "";
    box.addEventListener("input", function () { state.q = box.value; filter(); writeState(); });
    if (box.value) filter();
  }
  addEventListener("hashchange", function () {
    if (location.hash && location.hash.indexOf("=") < 0) return;
    readState();
    sortAll();
    if (box) { box.value = state.q || ""; filter(); }
  });

  // Search over all orders: the data is scripts, loaded on first use, so that it works from file:// too. A part is
  // one text: a line per order, the newest first, and before each word a mark (from U+E000) that says what it is.
  // Nobody types those, so a hit never spans two words.
  var field = doc.getElementById("q");
  var hits = doc.getElementById("hits");
  if (field && hits) {
    var SHOWN = 20;
    var holder = field.parentNode;
    var said = holder.querySelector("output");
    var parts = [], awaited = 1, loading = false, pending = 0, at = -1, kinds = {};
    var load = function (name) {
      var script = doc.createElement("script");
      script.src = body.dataset.assets + name;
      doc.head.appendChild(script);
    };
    gendan.search = function (number, total, text, names) {
      if (names) kinds = names[doc.documentElement.lang] || names.en;
      awaited = total;
      // Folded once, when it arrives: lines stay lines, and words keep their marks.
      parts[number - 1] = { text: text, folded: (text.normalize ? text.normalize("NFKC") : text).toLowerCase() };
      if (number < total) load("search-data-" + (number + 1) + ".js");
      later();
    };
    // All orders with all words, the ones with the first word in their number first, then in the customer's.
    var look = function (words) {
      var ranks = [[], [], []], count = 0;
      parts.forEach(function (part) {
        var text = part.folded, from = 0, hit, line = 0, counted = 0;
        // The rarest word is mostly the longest: it alone is looked for in the whole text.
        var rare = words.reduce(function (a, b) { return b.length > a.length ? b : a; });
        while ((hit = text.indexOf(rare, from)) >= 0) {
          var start = text.lastIndexOf("\n", hit) + 1, end = text.indexOf("\n", hit);
          from = end;
          var own = text.slice(start, end);
          if (!words.every(function (w) { return own.indexOf(w) >= 0; })) continue;
          count += 1;
          var where = own.indexOf(words[0]);
          var mark = kindAt(own, where);
          var rank = mark < 0 ? 0 : mark === 2 ? 1 : 2;
          if (ranks[rank].length >= SHOWN) continue;
          // Which line it is tells where the same order stands in the text as written.
          for (var n = text.indexOf("\n", counted); n >= 0 && n < start; n = text.indexOf("\n", counted)) { line += 1; counted = n + 1; }
          ranks[rank].push({ part: part, line: line, own: own });
        }
      });
      return { count: count, list: ranks[0].concat(ranks[1], ranks[2]).slice(0, SHOWN) };
    };
    // The word around a position: what kind it is (-1: the number), and which of the line's words.
    var isMark = function (c) { return c >= 0xe000 && c < 0xe020; };
    var kindAt = function (own, where) {
      for (var i = where; i >= 0; i -= 1) if (isMark(own.charCodeAt(i))) return own.charCodeAt(i) - 0xe000;
      return -1;
    };
    var MARKS = /[\ue000-\ue01f]/;
    var draw = function (hit, words, index) {
      hit.part.lines = hit.part.lines || hit.part.text.split("\n");
      var written = hit.part.lines[hit.line].split(MARKS);
      var link = doc.createElement("a");
      var add = function (tag, text) {
        var e = link.appendChild(doc.createElement(tag));
        e.textContent = text;
        return e;
      };
      link.id = "hit-" + index;
      link.setAttribute("role", "option");
      link.tabIndex = -1;
      link.href = body.dataset.root + "o/" + encodeURIComponent(written[0]) + ".html";
      add("b", written[0]);
      var lead = hit.own.charCodeAt(written[0].length) === 0xe001;
      if (lead) add("span", written[1]);
      // What matched, where it is not read already: 提单 EGLV143600117421.
      var told = [];
      words.forEach(function (w) {
        var where = hit.own.indexOf(w), kind = kindAt(hit.own, where);
        if (kind < 2) return;
        var nth = hit.own.slice(0, where).split(MARKS).length - 1;
        if (told.indexOf(nth) >= 0) return;
        told.push(nth);
        var small = add("small", (kinds[kind] || "") + " "), word = written[nth];
        var low = fold(word).indexOf(w);
        if (low < 0 || fold(word).length !== word.length) { small.textContent += word; return; }
        small.appendChild(doc.createTextNode(word.slice(0, low)));
        small.appendChild(doc.createElement("mark")).textContent = word.slice(low, low + w.length);
        small.appendChild(doc.createTextNode(word.slice(low + w.length)));
      });
      return link;
    };
    var choose = function (to) {
      var links = hits.children;
      if (links[at]) links[at].removeAttribute("aria-selected");
      at = links.length ? (to + links.length + 1) % (links.length + 1) : -1;
      if (at === links.length) at = -1;
      if (at < 0) { field.removeAttribute("aria-activedescendant"); return; }
      links[at].setAttribute("aria-selected", "true");
      links[at].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", links[at].id);
    };
    var open = function (yes) {
      hits.parentNode.classList.toggle("vh", !yes);
      hits.hidden = !yes || !hits.children.length;
      field.setAttribute("aria-expanded", String(!hits.hidden));
    };
    var find = function () {
      pending = 0;
      var words = fold(field.value).split(" ").filter(Boolean);
      choose(-1);
      hits.textContent = said.textContent = "";
      if (!words.length || !parts.length) { open(false); return; }
      var found = look(words);
      found.list.forEach(function (hit, index) { hits.appendChild(draw(hit, words, index)); });
      var waits = parts.length < awaited ? " …" : "";
      said.textContent = !found.count ? (waits || said.dataset.none)
        : (found.count > SHOWN ? SHOWN + " / " : "") + found.count + " " + (found.count === 1 ? said.dataset.one : said.dataset.orders) + waits;
      open(true);
    };
    // One search a frame, however fast somebody types.
    var later = function () { if (!pending) pending = requestAnimationFrame(find); };
    holder.hidden = false;
    field.addEventListener("focus", function () {
      if (!loading) { loading = true; load("search-data.js"); }
      else if (field.value) later();
    });
    field.addEventListener("input", later);
    field.addEventListener("keydown", function (event) {
      var links = hits.children;
      if (event.isComposing) return;
      if (event.key === "Escape") { field.value = ""; find(); }
      if (event.key === "Enter" && pending) { cancelAnimationFrame(pending); find(); }
      if (event.key === "Enter" && links.length) { event.preventDefault(); links[Math.max(at, 0)].click(); }
      else if (event.key === "ArrowDown") { event.preventDefault(); choose(at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(at < 0 ? links.length - 1 : at - 1); }
    });
    doc.addEventListener("click", function (event) { if (!holder.contains(event.target)) open(false); });
    holder.addEventListener("focusout", function (event) { if (event.relatedTarget && !holder.contains(event.relatedTarget)) open(false); });
    doc.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(doc.activeElement.tagName);
      if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    });
  }

  // The menu opens without this; with it, Escape and a click elsewhere close it.
  var menu = doc.querySelector(".menu");
  if (menu) {
    doc.addEventListener("click", function (event) { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.firstElementChild.focus();
    });
  }

  // Copy buttons, where the browser allows copying.
  if (navigator.clipboard) all("[data-copy]").forEach(function (source) {
    var copy = doc.createElement("button");
    var words = doc.documentElement.lang === "en" ? ["Copy", "Copied"] : ["复制", "已复制"];
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = words[0];
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(source.textContent).then(function () { copy.textContent = words[1]; });
    });
    // What is folded away is copied without unfolding it.
    (source.closest(".record details") || source).insertAdjacentElement("afterend", copy);
  });

  // Paper has no disclosure triangles; and an anchor inside a closed one must open it.
  addEventListener("beforeprint", function () {
    all("details:not([open]):not(.needs,.where,.rest,.was)").forEach(function (d) { d.open = true; d.dataset.printed = ""; });
  });
  addEventListener("afterprint", function () {
    all("details[data-printed]").forEach(function (d) { d.open = false; delete d.dataset.printed; });
  });
  function reveal() {
    var id = "";
    try { id = decodeURIComponent(location.hash.slice(1)); } catch (bad) { return; }
    var target = id && doc.getElementById(id);
    var details = target && target.closest("details");
    if (details && !details.open) { details.open = true; target.scrollIntoView(); }
  }
  addEventListener("hashchange", reveal);
  reveal();
})();
