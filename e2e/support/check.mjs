// What every page must satisfy, whatever it shows.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { DESK } from "./browser.mjs";
import { OUT } from "./paths.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const REFUSED = new Set(["moderate", "serious", "critical"]);

const PICTURE_HEIGHT = 6_000;

const PHONE = { width: 360, height: 740 };

/**
 * Language, title, one main heading, nothing wider than a phone, no violation in light or dark, no
 * complaint from the browser; with PHUSA_PICTURES it leaves e2e/out/NAME-1440.png and NAME-360.png.
 */
export async function checkPage(page, name, language = "vi") {
  assert.equal(await page.locator("html").getAttribute("lang"), language, `${name}: language of the page`);
  assert.notEqual((await page.title()).trim(), "", `${name}: title`);
  assert.equal(await page.locator("h1").count(), 1, `${name}: one main heading`);

  await look(page, name, DESK, "light");
  await look(page, name, PHONE, "dark");
  await page.setViewportSize(DESK);
  await page.emulateMedia({ colorScheme: "light" });

  assert.deepEqual(page.problems.splice(0), [], `${name}: complaints of the browser`);
}

async function look(page, name, viewport, colorScheme) {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  // Colours that are still on their way from light to dark are nobody's.
  await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
  if (process.env.PHUSA_PICTURES) await takePicture(page, name, viewport);
  await assertFits(page, name, viewport);
  await assertAccessible(page, `${name} (${viewport.width}, ${colorScheme})`);
}

/** The text of a decision is longer than any picture may be. */
async function takePicture(page, name, { width }) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: Math.min(height, PICTURE_HEIGHT) };
  await page.screenshot({ path: join(OUT, `${name}-${width}.png`), fullPage: true, clip });
}

/** Wide tables scroll inside their own frame; the page itself never does. */
async function assertFits(page, name, { width }) {
  const wide = await page.evaluate((limit) => {
    if (document.documentElement.scrollWidth <= limit) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > limit + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  }, width);
  assert.deepEqual(wide, [], `${name}: wider than ${width} px`);
}

async function assertAccessible(page, name) {
  // Evaluated by the debugger, so that the page's content security policy stays in force; half a megabyte, so
  // once on each page.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  // Timers stand still in a page without scripts, and axe waits for them.
  if (!page.hasScripts) await page.evaluate(() => (globalThis.setTimeout = (act) => void Promise.resolve().then(act)));
  const violations = await page.evaluate(async (tags) => {
    const result = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return result.violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      at: nodes.slice(0, 3).map(({ html, target, failureSummary }) => `${target.join(" ")}: ${html}: ${failureSummary}`),
    }));
  }, TAGS);
  // One text with all of it: a runner that prints an object folds what lies deep in it to `[Array]`.
  const refused = violations
    .filter(({ impact }) => REFUSED.has(impact))
    .map(({ id, impact, help, at }) => [`${id} (${impact}): ${help}`, ...at].join("\n  "));
  assert.equal(refused.join("\n"), "", `${name}: accessibility`);
}
