// Why somebody may not see something, and mending it; a role made, looked at, saved, changed, removed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { administrator, officer } from "../support/accounts.mjs";
import { checkPage } from "../support/check.mjs";
import { actors } from "../support/people.mjs";

const TABS_AT_MOST = 200;

/** The same way with the keys alone and without scripts, each in its language. */
export function rights(world, { title, code, language = "vi", keys = false, browser = {} }) {
  const check = (page, what) => checkPage(page, `rights-${what}-${title.replaceAll(" ", "-")}`, language);
  const as = actors(world, { language, ...browser });
  const administer = (go) => as(administrator, go);
  const fill = async (page, selector, text) => {
    if (!keys) return page.locator(selector).fill(text);
    await tabTo(page, selector);
    await page.keyboard.press("Control+A");
    return page.keyboard.type(text);
  };
  const tick = async (page, selector) => {
    if (!keys) return page.locator(selector).check();
    await tabTo(page, selector);
    return page.keyboard.press("Space");
  };
  const press = async (page, selector) => {
    const loaded = page.waitForEvent("load");
    if (keys) {
      await tabTo(page, selector);
      await page.keyboard.press("Enter");
    } else {
      await page.locator(selector).click();
    }
    await loaded;
  };

  describe(`rights ${title}`, () => {
    test("a role is made, seen before it is saved, and changed", () =>
      administer(async (page) => {
        await page.goto("/quan-tri/vai-tro");
        await check(page, "roles");
        await page.goto("/quan-tri/vai-tro/moi");
        await check(page, "new");
        await fill(page, "[name=ma]", code);
        await fill(page, "[name=ten-vi]", `Thanh tra ${code}`);
        await fill(page, "[name=ten-en]", `Inspector ${code}`);
        await tick(page, "[name=q0-doi-tuong][value=observation]");
        await tick(page, "[name=q0-viec][value=read]");
        await fill(page, "[name=q0-dieu-kien]", "while true");
        await press(page, "button[value=xem]");
        assert.equal(await page.locator("#q0-dieu-kien").getAttribute("aria-invalid"), "true");
        page.problems.length = 0;
        await check(page, "wrong");
        await fill(page, "[name=q0-dieu-kien]", 'state == "submitted"');
        await press(page, "button[value=xem]");
        await page.locator("#xem-truoc").waitFor();
        await check(page, "preview");
        await press(page, "button[value=luu]");
        assert.equal(new URL(page.url()).pathname, `/quan-tri/vai-tro/${code}`);
        await check(page, "role");
      }));

    test("a change says whom it concerns before it is saved", () =>
      administer(async (page) => {
        await page.goto("/quan-tri/vai-tro/viewer/sua");
        await check(page, "edit");
        await tick(page, "[name=q0-bo]");
        await press(page, "button[value=xem]");
        const shown = page.locator("#xem-truoc");
        await shown.waitFor();
        assert.match(await shown.innerText(), /lanhdaotinh/);
        await check(page, "loses");
      }));

    test("an administrator finds out why somebody may not, and who may", () =>
      administer(async (page) => {
        await page.goto("/quan-tri/quyen");
        await check(page, "ask");
        await fill(page, "[name=nguoi]", officer.login);
        await fill(page, "[name=ho-so]", `${world.server.url}/quan-tri/vai-tro/head`);
        await press(page, "main button[type=submit]");
        await page.locator("main .callout-wrong").waitFor();
        await check(page, "refused");
        await page.locator("main a[href*='viec=read'][href^='/quan-tri/quyen']").last().click();
        await page.locator("main table").waitFor();
        assert.match(await page.locator("main table").innerText(), /quantri/);
        await check(page, "who");
      }));

    test("a role that nobody holds is removed", () =>
      administer(async (page) => {
        await page.goto(`/quan-tri/vai-tro/${code}`);
        await press(page, "#bo button");
        assert.equal(new URL(page.url()).pathname, "/quan-tri/vai-tro");
        assert.equal(await page.locator(`a[href='/quan-tri/vai-tro/${code}']`).count(), 0);
      }));

    test("everybody sees their own delegations", () =>
      as(officer, async (page) => {
        await page.goto("/tai-khoan/uy-quyen");
        await check(page, "own-delegations");
      }));
  });
}

async function tabTo(page, selector) {
  for (let stops = 0; stops < TABS_AT_MOST; stops++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`no key leads to ${selector}`);
}
