// print.cjs SITE EXTREME: pages as they come out of a printer, counted in the PDF. The cover of an order is one A4
// page whatever the order holds; other pages print whole, in black on white, with the heads of their tables repeated.
const fs = require("fs");
const path = require("path");
const { execFileSync } = require("child_process");
const { chromium } = require("playwright-core");

const problems = [];
let checks = 0;
const check = (ok, what) => { checks += 1; if (!ok) problems.push(what); };

const scratch = fs.mkdtempSync(path.join(require("os").tmpdir(), "gendan-print-"));

// The pages of a PDF: how many, how large in points, and the text of each.
function read(pdf) {
  const file = path.join(scratch, "page.pdf");
  fs.writeFileSync(file, pdf);
  const info = execFileSync("pdfinfo", [file], { encoding: "utf8" });
  const pages = Number(/^Pages:\s+(\d+)/m.exec(info)[1]);
  const [, width, height] = /^Page size:\s+([\d.]+) x ([\d.]+)/m.exec(info);
  const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
  // The largest letters of the first sheet, in points: a page that is too wide is printed smaller than it is set.
  const boxes = execFileSync("pdftotext", ["-l", "1", "-bbox", file, "-"], { encoding: "utf8", maxBuffer: 1 << 28 });
  const tall = [...boxes.matchAll(/yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"/g)].map((m) => m[2] - m[1]);
  return { pages, width: Number(width), height: Number(height), sheets: text.split("\f").slice(0, pages),
    tall: Math.max(0, ...tall) };
}

(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const print = async (site, name) => {
    await page.goto("file://" + path.join(site, name));
    return read(await page.pdf({ preferCSSPageSize: true }));
  };

  let covers = 0;
  for (const root of process.argv.slice(2)) {
    const site = path.resolve(root);
    for (const folder of ["", "en"]) {
      const orders = path.join(site, folder, "o");
      for (const id of fs.readdirSync(orders).filter((n) => fs.existsSync(path.join(orders, n, "cover.html")))) {
        const name = path.join(folder, "o", id, "cover.html");
        const pdf = await print(site, name);
        covers += 1;
        const label = `${path.basename(site)} ${name.length > 60 ? name.slice(0, 60) + "…" : name}`;
        check(pdf.pages === 1, `${label}: ${pdf.pages} pages instead of one`);
        check(Math.abs(pdf.width - 595) < 2 && Math.abs(pdf.height - 842) < 2, `${label}: not A4`);
        // The number is there in full, however long; a page breaks it where it likes.
        const bare = pdf.sheets[0].replace(/\s+/g, "");
        check(bare.includes(id.slice(0, 12)), `${label}: the number is not printed`);
        // Nothing is hidden below the foot of the page, and nothing beside it.
        const lost = await page.evaluate(() => {
          const cover = document.querySelector(".cover");
          const notes = document.querySelector(".cvnotes");
          return {
            below: cover.scrollHeight - cover.clientHeight,
            beside: cover.scrollWidth - cover.clientWidth,
            notes: notes.clientHeight,
            modules: document.querySelector(".cvhead svg path").getAttribute("d").length,
          };
        });
        check(lost.below <= 1 && lost.beside <= 1, `${label}: ${lost.below} px cut off below, ${lost.beside} beside`);
        check(lost.notes > 30, `${label}: no room for notes`);
        check(lost.modules > 500, `${label}: no code`);
      }
    }
  }
  check(covers > 30, `only ${covers} covers`);

  // Each kind of page prints: on A4, with its title, nothing wider than the sheet, no navigation, no controls.
  const site = path.resolve(process.argv[2]);
  const first = (dir, name) => fs.readdirSync(path.join(site, dir))
    .filter((n) => fs.existsSync(path.join(site, dir, n, name))).map((n) => path.join(dir, n, name))[0];
  const kinds = ["index.html", "orders.html", "production.html", "aftersales.html", "receivables.html",
    "calendar.html", "credits.html", "shipments.html", first("o", "proforma.html"), first("o", "invoice.html"),
    first("o", "packing.html"), first("o", "bl-check.html"), first("o", "check.html"),
    path.relative(site, path.join(site, path.dirname(first("o", "check.html")) + ".html"))];
  await page.emulateMedia({ media: "print" });
  for (const name of kinds) {
    for (const folder of ["", "en"]) {
      const label = path.join(folder, name);
      const pdf = await print(site, label);
      check(Math.abs(pdf.width - 595) < 2 || Math.abs(pdf.width - 842) < 2, `${label}: ${pdf.width} points wide`);
      check(pdf.sheets.every((sheet) => sheet.trim().length > 0), `${label}: an empty sheet`);
      check(pdf.tall > 15, `${label}: shrunk, the heading is ${pdf.tall.toFixed(1)} points high`);
      // The width of A4, by which style sheets are asked.
      await page.setViewportSize({ width: 794, height: 1000 });
      const seen = await page.evaluate(() => {
        const shown = (what) => [...document.querySelectorAll(what)].filter((e) => e.offsetParent);
        return {
          controls: shown(".top nav, .tools, .filter, button, .desk").length,
          heads: shown("thead:not(.vh)")
            .filter((h) => !["table-header-group", "none"].includes(getComputedStyle(h).display)).length,
        };
      });
      check(seen.controls === 0, `${label}: ${seen.controls} controls are printed`);
      check(seen.heads === 0, `${label}: ${seen.heads} heads of tables are not repeated`);
    }
  }

  // A long table names its columns on every sheet.
  const extreme = path.resolve(process.argv[3] || process.argv[2]);
  const long = fs.readdirSync(path.join(extreme, "o")).filter((n) => n.startsWith("ITEMS"))
    .map((n) => path.join("o", n, "invoice.html"))[0];
  if (long) {
    const pdf = await print(extreme, long);
    const heads = pdf.sheets.filter((sheet) => sheet.includes("Description of goods")).length;
    check(pdf.pages > 3, `${long}: 200 items on ${pdf.pages} sheets`);
    check(heads >= pdf.pages - 1, `${long}: the head stands on ${heads} of ${pdf.pages} sheets`);
  } else check(false, "no order with many items");

  await browser.close();
  fs.rmSync(scratch, { recursive: true, force: true });
  problems.forEach((p) => console.log(p));
  console.log(`${covers} covers, ${kinds.length * 2} printed pages, ${checks} checks, ${problems.length} problems`);
  process.exit(problems.length || checks < 50 ? 1 : 0);
})();
