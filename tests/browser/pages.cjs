// pages.cjs SITE: one page of every kind, both languages: no console message, no request to anywhere, readable
// without JavaScript, no sideways scrolling on a phone, prints to PDF; search, theme and filters work.
const fs = require("fs");
const path = require("path");
const { chromium } = require("playwright-core");

const site = path.resolve(process.argv[2]);
const problems = [];
let checks = 0;
const check = (ok, what) => { checks += 1; if (!ok) problems.push(what); };

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

(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  const orders = fs.readdirSync(path.join(site, "o")).filter((n) => n.endsWith(".html")).map((n) => `o/${n}`);
  const pages = [...new Set([...kinds(""), ...kinds("en"), ...orders])];
  for (const script of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled: script, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const said = [];
    let dialogs = 0;
    page.on("dialog", (d) => { dialogs += 1; d.dismiss(); });
    page.on("console", (m) => said.push(m.text()));
    page.on("pageerror", (e) => said.push(String(e)));
    page.on("request", (r) => { if (!r.url().startsWith("file://")) said.push("asks for " + r.url()); });
    for (const name of pages) {
      said.length = 0;
      await page.goto("file://" + path.join(site, name));
      const label = `${name} ${script ? "with" : "without"} JavaScript`;
      check(said.length === 0, `${label}: ${said.join("; ")}`);
      check(dialogs === 0, `${label}: a dialog`);
      check(await page.locator("h1").count() === 1, `${label}: not one h1`);
      check((await page.locator("main").innerText()).trim().length > 20, `${label}: empty`);
      if (script) {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        check(wide <= 0, `${label}: ${wide} px wider than a phone`);
        // A caption squeezed into one column of a table made into cards is a tower of single characters.
        const narrow = await page.evaluate(() => [...document.querySelectorAll("caption:not(.vh)")]
          .filter((c) => c.offsetParent && c.textContent.trim().length > 4)
          .filter((c) => c.offsetWidth < Math.min(120, c.closest("table").parentElement.clientWidth))
          .map((c) => c.textContent.trim()));
        check(narrow.length === 0, `${label}: squeezed captions: ${narrow.join(", ")}`);
      }
    }
    await context.close();
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  for (const name of pages.filter((n) => !n.startsWith("o/") || n === orders[0])) {
    await page.goto("file://" + path.join(site, name));
    const pdf = await page.pdf({ format: "A4" });
    check(pdf.length > 2000, `${name}: prints nothing`);
  }
  // The navigation holds where the window is narrow: one line of it, nothing cut off.
  await page.setViewportSize({ width: 1024, height: 800 });
  for (const name of ["index.html", "en/index.html"].filter((n) => pages.includes(n))) {
    await page.goto("file://" + path.join(site, name));
    const tops = await page.evaluate(() => [...document.querySelectorAll(".top nav li")].map((li) => {
      const box = li.getBoundingClientRect();
      return box.right > innerWidth ? "cut off" : Math.round((box.top + box.bottom) / 20);
    }));
    check(new Set(tops).size === 1 && tops[0] !== "cut off", `${name}: the navigation breaks: ${tops.join(" ")}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  // Search finds an order by a part of its number, from file://.
  await page.goto("file://" + path.join(site, "index.html"));
  const id = path.basename(orders[0], ".html");
  await page.fill("#q", id.slice(-4));
  await page.waitForSelector("#hits li", { timeout: 5000 }).catch(() => {});
  check((await page.locator("#hits").innerText()).includes(id), `search does not find ${id}`);
  // The theme is remembered on the next page.
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  for (let i = 0; i < 3 && (await ground()) === before; i += 1) await page.click("button.theme");
  const dark = await ground();
  check(dark !== before, "the theme button does nothing");
  await page.goto("file://" + path.join(site, "board.html"));
  check((await ground()) === dark, "the theme is forgotten on the next page");
  // The filter hides rows that do not match.
  await page.goto("file://" + path.join(site, "orders.html"));
  const filter = page.locator(".filter input").first();
  if (await filter.count()) {
    await filter.fill("no such order anywhere");
    check(await page.locator("tbody tr:visible").count() === 0, "the filter hides nothing");
  } else check(false, "orders.html has no filter");
  // An order that is read and not cancelled says which gates it has passed.
  let gates = 0;
  for (const name of orders.slice(0, 60)) {
    await page.goto("file://" + path.join(site, name));
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
  // A part of a Chinese word finds what stands in the title of an order.
  await page.goto("file://" + path.join(site, orders[0]));
  const customer = (await page.locator("h1 a").first().innerText().catch(() => "")).trim();
  if (/[\u4e00-\u9fff]{3}/.test(customer)) {
    await page.fill("#q", customer.slice(1, 3));
    await page.waitForSelector("#hits li", { timeout: 5000 }).catch(() => {});
    check((await page.locator("#hits li").count()) > 0, `search does not find ${customer.slice(1, 3)}`);
  }
  // The language switch leads to the same page in the other language and back.
  const other = page.locator("a[hreflang]").first();
  await other.click();
  check(page.url().endsWith(`/en/${orders[0]}`), `the language switch leads to ${page.url()}`);
  await page.locator("a[hreflang]").first().click();
  check(page.url().endsWith(`/${orders[0]}`) && !page.url().includes("/en/"), "and does not lead back");
  await browser.close();
  problems.forEach((p) => console.log(p));
  console.log(`${pages.length} pages, ${checks} checks, ${problems.length} problems`);
  process.exit(problems.length || checks < 50 ? 1 : 0);
})();
