// search.cjs [ORDERS]: how long a key press takes in the search, measured in Chromium from file:// on a made-up data
// set of 10,000 orders. Prints numbers; fails only where it is slow beyond doubt. Not a part of ./tests/run.
const fs = require("fs");
const os = require("os");
const path = require("path");
const zlib = require("zlib");
const { chromium } = require("playwright-core");

const total = Number(process.argv[2] || 10000);
const PART = 2000;
const site = fs.mkdtempSync(path.join(os.tmpdir(), "gendan-search-"));
const source = path.join(__dirname, "../../site");
for (const name of ["style.css", "app.js"]) fs.copyFileSync(path.join(source, name), path.join(site, name));

// A number that looks like chance and is the same in every run.
let seed = 20261123;
const next = (below) => { seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff; return seed % below; };
const pick = (list) => list[next(list.length)];
const digits = (n) => Array.from({ length: n }, () => next(10)).join("");
const buyers = ["Hanse Licht GmbH 汉萨照明", "Nordkap Leker AS 北角玩具", "Gulf Star Trading LLC 海湾之星贸易", "Casa Blanca S.A. 白屋家居", "Meghna Fabrics 梅格纳家纺"];
const goods = ["LED Bulb 12W E27 3000K LED灯泡 12瓦", "Cotton Bath Towel 70x140 全棉浴巾", "Wooden Train 32 pcs 木制小火车 32件", "23 Inch Automatic Umbrella 23寸自动伞", "Folding Chair 折叠椅"];
const mark = (kind, word) => String.fromCharCode(0xe000 + kind) + word;
const line = (n) => {
  const buyer = pick(buyers), one = pick(goods), two = pick(goods);
  return `GD26-${String(n).padStart(5, "0")}` + mark(1, `${buyer} · ${one}`) + mark(2, "45" + digits(8)) + mark(3, buyer)
    + mark(4, one) + mark(4, two) + mark(5, "CI26-" + digits(5)) + mark(6, "EGLV" + digits(12)) + mark(7, "CSQU" + digits(7))
    + mark(7, "TEXU" + digits(7)) + mark(8, "EVER GOLDEN 0" + digits(3) + "W") + mark(9, "ILC26DXB" + digits(5)) + mark(10, `PO26-${n}-1`);
};
const names = { en: Array.from({ length: 16 }, (_, i) => `kind ${i}`) };
const parts = Math.ceil(total / PART);
let raw = 0, packed = 0, last = "";
for (let part = 0; part < parts; part += 1) {
  const lines = [];
  for (let n = total - part * PART; n > Math.max(0, total - (part + 1) * PART); n -= 1) lines.push((last = line(n)));
  const text = `gendan.search(${part + 1},${parts},${JSON.stringify(lines.join("\n") + "\n")}${part ? "" : "," + JSON.stringify(names)});\n`;
  fs.writeFileSync(path.join(site, `search-data${part ? "-" + (part + 1) : ""}.js`), text);
  raw += text.length;
  packed += zlib.gzipSync(text, { level: 9 }).length;
}
fs.writeFileSync(path.join(site, "index.html"), `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="style.css">
<script defer src="app.js"></script></head><body data-root="" data-assets=""><header class="top"><div class="search" role="search" hidden><input id="q" type="search">
<div class="found vh"><output data-none="none" data-one="order" data-orders="orders"></output><div id="hits" role="listbox" hidden></div></div></div></header><main></main></body></html>`);

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage();
  await page.goto("file://" + path.join(site, "index.html"));
  const loaded = await page.evaluate((count) => new Promise((done) => {
    const field = document.getElementById("q"), start = performance.now();
    const search = window.gendan.search;
    let seen = 0;
    window.gendan.search = (...part) => { search(...part); seen += 1; if (seen === count) done(performance.now() - start); };
    field.focus();
  }), parts);
  // From the key to the hits on the page: the frame it waits for, the search, the list and its layout.
  const press = (text) => page.evaluate((value) => new Promise((done) => {
    const field = document.getElementById("q"), said = document.querySelector(".found output");
    field.value = value;
    const start = performance.now();
    field.dispatchEvent(new Event("input"));
    requestAnimationFrame(() => { document.getElementById("hits").getBoundingClientRect(); done([performance.now() - start, said.textContent]); });
  }), text);
  const words = { "one letter": "g", "a word of all": "led", "Chinese": "灯泡", "two words": "hanse 浴巾", "the oldest order": "gd26-00001",
    "the end of its B/L": /EGLV\d+/.exec(last)[0].slice(-7), "nothing": "zzzz" };
  let worst = 0;
  for (const [what, text] of Object.entries(words)) {
    const times = [];
    let said = "";
    for (let i = 0; i < 15; i += 1) { const [time, found] = await press(i % 2 ? text : text + " "); times.push(time); said = found; }
    times.sort((a, b) => a - b);
    worst = Math.max(worst, times[7]);
    console.log(`${what} (${text}): median ${times[7].toFixed(1)} ms, slowest of 15 ${times[14].toFixed(1)} ms; ${said}`);
  }
  console.log(`${total} orders in ${parts} parts, ${Math.round(raw / 1024)} KB, ${Math.round(packed / 1024)} KB packed, all loaded ${loaded.toFixed(0)} ms after the first focus`);
  await browser.close();
  fs.rmSync(site, { recursive: true });
  if (worst > 50) { console.log(`a key press takes ${worst.toFixed(0)} ms`); process.exit(1); }
})();
