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

  // State of tables lives in the hash (#sort=amount,desc&filter=hanse), so that a list can be sent as a link.
  function readState() {
    var state = {};
    location.hash.slice(1).split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      if (at < 1) return;
      try { state[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1)); } catch (bad) { /* not ours */ }
    });
    return state;
  }
  var state = readState();
  function writeState() {
    var hash = Object.keys(state).filter(function (k) { return state[k]; })
      .map(function (k) { return k + "=" + encodeURIComponent(state[k]); }).join("&");
    try { history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search); }
    catch (refused) { /* file:// in some browsers */ }
  }

  // Sort: a number where both cells are numbers, else text; empty cells last, in either direction.
  function value(row, column) {
    var cell = row.cells[column];
    if (!cell) return "";
    return cell.dataset.sort !== undefined ? cell.dataset.sort : cell.textContent.trim();
  }
  function sort(table, key, descending) {
    var heads = all("thead th", table);
    var column = -1;
    heads.forEach(function (th, index) {
      th.removeAttribute("aria-sort");
      if (th.dataset.key === key) {
        column = index;
        th.setAttribute("aria-sort", descending ? "descending" : "ascending");
      }
    });
    if (column < 0) return;
    var rows = all("tbody tr", table).map(function (row, index) { return { row: row, index: index, v: value(row, column) }; });
    rows.sort(function (a, b) {
      if (!a.v || !b.v) return (a.v ? 0 : 1) - (b.v ? 0 : 1) || a.index - b.index;
      var x = Number(a.v), y = Number(b.v);
      var order = isNaN(x) || isNaN(y) ? a.v.localeCompare(b.v, doc.documentElement.lang) : x - y;
      return (descending ? -order : order) || a.index - b.index;
    });
    rows.forEach(function (r) { r.row.parentNode.appendChild(r.row); });
  }
  all("table[data-sortable]").forEach(function (table) {
    all("thead th[data-key]", table).forEach(function (th) {
      var b = doc.createElement("button");
      b.type = "button";
      while (th.firstChild) b.appendChild(th.firstChild);
      th.appendChild(b);
      b.addEventListener("click", function () {
        var descending = th.getAttribute("aria-sort") === "ascending";
        sort(table, th.dataset.key, descending);
        state.sort = th.dataset.key + (descending ? ",desc" : "");
        writeState();
      });
    });
    if (state.sort) sort(table, state.sort.split(",")[0], /,desc$/.test(state.sort));
  });

  // Filter: all words must occur in the row.
  var box = doc.querySelector("input[data-filter]");
  if (box) {
    var rows = all("main tbody tr, main [data-row]").map(function (row) { return { row: row, text: fold(row.textContent) }; });
    var count = doc.querySelector("output[data-count]");
    var filter = function () {
      var words = fold(box.value).split(" ");
      var shown = 0;
      rows.forEach(function (r) {
        var hit = words.every(function (w) { return r.text.indexOf(w) >= 0; });
        r.row.hidden = !hit;
        if (hit) shown += 1;
      });
      all("main section").forEach(function (section) {
        var inside = all("tbody tr, [data-row]", section);
        if (inside.length) section.hidden = inside.every(function (r) { return r.hidden; });
      });
      // What is folded away is searched too.
      if (box.value) all("main details").forEach(function (d) { d.open = true; });
      if (count) count.textContent = box.value ? shown + " / " + rows.length : "";
    };
    var holder = box.closest(".filter");
    if (holder) holder.hidden = false;
    box.value = state.filter || "";
    box.addEventListener("input", function () { state.filter = box.value; filter(); writeState(); });
    filter();
  }

  // Search over all orders: the data is a script, loaded on first use, so that it works from file:// too.
  var field = doc.getElementById("q");
  var hits = doc.getElementById("hits");
  if (field && hits) {
    var parts = [];
    var loading = false;
    var load = function (name) {
      var script = doc.createElement("script");
      script.src = body.dataset.assets + name;
      doc.head.appendChild(script);
    };
    gendan.search = function (number, total, part) {
      parts[number - 1] = part;
      if (number === 1) for (var n = 2; n <= total; n += 1) load("search-data-" + n + ".js");
      find();
    };
    var find = function () {
      var words = fold(field.value).split(" ").filter(Boolean);
      hits.textContent = "";
      hits.hidden = !words.length || !parts.length;
      if (hits.hidden) return;
      var found = [];
      parts.forEach(function (part) {
        part.forEach(function (row) {
          if (!words.every(function (w) { return row[2].indexOf(w) >= 0; })) return;
          var first = words[0];
          found.push({ row: row, rank: row[0].toLowerCase().indexOf(first) >= 0 ? 0 : row[1].indexOf(first) >= 0 ? 1 : 2 });
        });
      });
      found.sort(function (a, b) { return a.rank - b.rank || (a.row[0] < b.row[0] ? 1 : -1); });
      found.slice(0, 20).forEach(function (hit) {
        var item = doc.createElement("li");
        var link = doc.createElement("a");
        var id = doc.createElement("b");
        link.href = body.dataset.root + "o/" + encodeURIComponent(hit.row[0]) + ".html";
        id.textContent = hit.row[0];
        link.appendChild(id);
        link.appendChild(doc.createTextNode(hit.row[3]));
        item.appendChild(link);
        hits.appendChild(item);
      });
      if (!found.length) {
        var none = doc.createElement("li");
        var text = doc.createElement("p");
        text.textContent = field.parentNode.dataset.none;
        none.appendChild(text);
        hits.appendChild(none);
      }
    };
    field.parentNode.hidden = false;
    field.addEventListener("focus", function () {
      if (!loading) { loading = true; load("search-data.js"); }
    });
    field.addEventListener("input", find);
    field.parentNode.addEventListener("keydown", function (event) {
      var links = all("a", hits);
      var at = links.indexOf(doc.activeElement);
      if (event.key === "Escape") { field.value = ""; find(); field.blur(); }
      else if (event.key === "Enter" && at < 0 && links[0]) links[0].click();
      else if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
      else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] || field).focus(); }
    });
    doc.addEventListener("click", function (event) { if (!field.parentNode.contains(event.target)) hits.hidden = true; });
    doc.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(doc.activeElement.tagName);
      if ((event.key === "/" && !typing) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
        event.preventDefault();
        field.focus();
        field.select();
      }
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
