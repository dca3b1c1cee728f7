// A server that nobody was made for yet: the code on its terminal makes the first administrator, once.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { withPage } from "../support/browser.mjs";
import { checkPage } from "../support/check.mjs";
import { Server } from "../support/server.mjs";

const person = { name: "Nguyễn Quản Trị (giả lập)", login: "quan.tri", password: "một câu dài dễ nhớ" };

export function firstAdministrator(world) {
  describe("the first administrator", () => {
    const fresh = {};
    before(async () => {
      fresh.server = await Server.start({ demo: false });
      fresh.browser = world.browser;
    });
    after(() => fresh.server?.stop());

    test("the form is refused with a wrong code, and keeps what was typed", () =>
      withPage(fresh, {}, async (page) => {
        await page.goto("/thiet-lap");
        await checkPage(page, "public-thiet-lap-vi");
        await fill(page, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF");
        await page.locator("main [role=alert]").waitFor();
        assert.equal(await page.locator("[name=ten-dang-nhap]").inputValue(), person.login);
        assert.equal(await page.locator("[name=mat-khau]").inputValue(), "");
      }));

    test("the code of the terminal opens the administrator's pages", () =>
      withPage(fresh, {}, async (page) => {
        await page.goto("/thiet-lap");
        await fill(page, fresh.server.setupCode());
        await page.waitForURL((url) => url.pathname !== "/thiet-lap");
        const response = await page.goto("/quan-tri/nhat-ky");
        assert.equal(response.status(), 200);
      }));

    test("afterwards there is nothing left to set up", () =>
      withPage(fresh, {}, async (page) => {
        const response = await page.goto("/thiet-lap");
        assert.equal(await page.locator("[name=ma-thiet-lap]").count(), 0);
        assert.ok(response.status() === 404 || new URL(page.url()).pathname !== "/thiet-lap");
      }));
  });
}

async function fill(page, code) {
  await page.locator("[name=ma-thiet-lap]").fill(code);
  await page.locator("[name=ho-ten]").fill(person.name);
  await page.locator("[name=ten-dang-nhap]").fill(person.login);
  await page.locator("[name=mat-khau]").fill(person.password);
  await page.locator("[name=mat-khau-lai]").fill(person.password);
  await page.locator("main form button[type=submit]").click();
}
