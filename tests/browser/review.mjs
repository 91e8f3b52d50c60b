// The page behind a gate in headless Chromium, through real clicks and keys: two texts pasted and dropped, every kind of
// decision and scope, kept and respected; without a mouse, in the dark, from right to left, on a phone; axe-core finds
// nothing serious; no request leaves the gate. Run by hand as report.mjs is: `npm run review`.
import { spawn, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { browser, check, finish, recto, shots } from "./setup.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const work = mkdtempSync(join(tmpdir(), "recto-review-"));
const log = join(work, "decisions.ndjson");
const access = join(work, "access.toml");
writeFileSync(access, '[[token]]\nname = "Inês Prado"\nrole = "desk"\ntoken = "a token to be typed"\n');
const start = (...more) => new Promise((done, fail) => {
  const gate = spawn(recto, ["serve", "--on-error", "block", "--bind", "127.0.0.1:0", "--baseline", log, ...more], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  gate.stderr.on("data", (data) => {
    said += data;
    const address = said.match(/http:\/\/[0-9.:]+(?=\s)/);
    if (address) done({ gate, address: address[0] });
  });
  gate.on("exit", () => fail(new Error(said)));
});
const lines = () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").filter(Boolean).map((line) => JSON.parse(line)) : []);

const { gate, address } = await start();
const open = async (path, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => { if (message.type() === "error") trouble.push(message.text()); });
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith("http://127.0.0.1:")) trouble.push(`request ${request.url()}`); });
  await page.goto(path.startsWith("http") ? path : address + path);
  return { page, trouble, context };
};
const clean = async (name, page) => {
  // Behind the page's own policy nothing foreign runs: axe is put in by the debugger.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const grave = violations.filter((one) => ["serious", "critical"].includes(one.impact));
  const told = (all) => all.map((one) => `${one.id} (${one.impact}): ${one.nodes[0].html.slice(0, 120)} ×${one.nodes.length}`).join("; ");
  check(`${name}: axe finds nothing serious`, grave.length === 0, told(grave));
  const rest = violations.filter((one) => !grave.includes(one));
  if (rest.length) console.log(`       ${name}, less than serious: ${told(rest)}`);
};

const source = `The harbour of Lindvik opened on 4 May.

Dockers were on strike for 14 days, said Anna Berg.

The town paid 300 crowns for 12 boats.

The mayor thanked everybody who had helped.`;
const target = `O porto de Lindvik abriu a 4 de maio.

Os estivadores estiveram em greve durante 41 dias, disse Anna Borg .

A cidade pagou 900 coroas por 12 barcos .`;

// Pasted, with keys alone.
{
  const { page, trouble, context } = await open("/");
  await clean("empty page", page);
  await page.screenshot({ path: join(shots, "gate-empty.png") });
  const reach = async (selector) => {
    for (let step = 0; step < 30; step += 1) {
      if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return true;
      await page.keyboard.press("Tab");
    }
    return false;
  };
  check("the source can be reached by Tab", await reach("#give-source"));
  await page.keyboard.insertText(source);
  check("the translation can be reached by Tab", await reach("#give-target"));
  await page.keyboard.press("Control+Enter").catch(() => undefined);
  await page.waitForFunction(() => document.getElementById("trouble").textContent.includes("no translation"));
  check("what is missing is said", true);
  await page.keyboard.insertText(target);
  check("the button can be reached by Tab", await reach("#give button[type=submit]"));
  await Promise.all([page.waitForURL(/\?report=/), page.keyboard.press("Enter")]);
  check("the report comes", (await page.locator(".big").innerText()).toLowerCase() === "block");
  check("no error on the way", trouble.length === 0, trouble.join("; "));

  // Decisions by key.
  const all = await page.locator("li.f").count();
  check("there is something to decide", all >= 4, all);
  await page.keyboard.press("j");
  await clean("report with a finding chosen", page);
  await page.keyboard.press("a");
  await page.keyboard.type("agreed with <b>Lund</b>");
  const fields = page.locator("form.ask");
  await fields.locator("[name=by]").fill("M. Dias");
  await fields.locator("[name=role]").fill("desk");
  await clean("deciding", page);
  await page.screenshot({ path: join(shots, "gate-deciding.png") });
  await fields.locator("[name=reason]").press("Enter");
  check("a decision goes on to the next", (await page.locator("li.f.on").getAttribute("id")) === "f1");
  await page.waitForFunction(() => document.querySelector("#f0").dataset.kept === "yes");
  check("it is said to be kept", (await page.locator("#said").innerText()).startsWith("Saved."), await page.locator("#said").innerText());
  const [kept] = lines();
  check("it is kept, with who and as what", kept?.by === "M. Dias" && kept.role === "desk" && kept.decision === "accept" && kept.reason === "agreed with <b>Lund</b>" && kept.source_sha256?.length === 64, JSON.stringify(kept));
  for (const [key, scope] of [["f", "document"], ["w", "pair"], ["a", "everywhere"]]) {
    const before = lines().length;
    const index = Number((await page.locator("li.f.on").getAttribute("id")).slice(1));
    await page.keyboard.press(key);
    await page.locator("form.ask [name=scope]").selectOption(scope);
    await page.locator("form.ask [name=reason]").press("Enter");
    await page.waitForFunction((index) => ["yes", "no"].includes(document.querySelector(`#f${index}`).dataset.kept), index);
    const last = lines().at(-1);
    check(`${key} for ${scope} is kept`, lines().length === before + 1 && last.scope === scope, last && `${last.decision} ${last.scope}`);
  }
  await page.keyboard.press("u");
  await context.close();
}

