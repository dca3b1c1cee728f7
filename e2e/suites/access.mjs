// Invitations, lost passwords, tokens, sessions and the administration of accounts, as their people go through them.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { administrator } from "../support/accounts.mjs";
import { withPage } from "../support/browser.mjs";
import { checkPage } from "../support/check.mjs";
import { actors } from "../support/people.mjs";

const FIRST = "gạo trắng nước trong một đời";
const SECOND = "bảy con cò trắng bay ngang";

/** One person's way from the invitation to the closed account; each step builds on the one before. */
export function access(world, { title, login, name, language = "vi", browser = {} }) {
  const email = `${login}@vinhlong.test`;
  const picture = (what) => `access-${what}-${title.replaceAll(" ", "-")}`;
  const check = (page, what) => checkPage(page, picture(what), language);
  /** A page of somebody who reads this language. */
  const visit = (go) => withPage(world, { language, ...browser }, go);
  const as = actors(world, { language, ...browser });
  const administer = (go) =>
    as(administrator, async (page) => {
      await page.goto("/quan-tri/tai-khoan");
      return go(page);
    });
  const openAccount = async (page) => {
    await page.getByRole("link", { name }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
  };

  describe(`access ${title}`, () => {
    let invitation;

    test("an administrator invites somebody and gets the link once", () =>
      administer(async (page) => {
        await check(page, "accounts");
        await page.locator("[name=ho-ten]").fill(name);
        await page.locator("[name=don-vi]").fill("Sở Không Có");
        await submit(page, "/quan-tri/loi-moi");
        assert.equal(await page.locator("#don-vi").getAttribute("aria-invalid"), "true");
        assert.equal(await page.locator("#ho-ten").inputValue(), name);
        page.problems.length = 0;
        await page.locator("[name=don-vi]").fill("Sở Nội vụ");
        await submit(page, "/quan-tri/loi-moi");
        invitation = await page.locator("#lien-ket").inputValue();
        await check(page, "invitation-link");
        await page.goto("/quan-tri/tai-khoan");
        assert.equal(await page.locator("#lien-ket").count(), 0);
      }));

    test("who is invited chooses login and password, once", () =>
      visit(async (page) => {
        await page.goto(invitation);
        await check(page, "invited");
        await page.locator("[name=ten-dang-nhap]").fill(login);
        await choosePassword(page, FIRST);
        await page.waitForURL((url) => url.pathname === "/tai-khoan");
        await check(page, "account");
        const again = await page.goto(invitation);
        assert.equal(again.status(), 410);
        page.problems.length = 0;
        await check(page, "link-void");
      }));

    test("an administrator writes down a mail address and adds a role", () =>
      administer(async (page) => {
        await openAccount(page);
        await page.locator("[name=thu]").fill(email);
        await submit(page, "/sua");
        assert.equal(await page.locator("[name=thu]").inputValue(), email);
        await page.locator("select[name=vai-tro]").selectOption("viewer");
        await submit(page, "/vai-tro");
        await check(page, "account-edit");
      }));

    test("a lost password is replaced by a link that came by mail, and other sessions end", () =>
      visit((elsewhere) =>
        visit(async (page) => {
          await signInWith(elsewhere, login, FIRST);
          await page.goto("/dang-nhap");
          await page.locator('main a[href="/quen-mat-khau"]').click();
          await check(page, "password-lost");
          await page.locator("[name=ten-dang-nhap]").fill(login);
          await submit(page, "/quen-mat-khau");
          await check(page, "password-asked");
          const link = (await world.mail.take(email)).match(/http:\S+/)[0];
          await page.goto(link);
          await check(page, "password-new");
          await choosePassword(page, SECOND);
          await page.waitForURL((url) => url.pathname === "/dang-nhap");
          await check(page, "password-set");
          assert.equal((await page.goto(link)).status(), 410);
          await elsewhere.goto("/tai-khoan");
          assert.equal(new URL(elsewhere.url()).pathname, "/dang-nhap");
          await signInWith(page, login, SECOND);
        }),
      ));

    test("a token is shown once, opens what it was made for, and is withdrawn", () =>
      visit(async (page) => {
        await signInWith(page, login, SECOND);
        await page.goto("/tai-khoan/ma-truy-cap");
        await check(page, "tokens-none");
        await page.locator("[name=nhan]").fill("Kho dữ liệu");
        for (const area of ["plan", "reports", "tasks"]) await page.locator(`#phan-${area}`).uncheck();
        await page.locator("[name=so-ngay]").fill("30");
        await submit(page, "/ma-truy-cap");
        const token = await page.locator("#ma-moi").inputValue();
        assert.match(token, /^phusa_/);
        await check(page, "token-made");
        await page.goto("/tai-khoan/ma-truy-cap");
        assert.ok(!(await page.content()).includes(token), "it is shown once");

        const ask = async (path, method = "GET") => {
          const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
          const body = method === "GET" ? undefined : "{}";
          return (await fetch(world.server.url + path, { method, headers, body })).status;
        };
        for (const path of ["/api/v1/me", "/api/v1/units"]) assert.equal(await ask(path), 200);
        assert.equal(await ask("/api/v1/tasks"), 403);
        assert.equal(await ask("/api/v1/observations", "POST"), 403);
        await page.reload();
        await check(page, "tokens");
        await submit(page, "/thu-hoi");
        assert.equal(await ask("/api/v1/me"), 401);
      }));

    test("somebody ends the sessions elsewhere", () =>
      visit((elsewhere) =>
        visit(async (page) => {
          await signInWith(elsewhere, login, SECOND);
          await signInWith(page, login, SECOND);
          await page.goto("/tai-khoan");
          await check(page, "sessions");
          await submit(page, "/cac-phien-khac/ket-thuc");
          assert.equal(await page.locator('main form[action$="/ket-thuc"]').count(), 0);
          await elsewhere.goto("/tai-khoan");
          assert.equal(new URL(elsewhere.url()).pathname, "/dang-nhap");
        }),
      ));

    test("an administrator ends somebody's sessions and token, and closes the account", () =>
      visit((person) =>
        administer(async (page) => {
          await signInWith(person, login, SECOND);
          await person.goto("/tai-khoan/ma-truy-cap");
          await person.locator("[name=nhan]").fill("Bản đồ");
          await submit(person, "/ma-truy-cap");
          await openAccount(page);
          await check(page, "account-in-use");
          await submit(page, "/ma");
          assert.equal(await page.locator('main form[action$="/ma"]').count(), 0);
          await submit(page, "/moi-phien");
          assert.equal(await page.locator('main form[action$="/moi-phien"]').count(), 0);
          await person.goto("/tai-khoan");
          assert.equal(new URL(person.url()).pathname, "/dang-nhap");
          await submit(page, "/khoa");
          await check(page, "account-closed");
          await person.locator("main form [name=ten-dang-nhap]").fill(login);
          await person.locator("main form [name=mat-khau]").fill(SECOND);
          await submit(person, "/dang-nhap");
          assert.equal(new URL(person.url()).pathname, "/dang-nhap");
        }),
      ));
  });
}

/** Presses the button of the first form that goes to an address with this end. */
async function submit(page, end) {
  const button = page.locator(`main form[action$="${end}"] button[type=submit]`).first();
  await Promise.all([page.waitForEvent("domcontentloaded"), button.click()]);
}

async function choosePassword(page, password) {
  await page.locator("[name=mat-khau]").fill(password);
  await page.locator("[name=mat-khau-lai]").fill(password);
  await page.locator("main form button[type=submit]").first().click();
}

async function signInWith(page, login, password) {
  await page.goto("/dang-nhap");
  await page.locator("main form [name=ten-dang-nhap]").fill(login);
  await page.locator("main form [name=mat-khau]").fill(password);
  await page.locator("main form:has([name=mat-khau]) button").click();
  await page.waitForURL((url) => url.pathname !== "/dang-nhap");
}
