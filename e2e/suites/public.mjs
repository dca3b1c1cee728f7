// What anybody can read without an account.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";

import { withPage } from "../support/browser.mjs";
import { linksBelow } from "../support/lists.mjs";
import { DECISION } from "../support/paths.mjs";

const TARGETS = 148;
const PROJECTS = 97;

export function publicPages(world) {
  const visit = (path, check) => withPage(world, {}, async (page) => {
    const response = await page.goto(path);
    assert.equal(response.status(), 200, path);
    await check(page);
    assert.deepEqual(page.problems, [], `${path}: complaints of the browser`);
  });

  describe("public pages", () => {
    test("the overview leads to the plan", () =>
      visit("/", async (page) => {
        await page.locator('a[href^="/ke-hoach"]').first().click();
        await page.waitForURL("**/ke-hoach**");
      }));

    test("the plan lists its 148 targets", () =>
      visit("/ke-hoach", async (page) => {
        assert.equal((await linksBelow(page, "/muc-tieu/")).size, TARGETS);
      }));

    test("a search finds the same with and without tone marks", async () => {
      const found = async (words) => {
        let links;
        await visit("/ke-hoach", async (page) => {
          const box = page.locator("main [name=q]");
          await box.fill(words);
          await box.press("Enter");
          await page.waitForURL(/[?&]q=/);
          links = [...(await linksBelow(page, "/muc-tieu/"))].sort();
        });
        return links;
      };
      const toned = await found("chữ ký số");
      assert.ok(toned.includes("/muc-tieu/15"), "target 15 is about digital signatures");
      assert.ok(toned.length < TARGETS, "a search narrows the list");
      assert.deepEqual(await found("CHỮ KÝ SỐ".normalize("NFD")), toned, "decomposed text");
      const plain = new Set(await found("chu ky so"));
      assert.ok(toned.every((path) => plain.has(path)), "without tone marks nothing is missed");
      assert.ok(plain.size < TARGETS);
    });

    test("a search without a hit says so", () =>
      visit("/ke-hoach?q=khongcotunaonhuvay", async (page) => {
        assert.equal((await linksBelow(page, "/muc-tieu/")).size, 0);
        assert.notEqual((await page.locator("main").innerText()).trim(), "");
      }));

    test("a target says who leads, and its source line is in the decision", () =>
      visit("/muc-tieu/15", async (page) => {
        const text = await page.locator("main").innerText();
        for (const part of ["95", "Các sở, ban, ngành tỉnh", "Sở Thông tin và Truyền thông", "07-NQ/TU"]) {
          assert.ok(text.includes(part), `the page names «${part}»`);
        }
        const source = page.locator('main a[href*="/van-ban?dong="]').first();
        const { hash } = new URL(await source.evaluate((link) => link.href));
        await source.click();
        await page.waitForURL("**/van-ban?dong=*#dong-*");
        assert.equal(await page.locator(hash).count(), 1, hash);
      }));

    test("the projects of both annexes are there", () =>
      visit("/du-an", async (page) => {
        const numbers = await page.locator("main :is(th, td)").allInnerTexts();
        assert.equal(numbers.filter((text) => /^\d{1,2}\.\d{1,2}$/.test(text.trim())).length, PROJECTS);
      }));

    test("what does not agree in the decision is listed with its lines", () =>
      visit("/diem-chua-khop", async (page) => {
        assert.ok((await page.locator('main a[href*="/van-ban?dong="]').count()) > 0);
      }));

    // The second is an address from before the text was on several pages.
    for (const address of ["/van-ban?dong=477#dong-477", "/van-ban#dong-477"]) {
      test(`a line of the decision has an address of its own: ${address}`, () =>
        visit(address, async (page) => {
          const lines = (await readFile(DECISION, "utf8")).split("\n");
          const line = page.locator("#dong-477");
          await line.waitFor();
          assert.ok((await line.innerText()).includes(lines[476].trim()));
          await page.waitForFunction(
            (element) => {
              const { top, bottom } = element.getBoundingClientRect();
              return top >= 0 && bottom <= innerHeight;
            },
            await line.elementHandle(),
          );
        }));
    }

    test("a line of the decision is found by its number", () =>
      visit("/van-ban", async (page) => {
        await page.getByRole("spinbutton").fill("2105");
        await page.getByRole("button", { name: "Xem", exact: true }).click();
        await page.waitForURL("**/van-ban?dong=2105#dong-2105");
        assert.equal(await page.locator("#dong-2105").count(), 1);
      }));

    test("the units of the province are listed", () =>
      visit("/don-vi", async (page) => {
        // Districts and communes are folded away below what they belong to.
        const text = await page.locator("main").textContent();
        for (const name of ["Sở Thông tin và Truyền thông", "thành phố Vĩnh Long", "huyện Bình Tân"]) {
          assert.ok(text.includes(name), name);
        }
      }));

    test("the design system shows itself", () =>
      visit("/design", async (page) => {
        assert.ok((await page.locator("main table").count()) > 0);
        assert.ok((await page.locator("main form, main input").count()) > 0);
      }));

    test("the language can be changed and stays", () =>
      visit("/ke-hoach", async (page) => {
        await page.locator('form[action^="/ngon-ngu"]').getByRole("button").first().click();
        await page.waitForLoadState();
        assert.equal(await page.locator("html").getAttribute("lang"), "en");
        assert.equal(new URL(page.url()).pathname, "/ke-hoach", "one comes back to where one was");
        await page.goto("/muc-tieu/15");
        assert.equal(await page.locator("html").getAttribute("lang"), "en");
      }));

    test("a page that is not there says how to go on", () =>
      withPage(world, {}, async (page) => {
        const response = await page.goto("/muc-tieu/999");
        assert.equal(response.status(), 404);
        assert.ok((await page.locator("main a[href]").count()) > 0);
      }));
  });
}
