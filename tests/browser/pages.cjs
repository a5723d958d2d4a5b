// pages.cjs SITE: one page of every kind, both languages, from file://: no console message, no request to anywhere,
// readable without JavaScript, no sideways scrolling on a phone, prints to PDF, WCAG 2.2 AA after axe in light and
// dark, ids each once, within its weight; search, tables, menu, keyboard, theme and permalinks work.
const fs = require("fs");
const path = require("path");
const zlib = require("zlib");
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const site = path.resolve(process.argv[2]);
const problems = [];
let checks = 0;
const check = (ok, what) => { checks += 1; if (!ok) problems.push(what); };
const url = (name) => "file://" + path.join(site, name);

// One page of each kind: the first of every folder, and every page at the top.
function kinds(folder) {
  const seen = new Map();
  const walk = (dir) => {
    for (const entry of fs.readdirSync(path.join(site, folder, dir), { withFileTypes: true })) {
      const name = path.join(dir, entry.name);
      if (entry.isDirectory()) { if (folder || entry.name !== "en") walk(name); }
      else if (entry.name.endsWith(".html")) {
        // The documents of an order lie in a folder of its own; each is a kind.
        const alike = /^o\//.test(dir) ? `o/${entry.name}` : dir;
        const kind = dir === "" || entry.name === "index.html" ? name : alike.replace(/\d+/g, "N");
        if (!seen.has(kind)) seen.set(kind, name);
      }
    }
  };
  walk("");
  return [...seen.values()].map((name) => path.join(folder, name));
}

const orders = fs.readdirSync(path.join(site, "o")).filter((n) => n.endsWith(".html")).map((n) => `o/${n}`);
const each = [...new Set([...kinds(""), ...kinds("en")])];
const pages = [...new Set([...each, ...orders])];

// Work on a list, two at a time: the machines that run this have two cores.
async function pool(context, list, work) {
  const queue = [...list];
  await Promise.all([0, 1].map(async () => {
    const page = await context.newPage();
    page.said = [];
    page.on("dialog", (d) => { page.said.push("a dialog"); d.dismiss(); });
    page.on("console", (m) => page.said.push(m.text()));
    page.on("pageerror", (e) => page.said.push(String(e)));
    page.on("request", (r) => { if (!r.url().startsWith("file://")) page.said.push("asks for " + r.url()); });
    for (let name = queue.shift(); name; name = queue.shift()) {
      page.said.length = 0;
      await page.goto(url(name));
      await work(page, name);
      check(page.said.length === 0, `${name}: ${page.said.join("; ")}`);
    }
    await page.close();
  }));
}

// What a page must be, with JavaScript and without.
async function readable(page, label) {
  check(await page.locator("h1").count() === 1, `${label}: not one h1`);
  check((await page.locator("main").innerText()).trim().length > 20, `${label}: empty`);
  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    check(wide <= 0, `${label}: ${wide} px wider than a phone of ${width}`);
  }
  const found = await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    return {
      twice: [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))],
      // A caption squeezed into one column of a table made into cards is a tower of single characters.
      narrow: [...document.querySelectorAll("caption:not(.vh)")]
        .filter((c) => c.offsetParent && c.textContent.trim().length > 4)
        .filter((c) => c.offsetWidth < Math.min(120, c.closest("table").parentElement.clientWidth))
        .map((c) => c.textContent.trim()),
    };
  });
  check(found.twice.length === 0, `${label}: ids twice: ${found.twice.join(", ")}`);
  check(found.narrow.length === 0, `${label}: squeezed captions: ${found.narrow.join(", ")}`);
}

