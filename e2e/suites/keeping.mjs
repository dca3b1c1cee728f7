// A unit keeps its own people: its office adds somebody, who takes up the invitation; another unit sees nothing of it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { head, keeper, otherKeeper } from "../support/accounts.mjs";
import { withPage } from "../support/browser.mjs";
import { checkPage } from "../support/check.mjs";
import { signIn } from "../support/people.mjs";

const PASSWORD = "mưa rơi trên mái ngói cũ";

export function keeping(world, { title, name, login, browser = {} }) {
  const check = (page, what) => checkPage(page, `keeping-${what}-${title.replaceAll(/[ ,]+/g, "-")}`);
  let address = "";
  let link = "";

  describe(`a unit keeps its people ${title}`, { concurrency: false }, () => {
    test("somebody is added with a position, and invited", () =>
      withPage(world, browser, async (page) => {
        await signIn(page, keeper);
        await page.goto("/quan-tri/can-bo");
        await check(page, "list");
        // Nobody of another unit is there, nor found.
        const listed = (person) => page.locator("main").getByText(person.name).count();
        assert.equal(await listed(keeper), 1);
        assert.equal(await listed(head), 0);
        await page.goto("/quan-tri/can-bo?q=phuoc");
        assert.equal(await listed(head), 0);

        await page.goto("/quan-tri/can-bo");
        await page.getByRole("link", { name: "Thêm cán bộ" }).click();
        await check(page, "new");
        await page.locator("[name=ho-ten]").fill(name);
        // Of all units of the province theirs are offered; of all roles those that they may give.
        const units = await page.locator("[name=don-vi] option").allTextContents();
        assert.ok(units.every((unit) => !unit.includes("Sở Nội vụ")), units.join(", "));
        assert.equal(await page.getByLabel("Quản trị hệ thống", { exact: true }).count(), 0);
        await page.locator("[name=chuc-danh]").fill("Chuyên viên");
        await page.getByLabel("Cán bộ báo cáo", { exact: true }).check();
        await page.getByRole("button", { name: "Lưu" }).click();
        await page.getByRole("heading", { level: 1, name }).waitFor();
        address = new URL(page.url()).pathname;
        await check(page, "person");

        await page.getByRole("button", { name: "Mời nhận tài khoản" }).click();
        link = await page.locator("#lien-ket").inputValue();
        await check(page, "invited");
      }));

    test("the link makes an account that acts by the position", () =>
      withPage(world, browser, async (page) => {
        await page.goto(new URL(link).pathname);
        await page.locator("[name=ten-dang-nhap]").fill(login);
        await page.locator("[name=mat-khau]").fill(PASSWORD);
        await page.locator("[name=mat-khau-lai]").fill(PASSWORD);
        await page.locator("main form button[type=submit]").first().click();
        await page.waitForURL((url) => url.pathname === "/tai-khoan");
        await page.goto("/tai-khoan/ho-so");
        assert.equal(await page.getByText(name).count() > 0, true);
        const reports = await page.goto("/bao-cao");
        assert.equal(reports.status(), 200);
      }));

    test("the keeper of another unit sees nothing of it", () =>
      withPage(world, browser, async (page) => {
        await signIn(page, otherKeeper);
        await page.goto("/quan-tri/can-bo");
        assert.equal(await page.getByText(name).count(), 0);
        const person = await page.goto(address);
        assert.equal(person.status(), 404);
        await page.goto("/quan-tri/tai-khoan");
        assert.equal(await page.getByText(login).count(), 0);
        page.problems.length = 0;
      }));

    test("the unit ends their sessions", () =>
      withPage(world, browser, async (page) => {
        await signIn(page, keeper);
        await page.goto(address);
        await page.getByRole("link", { name: login }).click();
        await check(page, "account");
        await page.getByRole("button", { name: "Kết thúc mọi phiên" }).click();
        await page.waitForLoadState();
        assert.equal(await page.getByRole("button", { name: "Kết thúc mọi phiên" }).count(), 0);
      }));
  });
}
