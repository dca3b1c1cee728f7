// Signing in with the keys alone, seeing at each step where one is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { DEMO_PASSWORD, officer } from "../support/accounts.mjs";
import { withPage } from "../support/browser.mjs";

const TABS_AT_MOST = 40;

export function keyboard(world) {
  test("signing in with the keyboard alone", () =>
    withPage(world, {}, async (page) => {
      await page.goto("/dang-nhap");

      await page.keyboard.press("Tab");
      const first = await page.evaluate(() => document.activeElement?.getAttribute("href"));
      assert.match(first ?? "", /^#/, "the first stop skips to the content");

      await tabTo(page, "ten-dang-nhap");
      await page.keyboard.type(officer.login);
      await tabTo(page, "mat-khau");
      await page.keyboard.type(DEMO_PASSWORD);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname !== "/dang-nhap");

      const response = await page.goto("/viec-cua-toi");
      assert.equal(response.status(), 200);
    }));

  test("a wrong password keeps the login and says what happened", () =>
    withPage(world, {}, async (page) => {
      await page.goto("/dang-nhap");
      await page.locator("[name=ten-dang-nhap]").fill(officer.login);
      await page.locator("[name=mat-khau]").fill("không phải mật khẩu");
      await page.keyboard.press("Enter");
      await page.locator("main [role=alert]").waitFor();
      assert.equal(await page.locator("[name=ten-dang-nhap]").inputValue(), officer.login);
      assert.equal(await page.locator("[name=mat-khau]").inputValue(), "");
    }));
}

/** Tabs on until the field of this name has the focus, and sees that it shows. */
export async function tabTo(page, name) {
  for (let stops = 0; stops < TABS_AT_MOST; stops++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      return {
        name: element.getAttribute("name"),
        marked: style.outlineStyle !== "none" || style.boxShadow !== "none",
      };
    });
    if (focused.name === name) {
      assert.ok(focused.marked, `the focus on ${name} can be seen`);
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`${name} is not reached by ${TABS_AT_MOST} tabs`);
}