// After axe, the rules that stand for WCAG 2.2 AA; colours alone once more for the dark palette.
async function accessible(page, label, rules) {
  await page.evaluate(axe);
  const broken = await page.evaluate(async (only) => {
    const run = only ? { type: "rule", values: only }
      : { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
    const { violations } = await window.axe.run(document, { runOnly: run, resultTypes: ["violations"], preload: false });
    return violations.map((v) => `${v.id} at ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(", ")}`);
  }, rules);
  check(broken.length === 0, `${label}: ${broken.join("; ")}`);
}

function weights() {
  const packed = (...names) => zlib.gzipSync(Buffer.concat(names.map((n) => fs.readFileSync(path.join(site, n)))), { level: 9 }).length;
  const within = (size, most, what) => check(size <= most * 1024, `${what}: ${size} bytes packed, at most ${most} KB`);
  within(packed("style.css", "print.css"), 12, "style");
  within(packed("app.js"), 8, "script");
  for (const name of pages) within(packed(name), /(^|\/)o\//.test(name) ? 40 : 120, name);
}

// The navigation holds where the window is narrow: one line of it, nothing cut off; where we are is always in it.
async function navigation(page) {
  for (const name of each.filter((n) => /^(en\/)?([^/]+|archive\/index|rules\/index)\.html$/.test(n))) {
    for (const width of [1024, 1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(url(name));
      const bar = await page.evaluate(() => {
        const shown = [...document.querySelectorAll(".top nav > ul a, .menu summary")].filter((a) => a.offsetParent);
        const boxes = shown.map((a) => a.getBoundingClientRect());
        return {
          lines: new Set(boxes.map((b) => Math.round((b.top + b.bottom) / 20))).size,
          cut: boxes.some((b) => b.right > innerWidth),
          high: document.querySelector(".top").offsetHeight,
          here: shown.filter((a) => a.hasAttribute("aria-current")).length,
        };
      });
      check(bar.lines === 1 && !bar.cut, `${name} at ${width}: the navigation breaks`);
      check(width === 390 || bar.high < 60, `${name} at ${width}: the header is ${bar.high} px high`);
      check(bar.here === 1, `${name} at ${width}: the bar does not say where we are`);
    }
  }
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(url("index.html"));
  const links = page.locator(".menu li a:visible");
  check(await links.count() === 0, "the menu stands open");
  await page.locator(".menu summary").focus();
  await page.keyboard.press("Enter");
  check(await links.count() > 10, "the menu does not open with Enter");
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.matches(".menu li a")), "Tab does not lead into the menu");
  await page.keyboard.press("Escape");
  check(await links.count() === 0, "Escape does not close the menu");
  await page.setViewportSize({ width: 1280, height: 900 });
}

// The words of one order that people look for, by the marks of the search data.
function wordsOf(id) {
  const row = fs.readdirSync(site).filter((n) => /^search-data/.test(n))
    .map((n) => fs.readFileSync(path.join(site, n), "utf8"))
    .flatMap((text) => JSON.parse(text.slice(text.indexOf('"'), text.lastIndexOf('\\n"') + 3)).split("\n"))
    .find((line) => line.startsWith(id));
  const words = {};
  for (const [, mark, word] of row.matchAll(/([\ue000-\ue01f])([^\ue000-\ue01f]*)/g)) words[mark.charCodeAt(0) - 0xe000] ??= word;
  return words;
}

async function search(page) {
  const id = ["GD26-0117"].find((n) => orders.includes(`o/${n}.html`)) || path.basename(orders[0], ".html");
  const words = wordsOf(id);
  const wide = (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
  const settle = async (text) => {
    await page.fill("#q", text);
    // The data comes in parts after the first focus, and a search runs in the next frame.
    await page.waitForFunction(() => document.querySelector(".found output").textContent, null, { timeout: 5000 }).catch(() => {});
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    return page.locator("#hits").innerText();
  };
  for (const tree of ["", "en/"]) {
    await page.goto(url(tree + "index.html"));
    const asked = { number: id.slice(-4), "full-width": wide(id.slice(-4)), PO: words[2], goods: words[4], invoice: words[5],
      "B/L": words[6], container: words[7], vessel: words[8], credit: words[9], purchase: words[10],
      "end of a B/L": words[6] && words[6].slice(-6), "lower case": words[6] && words[6].toLowerCase(),
      "part of a Chinese name": Object.values(words).map((w) => (/[\u4e00-\u9fff]{3}/.exec(w) || [])[0]).filter(Boolean)[0] };
    for (const [what, text] of Object.entries(asked)) {
      if (text) check((await settle(text)).includes(id), `${tree}: search for the ${what} ${text} does not find ${id}`);
    }
    // The hit says which word it was.
    if (words[6]) {
      const told = await settle(words[6].slice(-6));
      check(told.includes(`${tree ? "B/L" : "提单"} ${words[6]}`), `${tree}: the hit does not say which word matched: ${told}`);
    }
    check((await settle("zz no such order zz")).trim() === "", `${tree}: search finds what does not exist`);
    check((await page.locator(".found output").innerText()).length > 2, `${tree}: search does not say that it found nothing`);
  }
  // The list of hits lies within a phone.
  await page.setViewportSize({ width: 390, height: 800 });
  await settle("GD");
  const [left, right, over] = await page.evaluate(() => {
    const box = document.querySelector(".found").getBoundingClientRect();
    return [box.left, innerWidth - box.right, document.documentElement.scrollWidth - innerWidth];
  });
  check(left >= 0 && right >= 0 && over <= 0, `the hits leave the phone: ${left} ${right} ${over}`);
  await page.setViewportSize({ width: 1280, height: 900 });
  // With the keyboard alone.
  await page.goto(url("index.html"));
  await page.keyboard.press("/");
  check(await page.evaluate(() => document.activeElement.id) === "q", "/ does not lead to the search");
  await settle("GD");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const second = await page.evaluate(() => [document.getElementById("q").getAttribute("aria-activedescendant"),
    document.getElementById("q").getAttribute("aria-expanded"), document.querySelector("#hits [aria-selected] b").textContent]);
  check(second[0] === "hit-1" && second[1] === "true", `arrows do not choose: ${second}`);
  await accessible(page, "the open search");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/o\//, { timeout: 5000 }).catch(() => {});
  check(page.url().endsWith(`/o/${second[2]}.html`), `Enter leads to ${page.url()}`);
  await page.keyboard.press("Control+k");
  await settle("GD");
  await page.keyboard.press("Escape");
  check(await page.locator("#hits").isHidden() && await page.inputValue("#q") === "", "Escape does not close the search");
}

async function tables(page) {
  const column = (key) => page.evaluate((k) => {
    const table = document.querySelector("table[data-table=orders]");
    const at = [...table.querySelectorAll("thead th")].findIndex((th) => th.dataset.key === k);
    return [...table.tBodies[0].rows].filter((r) => !r.hidden).map((r) => r.cells[at].dataset.sort || r.cells[at].textContent.trim());
  }, key);
  await page.goto(url("orders.html"));
  const came = await column("id");
  const head = page.locator("table[data-table=orders] th[data-key=amount]");
  await head.locator("button").click();
  // By currency, then as numbers: 9,000.00 before 10,000.00.
  const up = (await column("amount")).filter(Boolean).map((text) => text.split(" ")).map(([unit, n]) => [unit, Number(n)]);
  const rising = up.every(([unit, n], i) => !i || up[i - 1][0] < unit || (up[i - 1][0] === unit && up[i - 1][1] <= n));
  check(up.length > 3 && rising, `amounts do not sort as numbers: ${up.slice(0, 9)}`);
  check(await head.getAttribute("aria-sort") === "ascending", "aria-sort does not say how");
  await page.locator("input[data-filter]").fill("gd26");
  // The browser's own word: the driver hears of a changed address later.
  const link = await page.evaluate(() => location.href);
  check(/#orders=amount&q=gd26$/.test(link), `the state of the table is not in the address: ${link}`);
  const shown = await column("id");
  // The same link, opened anew, shows the same.
  await page.goto("about:blank");
  await page.goto(link);
  check(String(await column("id")) === String(shown), "a link to a sorted and filtered table shows something else");
  await head.locator("button").click();
  check(await head.getAttribute("aria-sort") === "descending", "a second click does not turn the order");
  await page.locator("input[data-filter]").fill("no such order anywhere");
  check((await column("id")).length === 0, "the filter hides nothing");
  check((await page.locator("output[data-count]").innerText()).length > 2, "the filter does not say that nothing matches");
  await page.locator("input[data-filter]").fill("");
  await head.locator("button").click();
  check(String(await column("id")) === String(came) && !(await page.evaluate(() => location.hash)), "a third click does not bring back the first order");
  // Days sort as days, wherever a table has them.
  for (const [name, table] of [["credits.html", "credits"], ["customs.html", "exports"], ["payables.html", "bills"], ["receivables.html", "owed"]]) {
    if (!fs.existsSync(path.join(site, name))) continue;
    await page.goto(url(name));
    const heads = page.locator(`table[data-table=${table}]`).first().locator("thead button");
    check(await heads.count() > 3, `${name}: its table cannot be sorted`);
    for (let at = 0; at < await heads.count(); at += 1) await heads.nth(at).click();
    check(await page.locator(`table[data-table=${table}] [aria-sort]`).count() > 0, `${name}: nothing is sorted`);
  }
}

async function keyboard(page) {
  const order = orders.includes("o/GD26-0117.html") ? "o/GD26-0117.html" : orders[0];
  await page.goto(url(order));
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.matches(".skip")), "the first stop is not the skip link");
  await page.keyboard.press("Enter");
  check(await page.evaluate(() => document.activeElement.id) === "main", "the skip link does not skip");
  // Every stop on the way is seen, and every region that scrolls is one.
  const unseen = await page.evaluate(() => [...document.querySelectorAll(".scroll")]
    .filter((s) => s.scrollWidth > s.clientWidth && s.tabIndex < 0).length);
  check(unseen === 0, `${unseen} regions scroll, but not with the keyboard`);
  for (let stop = 0; stop < 40; stop += 1) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const e = document.activeElement;
      return e === document.body || (getComputedStyle(e).outlineStyle !== "none" && parseFloat(getComputedStyle(e).opacity) > 0) || e.outerHTML.slice(0, 80);
    });
    check(seen === true, `the focus is not seen on ${seen}`);
  }
  // Each milestone and each finding has an address, and shows when it was meant.
  const marks = await page.locator("#stages .anchor, .finding .anchor").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  check(marks.length > 10, `${order}: ${marks.length} permalinks`);
  for (const mark of [marks[0], marks[marks.length - 1]]) {
    await page.goto(url(order) + mark);
    const hit = await page.evaluate(() => {
      const e = document.querySelector(":target");
      return e && e.offsetParent !== null && [e, e.closest("tr")].some((x) => x && getComputedStyle(x).backgroundColor !== "rgba(0, 0, 0, 0)");
    });
    check(hit, `${order}${mark} is not shown when it is asked for`);
  }
}

