// customers.cjs SITE: every page in every customer's folder: no console message, no request to anywhere, both
// languages, no script, no sideways scrolling on a phone, prints to PDF; there is no page above the folders.
const fs = require("fs");
const path = require("path");
const { chromium } = require("playwright-core");

const site = path.resolve(process.argv[2]);
const problems = [];
let checks = 0;
const check = (ok, what) => { checks += 1; if (!ok) problems.push(what); };

(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  const folders = fs.readdirSync(site, { withFileTypes: true });
  check(folders.every((entry) => entry.isDirectory()), "something lies above the customers' folders");
  const pages = folders.flatMap((folder) => fs.readdirSync(path.join(site, folder.name))
    .filter((name) => name.endsWith(".html")).map((name) => path.join(folder.name, name)));
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const said = [];
  page.on("console", (m) => said.push(m.text()));
  page.on("pageerror", (e) => said.push(String(e)));
  page.on("request", (r) => { if (!r.url().startsWith("file://")) said.push("asks for " + r.url()); });
  for (const name of pages) {
    said.length = 0;
    await page.goto("file://" + path.join(site, name));
    check(said.length === 0, `${name}: ${said.join("; ")}`);
    check(await page.locator("h1").count() === 1, `${name}: not one h1`);
    check(await page.locator("script").count() === 0, `${name}: a script`);
    const noindex = await page.locator('meta[name="robots"]').getAttribute("content");
    check(noindex.includes("noindex"), `${name}: may be indexed`);
    check((await page.locator("main").innerText()).trim().length > 20, `${name}: empty`);
    check(await page.locator('section[lang="zh-Hans"]').count() === 1, `${name}: no Chinese at its foot`);
    check(/telephone/.test(await page.locator("main .warn").innerText()), `${name}: no warning about accounts`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    check(wide <= 0, `${name}: ${wide} px wider than a phone`);
    const dead = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
      .filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.hash));
    check(dead.length === 0, `${name}: leads nowhere: ${dead.join(", ")}`);
    const pdf = await page.pdf({ format: "A4" });
    check(pdf.length > 2000, `${name}: prints nothing`);
  }
  await browser.close();
  problems.forEach((p) => console.log(p));
  console.log(`${pages.length} pages, ${checks} checks, ${problems.length} problems`);
  process.exit(problems.length || checks < 20 ? 1 : 0);
})();
