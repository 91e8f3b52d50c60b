// Opens HTML reports in headless Chromium: nothing an article holds runs, filters and keys work, decisions come out as
// `recto baseline` reads them, and 5,000 pairs open in under a second. Run by hand:
//
//   apt-get install chromium && cd tests/browser && npm install && npm test
//
// RECTO is the binary (target/release/recto, else target/debug/recto), CHROMIUM the browser. Screenshots go to shots/.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { browser, check, finish, recto, root, shots } from "./setup.mjs";

const work = mkdtempSync(join(tmpdir(), "recto-report-"));
const run = (name, ...args) => {
  const file = join(work, `${name}.html`);
  const ended = spawnSync(recto, [...args, "--to", `html=${file}`], { cwd: join(root, "tests/formats/in"), encoding: "utf8" });
  if (!existsSync(file)) throw new Error(`${args.join(" ")}: ${ended.stderr}`);
  return file;
};

const open = async (file, options = {}) => {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => { if (message.type() === "error") trouble.push(message.text()); });
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("dialog", (dialog) => { trouble.push(`dialog ${dialog.message()}`); dialog.accept(); });
  page.on("request", (request) => { if (!request.url().startsWith("file:") && !request.url().startsWith("blob:")) trouble.push(`request ${request.url()}`); });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
  });
  await page.goto(pathToFileURL(file).href);
  return { page, trouble, context };
};

// A story in several languages, in every light.
const story = run("story", "check", "--source", "harbour.en.txt", "harbour.pt.txt", "harbour.ar.txt", "harbour.zh.txt", "nowhere.txt");
for (const [name, options] of Object.entries({
  light: { viewport: { width: 1440, height: 1000 }, colorScheme: "light" },
  dark: { viewport: { width: 1440, height: 1000 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", deviceScaleFactor: 2 },
  "no-script": { viewport: { width: 1000, height: 1000 }, javaScriptEnabled: false },
})) {
  const { page, trouble, context } = await open(story, options);
  if (name === "light") await page.keyboard.press("j");
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: name === "no-script" });
  if (name === "phone") {
    await page.locator(".row.hole").first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(shots, "phone-text.png") });
  }
  check(`${name}: no error`, trouble.length === 0, trouble.join("; "));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth).catch(() => 0);
  check(`${name}: nothing wider than the screen`, wide <= 0, wide);
  if (name === "no-script") {
    const text = await page.locator("body").innerText();
    check("without scripts the findings can be read", text.includes("71 dias") && text.includes("number-mismatch"));
    check("without scripts there are no dead buttons", !(await page.locator("#bar").isVisible()));
  }
  await context.close();
}

