// The audit browser: narrowing the log, one entry and what it changed, the file, who saw whose data.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { administrator, officer } from "../support/accounts.mjs";
import { checkPage } from "../support/check.mjs";
import { actors } from "../support/people.mjs";

export function audit(world, { title, browser = {} }) {
  const as = actors(world, browser);

  describe(`the audit log ${title}`, () => {
    test("filters narrow it, stay in the form, and can be taken off", () =>
      as(administrator, async (page) => {
        await page.goto("/quan-tri/nhat-ky");
        await page.locator("#tu-khoa").fill("account");
        await page.locator("#viec").selectOption("create");
        await page.locator("#qua").selectOption("job");
        await page.locator("form.filters button").click();
        await page.waitForURL(/viec=create/);
        assert.equal(await page.locator("#viec").inputValue(), "create");
        assert.equal(await page.locator("#tu-khoa").inputValue(), "account");
        const clear = page.getByRole("link", { name: "Bỏ lọc" });
        await clear.click();
        await page.waitForURL((url) => url.pathname === "/quan-tri/nhat-ky" && url.search === "");
      }));

    test("an unknown login and an impossible period are said beside their fields", () =>
      as(administrator, async (page) => {
        await page.goto("/quan-tri/nhat-ky?nguoi=khong.ai&tu=2023-02-01&den=2023-01-01");
        assert.equal(await page.locator("#nguoi").getAttribute("aria-invalid"), "true");
        assert.equal(await page.locator("#den").getAttribute("aria-invalid"), "true");
        await checkPage(page, `audit-wrong-${title.replace(" ", "-")}`);
      }));

    test("from the log to an entry, what it changed and the record's other entries", () =>
      as(administrator, async (page) => {
        await page.goto("/quan-tri/nhat-ky?tu-khoa=account");
        await page.locator('tbody a[href^="/quan-tri/nhat-ky/muc/"]').first().click();
        await page.waitForURL(/\/muc\/\d+$/);
        assert.match(await page.locator("dl.facts").innerText(), /[0-9a-f]{64}/);
        await page.locator("summary").first().click();
        await checkPage(page, `audit-entry-${title.replace(" ", "-")}`);
        await page.locator('dl.facts a[href*="tu-khoa="]').last().click();
        await page.waitForURL(/tu-khoa=/);
        assert.ok((await page.locator("tbody tr").count()) >= 1);
      }));

    test("the file holds the entries that are asked for", () =>
      as(administrator, async (page) => {
        await page.goto("/quan-tri/nhat-ky?tu-khoa=account");
        const href = await page.getByRole("link", { name: "Tải về dạng CSV" }).getAttribute("href");
        const file = await page.request.get(href);
        assert.equal(file.status(), 200);
        const lines = (await file.text()).trim().split("\n");
        assert.ok(lines.length > 1 && lines.slice(1).every((line) => line.includes(",account,")));
      }));

    test("whose data it is sees who looked", () =>
      as(administrator, async (page) => {
        await page.goto("/quan-tri/nhat-ky?tu-khoa=account");
        for (const entry of await entries(page)) await page.goto(entry);
        await page.goto("/quan-tri/luot-xem?cua=" + officer.login);
        assert.ok((await page.locator("tbody tr").count()) >= 1);
        await checkPage(page, `readings-${title.replace(" ", "-")}`);
        await as(officer, async (own) => {
          await own.goto("/tai-khoan");
          await own.getByRole("link", { name: "Ai đã xem dữ liệu của tôi" }).click();
          await own.waitForURL(/luot-xem/);
          assert.ok((await own.locator("tbody tr").count()) >= 1);
          await checkPage(own, `my-readings-${title.replace(" ", "-")}`);
        });
      }));
  });
}

function entries(page) {
  return page
    .locator('tbody a[href^="/quan-tri/nhat-ky/muc/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
}