// One key, and back; as the page comes again, what was decided is gone from it.
{
  const { page, trouble, context } = await open("/");
  await page.fill("#give-source", source.replace("Lindvik", "Storvik"));
  await page.fill("#give-target", target.replace("Lindvik", "Storvik").replace("41 dias", "47 dias").replace("900 coroas", "950 coroas").replaceAll(" .", " !"));
  await Promise.all([page.waitForURL(/\?report=/), page.click("#give button[type=submit]")]);
  const minor = page.locator("li.f.minor, li.f.major");
  const count = await page.locator("li.f").count();
  const soft = await minor.count();
  if (soft) {
    await minor.first().click();
    const index = Number((await page.locator("li.f.on").getAttribute("id")).slice(1));
    const before = lines().length;
    await page.keyboard.press("F");
    await page.waitForFunction((index) => document.querySelector(`#f${index}`).dataset.kept === "yes", index);
    check("one key decides", lines().length === before + 1 && lines().at(-1).decision === "false-alarm", lines().at(-1).reason);
    await page.locator(`#f${index}`).click();
    await page.keyboard.press("u");
    await page.waitForFunction(() => document.getElementById("said").textContent.startsWith("Saved."));
    await page.waitForTimeout(300);
    check("undo takes it back", lines().at(-1).decision === "fixed");
    await page.locator(`#f${index}`).click();
    await page.keyboard.press("x");
    await page.waitForTimeout(500);
    check("fixed is kept too", lines().at(-1).decision === "fixed" && lines().at(-1).reason === "fixed in the text");
    await page.locator(`#f${index}`).click();
    await page.keyboard.press("A");
    await page.waitForFunction((index) => document.querySelector(`#f${index}`).dataset.kept === "yes", index);
    await page.reload();
    check("the page respects it when it comes again", (await page.locator("li.f").count()) === count - 1, `${await page.locator("li.f").count()} of ${count}`);
  } else check("there is a minor finding", false);
  // Against a block without a role: refused, and said.
  await page.locator("li.f.critical").first().click();
  await page.keyboard.press("A");
  await page.waitForFunction(() => document.querySelector("li.f.critical").dataset.kept === "no");
  check("a block takes a role", (await page.locator("#trouble").innerText()).includes("takes a role"), await page.locator("#trouble").innerText());
  await page.screenshot({ path: join(shots, "gate-refused.png") });
  await page.locator("li.f.critical").first().click();
  const link = await page.locator("li.f.on .acts a").getAttribute("href");
  const again = await open(link);
  check("a link leads to its finding", (await again.page.locator("li.f.on").count()) === 1);
  await again.context.close();
  check("only what was refused is an error", trouble.every((text) => text.includes("403")), trouble.join("; "));
  await context.close();
}

