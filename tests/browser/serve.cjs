// serve.cjs GENDAN DATA: the preview in a real Chromium. The page opens itself after the first build, is loaded again after an
// edit, shows what is wrong above the old site on a phone too, and forgets it when it is mended; more tabs than a browser
// opens connections do not hold each other up; nothing is asked for elsewhere.
const fs = require("fs");
const os = require("os");
const path = require("path");
const { spawn } = require("child_process");
const { chromium } = require("playwright-core");

const [gendan, data] = process.argv.slice(2).map((name) => path.resolve(name));
const root = fs.mkdtempSync(path.join(os.tmpdir(), "gendan-serve-browser-"));
fs.cpSync(data, root, { recursive: true });
const setup = path.join(root, "gendan.toml");
const good = fs.readFileSync(setup, "utf8");
const preview = spawn(gendan, ["serve", "--root", root, "--port", "0", "--as-of", "2026-11-20"]);
let said = "";
preview.stdout.on("data", (bytes) => { said += bytes; });
preview.stderr.pipe(process.stderr);

const problems = [];
let checks = 0;
const check = (ok, what) => { checks += 1; if (!ok) problems.push(what); };
async function until(what, is) {
  for (let tries = 0; tries < 1800; tries += 1) {
    // A page that is being loaded again cannot be asked.
    if (await Promise.resolve(is()).catch(() => false)) { checks += 1; return; }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`waited in vain until ${what}`);
}

(async () => {
  await until("it says where", async () => /http:\/\/127\.0\.0\.1:\d+/.test(said));
  const [home] = said.match(/http:\/\/127\.0\.0\.1:\d+/);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  // Before the first build every page is 503, which the console notes; a policy that is broken is another matter.
  page.on("console", (m) => check(/status of 503/.test(m.text()), `console: ${m.text()}`));
  page.on("pageerror", (error) => check(false, `script: ${error.message}`));
  page.on("request", (request) => check(request.url().startsWith(home), `asks for ${request.url()}`));

  await page.goto(`${home}/board.html`);
  await until("the page opens itself", async () => (await page.locator("nav").count()) > 0);
  const name = good.match(/^name_zh *= *"([^"]+)"/m)[1];
  fs.writeFileSync(setup, good.replace(name, "改过的名字"));
  await until("an edit is shown", async () => (await page.content()).includes("改过的名字"));
  fs.writeFileSync(setup, good.replace("[company]", "[company"));
  const note = page.locator("#gendan-preview");
  await until("what is wrong is shown", async () => (await note.count()) === 1);
  await page.waitForLoadState();
  check((await note.innerText()).includes("gendan.toml"), "the note names the file");
  check((await page.content()).includes("改过的名字"), "the old site stays");
  check(await note.isVisible(), "the note is seen");
  check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no sideways scrolling");
  fs.writeFileSync(setup, good);
  await until("it is mended", async () => (await note.count()) === 0 && (await page.content()).includes(name));
  const tabs = [];
  for (let n = 0; n < 8; n += 1) {
    tabs.push(await context.newPage());
    const answer = await tabs[n].goto(home, { timeout: 60000 });
    check(answer.status() === 200, `tab ${n}`);
  }
  await browser.close();
})().catch((error) => problems.push(error.message)).finally(() => {
  preview.on("exit", (code) => {
    check(code === 0, `ends with ${code}`);
    fs.rmSync(root, { recursive: true });
    for (const problem of problems) console.error(problem);
    console.log(`${checks} checks of the preview, ${problems.length} problems`);
    process.exit(problems.length ? 1 : 0);
  });
  preview.kill("SIGINT");
});