{
  const { page, trouble, context } = await open(story, { viewport: { width: 1440, height: 1000 } });
  await page.locator('[dir="rtl"]').first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(shots, "right-to-left.png") });
  check("Arabic cells run from right to left", (await page.locator('.c[lang="ar"]').first().evaluate((cell) => getComputedStyle(cell).direction)) === "rtl");
  check("an omission is a hole", (await page.locator(".row.hole .none").count()) >= 1);

  const shown = () => page.locator("li.f:visible").count();
  const all = await shown();
  await page.selectOption("#by-severity", "critical");
  const critical = await shown();
  check("severity filters", critical > 0 && critical < all, `${critical} of ${all}`);
  await page.selectOption("#by-severity", "");
  await page.selectOption("#by-pair", "en-ar");
  const arabic = await shown();
  check("languages filter", arabic > 0 && arabic < all, `${arabic} of ${all}`);
  await page.selectOption("#by-pair", "");
  await page.fill("#by-text", "coroas");
  check("text filters", (await shown()) === 1);
  await page.keyboard.press("Escape");
  check("Escape shows all", (await shown()) === all);

  const name = page.locator("tr[data-rows]").first();
  await name.click();
  check("a name narrows the text", (await page.locator(".row.keep").count()) > 0 && (await page.locator("tr.on").count()) === 1);
  await page.keyboard.press("Escape");

  await page.locator("body").click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  check("j and k move", (await page.locator("li.f.on").getAttribute("id")) === "f0");
  check("the finding lights up on both sides", (await page.locator("mark.on").count()) >= 2);
  await page.keyboard.press("a");
  await page.keyboard.type("the desk </script> agreed");
  await page.keyboard.press("Enter");
  check("to accept what blocks takes a role", (await page.locator("li.f.on").getAttribute("id")) === "f0");
  await page.fill("li.f.on input[name=role]", "desk");
  await page.screenshot({ path: join(shots, "deciding.png") });
  await page.keyboard.press("Enter");
  check("a decision moves on", (await page.locator("li.f.on").getAttribute("id")) === "f1");
  await page.keyboard.press("f");
  await page.keyboard.press("Enter");
  await page.keyboard.press("x");
  await page.keyboard.press("t");
  check("decided findings are marked", (await page.locator("li.f.decided").count()) === 3);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#export")]);
  const exported = join(work, "decisions.ndjson");
  await download.saveAs(exported);
  const lines = readFileSync(exported, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  check("decisions are lines of JSON", lines.length === 3 && lines[0].reason === "the desk </script> agreed");
  const baseline = join(work, "baseline.ndjson");
  execFileSync(recto, ["baseline", "import", exported, "--baseline", baseline]);
  const after = spawnSync(recto, ["check", "--baseline", baseline, "--to", "jsonl", "--source", "harbour.en.txt", "harbour.pt.txt"], { cwd: join(root, "tests/formats/in"), encoding: "utf8" });
  // What blocked stays in the report, and says who overrode it.
  const told = JSON.parse(after.stdout.split("\n")[0]);
  const overridden = told.findings.filter((one) => one.overridden).map((one) => one.overridden.decision);
  check("recto respects what the page exported", told.verdict === "warn" && overridden.join() === "accept,false-alarm", `${told.verdict} ${overridden.join()}`);
  await page.reload();
  check("decisions are there after a reload", (await page.locator("li.f.decided").count()) === 3);
  check("no error on the way", trouble.filter((text) => !text.startsWith("dialog")).length === 0, trouble.join("; "));
  await page.emulateMedia({ media: "print" });
  await page.pdf({ path: join(shots, "print.pdf"), format: "A4" }).catch(() => undefined);
  await context.close();
}

// What an article must not be able to do.
const naughty = [
  "</script><script>document.documentElement.dataset.hit='1'</script>", "<img src=x onerror=\"document.documentElement.dataset.hit='2'\">",
  "<svg/onload=alert(3)>", "\"><script>alert(4)</script>", "'-alert(5)-'", "javascript:alert(6)", "<!--<script>", "]]><b>",
  "<style>body{display:none}</style>", "<base href=//evil.example>", "<meta http-equiv=refresh content=0;url=//evil.example>",
  "\u202Eright to left override\u202C", "zero\u200Bwidth", "\uFEFFmark", "\u0000null\u0008back", "\u2028line\u2029paragraph",
  "&lt;script&gt;", "&amp;&quot;", "{{7*7}} ${7*7} <%= 7*7 %>", "##[add-mask]x", "::stop-commands::x", "a\rb", "%3Cscript%3E", "`${alert(1)}`",
  "Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて下さい", "👩‍👩‍👧‍👦🏳️‍🌈", "הָיְתָהtestالصفحات", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "<a href=\"//evil.example\">x</a>",
];
const rows = naughty.map((text, nth) => JSON.stringify({
  id: `${nth} ${text}`, source: `He paid 300 dollars for ${text} on 4 May, said Anna Berg.`, source_lang: "en",
  target: `Ele pagou 900 dólares por ${text} em 4 de maio, disse Ana Berg .`, target_lang: "pt",
}));
writeFileSync(join(work, "naughty.jsonl"), rows.join("\n"));
{
  const file = run("naughty", "check", "--from", "jsonl", join(work, "naughty.jsonl"));
  const { page, trouble, context } = await open(file, { viewport: { width: 1440, height: 1000 } });
  const state = await page.evaluate(() => ({
    hit: document.documentElement.dataset.hit, scripts: document.scripts.length, images: document.images.length,
    foreign: document.querySelectorAll("main svg, main script, main style, base, main img, main [onerror], main [onload], meta[http-equiv=refresh]").length,
    violations: window.violations.length, links: Array.from(document.links).filter((link) => !link.getAttribute("href").startsWith("#")).length,
    chips: document.querySelectorAll(".chip").length, rows: document.querySelectorAll(".row:not(.head)").length,
  }));
  check("no article ran anything", state.hit === undefined && state.scripts === 2 && state.images === 0 && state.foreign === 0 && state.links === 0, JSON.stringify(state));
  check("no rule of the page was even tried", state.violations === 0);
  check("hidden characters are seen", state.chips >= 6, state.chips);
  check("no error", trouble.length === 0, trouble.join("; "));
  const seen = await page.locator("main").innerText();
  for (const text of [naughty[0], naughty[1], naughty[10], naughty[18]]) check(`shown as written: ${text.slice(0, 30)}`, seen.includes(text));
  await page.keyboard.press("j");
  await page.keyboard.press("a");
  await page.keyboard.type("<img src=x onerror=alert(1)>");
  await page.fill("li.f.on input[name=role]", "desk");
  await page.keyboard.press("Enter");
  check("a reason is text too", (await page.locator(".d").first().innerText()).includes("<img src=x") && (await page.locator("main img").count()) === 0);
  const blocked = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "document.documentElement.dataset.hit='9'";
    document.body.append(script);
    const fetched = await fetch("https://evil.example/").then(() => true, () => false);
    return document.documentElement.dataset.hit === undefined && !fetched;
  });
  check("the policy holds: no other script, no network", blocked);
  await page.screenshot({ path: join(shots, "naughty.png") });
  await context.close();
}