// Dropped and chosen files; Arabic from right to left, a page of HTML.
{
  const { page, trouble, context } = await open("/");
  const drop = (selector, name, text) => page.evaluate(([selector, name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: "text/plain" }));
    document.querySelector(selector).dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
  }, [selector, name, text]);
  await drop("#give-source", "harbour.en.html", "<html lang=en><body><article><h1>Strike over</h1><p>The strike lasted 14 days.</p></article></body></html>");
  await page.waitForFunction(() => document.getElementById("give-source-as").value === "html");
  check("a dropped page is taken for HTML", true);
  writeFileSync(join(work, "harbour.ar.txt"), "انتهى الإضراب\n\nاستمر الإضراب 41 يوما .\n");
  await page.setInputFiles("#give-target-file", join(work, "harbour.ar.txt"));
  await page.waitForFunction(() => document.getElementById("give-target").value.includes("الإضراب"));
  await page.selectOption("#give-target-language", "ar");
  await Promise.all([page.waitForURL(/\?report=/), page.click("#give button[type=submit]")]);
  check("Arabic runs from right to left", (await page.locator('.c[lang="ar"]').first().evaluate((cell) => getComputedStyle(cell).direction)) === "rtl");
  check("the names of the files are there", (await page.locator("main").innerText()).includes("harbour.ar.txt"));
  await clean("right to left", page);
  await page.screenshot({ path: join(shots, "gate-right-to-left.png") });
  check("no error", trouble.length === 0, trouble.join("; "));
  await context.close();
}

// In every light, and on a phone.
const reply = await fetch(`${address}/v1/check`, { method: "POST", headers: { "content-type": "application/json" },
  body: JSON.stringify({ id: "lights", source: { text: source }, target: { text: target.replace("300", "30") + "\n\nDois mil navios ." } }) }).then((answer) => answer.json());
for (const [name, options] of Object.entries({
  light: { colorScheme: "light" }, dark: { colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }, "phone-dark": { viewport: { width: 360, height: 740 }, colorScheme: "dark" },
})) {
  const { page, trouble, context } = await open(reply.review, options);
  await page.screenshot({ path: join(shots, `gate-${name}.png`) });
  if (await page.locator("li.f").count()) await page.keyboard.press("j");
  await clean(name, page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(`${name}: nothing wider than the screen`, wide <= 0, wide);
  await page.locator("summary h1").click();
  await page.screenshot({ path: join(shots, `gate-${name}-form.png`), fullPage: name === "phone" });
  const landmarks = await page.evaluate(() => ["main", "header", "nav", "footer", "section[aria-label]"].filter((one) => !document.querySelector(one)));
  check(`${name}: landmarks`, landmarks.length === 0, landmarks.join());
  check(`${name}: no error`, trouble.length === 0, trouble.join("; "));
  await context.close();
}
gate.kill("SIGTERM");

// Behind a token the browser asks for it, and decisions are signed with its name.
{
  const guarded = await start("--access", access);
  const refused = await fetch(guarded.address);
  check("without a token there is no page", refused.status === 401);
  const { page, trouble, context } = await open(guarded.address, { httpCredentials: { username: "x", password: "a token to be typed" } });
  await page.fill("#give-source", "The ferry carried 500 people.");
  await page.fill("#give-target", "O ferry transportou 700 pessoas.");
  await Promise.all([page.waitForURL(/\?report=/), page.click("#give button[type=submit]")]);
  await page.keyboard.press("j");
  await page.keyboard.press("f");
  check("nobody is asked for a name that is known", (await page.locator("form.ask [name=by]").count()) === 0);
  await page.keyboard.type("counted again");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#f0").dataset.kept === "yes");
  check("the token signs", lines().at(-1).by === "Inês Prado" && lines().at(-1).role === "desk", JSON.stringify(lines().at(-1)));
  check("no error", trouble.length === 0, trouble.join("; "));
  await context.close();
  guarded.gate.kill("SIGTERM");
}
const verified = execFileSync(recto, ["decisions", "verify", "--baseline", log], { encoding: "utf8" });
check("the trail is sound", true, verified.trim().split("\n")[0]);
await finish();
