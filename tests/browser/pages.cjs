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
        const kind = dir === "" || entry.name === "index.html" ? name : dir.replace(/\d+/g, "N");
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
    page.on("console", (m) => said.push(m.text()));
    page.on("pageerror", (e) => said.push(String(e)));
    page.on("request", (r) => { if (!r.url().startsWith("file://")) said.push("asks for " + r.url()); });
    for (const name of pages) {
      said.length = 0;
      await page.goto("file://" + path.join(site, name));
      const label = `${name} ${script ? "with" : "without"} JavaScript`;
      check(said.length === 0, `${label}: ${said.join("; ")}`);
      check(await page.locator("h1").count() === 1, `${label}: not one h1`);
      check((await page.locator("main").innerText()).trim().length > 20, `${label}: empty`);
      if (script) {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        check(wide <= 0, `${label}: ${wide} px wider than a phone`);
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
  await browser.close();
  problems.forEach((p) => console.log(p));
  console.log(`${pages.length} pages, ${checks} checks, ${problems.length} problems`);
  process.exit(problems.length || checks < 50 ? 1 : 0);
})();
