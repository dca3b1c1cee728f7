// What the people of the story do, one function a step, found by label and role as they would find it.

import assert from "node:assert/strict";

import { DEMO_PASSWORD } from "./accounts.mjs";
import { DESK, openPage } from "./browser.mjs";

/** So many people keep their browsers open at once. */
const MOST_KEPT = 8;

// As the buttons say it in Vietnamese; «Gửi góp ý» sends a comment and is another one.
const SUBMIT = "Gửi lãnh đạo duyệt";
const APPROVE = "Duyệt";
const CONSOLIDATE = "Tổng hợp";

export async function signIn(page, account) {
  await page.goto("/dang-nhap");
  const form = page.locator("form:has([name=mat-khau])");
  await form.locator("[name=ten-dang-nhap]").fill(account.login);
  await form.locator("[name=mat-khau]").fill(DEMO_PASSWORD);
  await form.locator("button").click();
  await page.waitForURL((url) => url.pathname !== "/dang-nhap");
}

/**
 * Who acts, each on a page of their own: signed in once and kept open until the next time, as at work. Where
 * an act fails, its page is closed; nobody's page is the one of an account that is null.
 *
 * @param {{language?: "vi" | "en"} & import("playwright-core").BrowserContextOptions} options
 * @returns {(account: {login: string} | null, act: (page: import("playwright-core").Page) => any) => Promise<any>}
 */
export function actors(world, { language = "vi", ...options } = {}) {
  const kept = (world.kept ??= new Map());
  return async (account, act) => {
    const key = JSON.stringify([account?.login, language, options]);
    const page = kept.get(key) ?? (await arrive(world, account, { language, ...options }));
    // Taken out while it is at work, and put back behind those that were used before it.
    kept.delete(key);
    page.problems.length = 0;
    await page.setViewportSize(options.viewport ?? DESK);
    let given;
    try {
      given = await act(page);
    } catch (error) {
      await page.context().close();
      throw error;
    }
    kept.set(key, page);
    if (kept.size > MOST_KEPT) {
      const [[longest, unused]] = kept;
      kept.delete(longest);
      await unused.context().close();
    }
    return given;
  };
}

async function arrive(world, account, options) {
  const page = await openPage(world, options);
  if (account) await signIn(page, account);
  return page;
}

/**
 * Enters a figure with its evidence and submits it.
 *
 * @param {{target: number, period: string, figure: {part: number, whole: number, shown: string},
 *   evidence: {name: string, mimeType: string, buffer: Buffer}, explained?: string}} report
 *   `explained` is what is said of a figure that looks strange beside earlier ones; without it
 *   such a figure is a failure.
 */
export async function report(page, { target, period, figure, evidence, explained }) {
  await page.goto(`/bao-cao/moi?muc-tieu=${target}&ky=${period}`);
  const form = page.locator("main form:has(input[type=file])");
  await form.locator("input[type=file]").setInputFiles(evidence);
  await fillFigure(form, figure);
  await submit(page, explained);
}

/** Submits a report, and explains what looks strange about it, if words for that are given. */
export async function submit(page, explained) {
  const button = page.locator("main").getByRole("button", { name: SUBMIT, exact: true });
  await button.click();
  await page.waitForLoadState();
  const boxes = await page.locator("main textarea[name=giai-trinh]").all();
  if (explained && boxes.length) {
    for (const box of boxes) await box.fill(explained);
    page.problems.length = 0;
    await button.click();
    await page.waitForLoadState();
  }
  await assertNoErrorSummary(page);
}

/** A ratio asks for its two parts, anything else for one value. */
async function fillFigure(form, { part, whole, shown }) {
  const numbers = form.locator("input[type=number], input[inputmode=decimal], input[inputmode=numeric]");
  const count = await numbers.count();
  assert.ok(count >= 1, "the report has a field for the figure");
  if (count === 1) {
    await numbers.fill(shown);
  } else {
    await numbers.nth(0).fill(String(part));
    await numbers.nth(1).fill(String(whole));
  }
}

export async function approve(page, title) {
  await openTask(page, title);
  await press(page, APPROVE);
}

export async function consolidate(page, title) {
  await openTask(page, title);
  await press(page, CONSOLIDATE);
}

/** From the inbox, as a person with fifty tasks would: by what the target says. */
async function openTask(page, title) {
  await page.goto("/viec-cua-toi");
  const entry = page.locator("main :is(li, tr, article)").filter({ hasText: title }).first();
  await entry.getByRole("link").first().click();
  await page.waitForURL((url) => url.pathname !== "/viec-cua-toi");
}

async function press(page, name) {
  await page.locator("main").getByRole("button", { name, exact: true }).click();
  await page.waitForLoadState();
  await assertNoErrorSummary(page);
}

async function assertNoErrorSummary(page) {
  const errors = page.locator("main [role=alert]");
  if (await errors.count()) assert.fail(`the page refused: ${(await errors.allInnerTexts()).join("; ")}`);
}

export async function titleOfTarget(page, target) {
  await page.goto(`/muc-tieu/${target}`);
  return (await page.locator("h1").innerText()).trim();
}