// Accounts of one story.
{
  const file = run("accounts", "compare", ...["oriente.pt.txt", "post.en.txt"].map((name) => join(root, "tests/cli/compare.in", name)).filter(existsSync),
    ...["agency.en.txt", "bote.de.txt", "radio.en.txt"].map((name) => join(root, "tests/cli/compare.in", name)));
  const { page, trouble, context } = await open(file, { viewport: { width: 1440, height: 1000 } });
  check("accounts: a table of names", (await page.locator(".names tbody tr").count()) > 0);
  check("accounts: no error", trouble.length === 0, trouble.join("; "));
  await page.screenshot({ path: join(shots, "accounts.png") });
  await context.close();
}

// Size.
for (const [name, make] of Object.entries({
  inputs: (pair) => Array.from({ length: 5000 }, (_, nth) => JSON.stringify(pair(nth))),
  passages: (pair) => {
    const pairs = Array.from({ length: 5000 }, (_, nth) => pair(nth));
    const side = (which) => pairs.map((one) => one[which]).join("\n\n");
    return [JSON.stringify({ id: "long", source: side("source"), source_lang: "en", target: side("target"), target_lang: "pt" })];
  },
})) {
  const pair = (nth) => ({
    id: `item ${nth}`, source: `Ship ${nth} left the harbour of Lindvik with ${nth + 3} tonnes of salt.`, source_lang: "en",
    target: `O navio ${nth} deixou o porto de Lindvik com ${nth + (nth % 4 ? 3 : 4)} toneladas de sal.`, target_lang: "pt",
  });
  writeFileSync(join(work, `${name}.jsonl`), make(pair).join("\n"));
  const file = run(`many-${name}`, "check", "--from", "jsonl", join(work, `${name}.jsonl`));
  // What the page costs, on a machine that does nothing else; what a busy one makes of it is told too.
  const costs = [];
  const waits = [];
  for (let round = 0; round < 3; round += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    const tools = await context.newCDPSession(page);
    await tools.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(pathToFileURL(file).href);
    waits.push(await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(Math.round(performance.now())))))));
    const { metrics } = await tools.send("Performance.getMetrics");
    costs.push(Math.round(1000 * metrics.find((metric) => metric.name === "TaskDuration").value));
    if (round === 0) {
      await page.screenshot({ path: join(shots, `many-${name}.png`) });
      const key = await page.evaluate(() => {
        const before = performance.now();
        document.dispatchEvent(new KeyboardEvent("keydown", { key: "j" }));
        return Math.round(performance.now() - before);
      });
      check(`${name}: a key answers within 300 ms`, key < 300, `${key} ms`);
    }
    await context.close();
  }
  const size = (readFileSync(file).length / 1e6).toFixed(1);
  check(`5,000 ${name} open in under a second`, Math.min(...costs) < 1000, `${costs.join(", ")} ms of work, ${waits.join(", ")} ms on the clock, ${size} MB`);
}
await finish();
