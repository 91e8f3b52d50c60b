// What the tests in a browser share: the binary, headless Chromium, a folder for screenshots, and how they count.
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "../..");
const first = (paths) => { const path = paths.find((one) => one && existsSync(one)); return path && resolve(path); };
export const recto = first([process.env.RECTO, join(root, "target/release/recto"), join(root, "target/debug/recto")]);
const chromium = first([process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]);
if (!chromium || !recto) {
  console.log(`SKIPPED: ${chromium ? "build recto first, with the feature serve" : "no Chromium here: apt-get install chromium"}`);
  process.exit(0);
}
const { chromium: driver } = await import("playwright-core");
export const browser = await driver.launch({ executablePath: chromium, args: ["--no-sandbox"] });
export const shots = join(here, "shots");
mkdirSync(shots, { recursive: true });

let failed = 0;
let passed = 0;
export const check = (what, holds, told = "") => {
  if (holds) passed += 1; else failed += 1;
  console.log(`${holds ? "ok    " : "FAILED"} ${what}${told === "" ? "" : `: ${told}`}`);
};
export const finish = async () => {
  await browser.close();
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
};