(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  const started = process.hrtime.bigint();
  const say = (what) => console.log(`${what} (${(process.hrtime.bigint() - started) / 1000000000n} s)`);
  weights();
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 844 } });
    await pool(context, pages, (page, name) => readable(page, `${name} ${javaScriptEnabled ? "with" : "without"} JavaScript`));
    if (!javaScriptEnabled) {
      const page = await context.newPage();
      await page.goto(url("index.html"));
      await page.locator(".menu summary").click();
      check(await page.locator(".menu li a:visible").count() > 10, "without JavaScript the menu does not open");
    }
    await context.close();
  }
  say(`${pages.length} pages read`);
  let context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await pool(context, [...each, ...orders.slice(0, 6)], async (page, name) => {
    await page.emulateMedia({ colorScheme: "light" });
    await accessible(page, `${name} light`);
    await page.emulateMedia({ colorScheme: "dark" });
    await accessible(page, `${name} dark`, ["color-contrast"]);
    const pdf = await page.pdf({ format: "A4" });
    check(pdf.length > 2000, `${name}: prints nothing`);
  });
  say("axe, print");
  const page = await context.newPage();
  await navigation(page);
  await search(page);
  await tables(page);
  await keyboard(page);
  say("navigation, search, tables, keyboard");
  // The theme is remembered on the next page.
  await page.goto(url("index.html"));
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  for (let i = 0; i < 3 && (await ground()) === before; i += 1) await page.click("button.theme");
  const dark = await ground();
  check(dark !== before, "the theme button does nothing");
  await page.goto(url("board.html"));
  check((await ground()) === dark, "the theme is forgotten on the next page");
  // An order that is read and not cancelled says which gates it has passed.
  let gates = 0;
  for (const name of orders.slice(0, 60)) {
    await page.goto(url(name));
    const [verdict, list, strip] = await Promise.all([".verdict:not(.small)", ".gates li", ".strip li"]
      .map((what) => page.locator(what).count()));
    check(verdict === 1, `${name}: not one verdict`);
    if (strip) gates += list;
    // What is wrong, and how to mend it, is read without unfolding anything; so is every need that is open.
    const hidden = await page.evaluate(() => [...document.querySelectorAll(".finding .fix")]
      .filter((f) => !f.closest(".was") && !f.offsetParent).length);
    check(hidden === 0, `${name}: ${hidden} findings are folded away`);
  }
  check(gates > 0, "no order shows its gates");
  // The language switch leads to the same page in the other language and back.
  await page.goto(url(orders[0]));
  await page.locator("a[hreflang]").first().click();
  check(page.url().endsWith(`/en/${orders[0]}`), `the language switch leads to ${page.url()}`);
  await page.locator("a[hreflang]").first().click();
  check(page.url().endsWith(`/${orders[0]}`) && !page.url().includes("/en/"), "and does not lead back");
  await browser.close();
  problems.forEach((p) => console.log(p));
  say(`${pages.length} pages, ${checks} checks, ${problems.length} problems`);
  process.exit(problems.length || checks < 50 ? 1 : 0);
})();
