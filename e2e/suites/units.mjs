// Units through time: any day, a family tree, an event from its first step to its undoing, and
// the whole rearrangement of 2025 from the files that ship; each page through axe.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";

import { administrator } from "../support/accounts.mjs";
import { withPage } from "../support/browser.mjs";
import { checkPage } from "../support/check.mjs";
import { signIn } from "../support/people.mjs";
import { tabTo } from "./keyboard.mjs";

const WORDS = {
  vi: { apply: "Xác nhận và áp dụng", undo: "Xác nhận hủy", preview: "Xem trước", next: "Tiếp tục", edit: "Sửa đơn vị", check: "Đọc thử" },
  en: { apply: "Confirm and apply", undo: "Confirm the undoing", preview: "Preview", next: "Go on", edit: "Change the units", check: "Try it" },
};

/**
 * @param {{title: string, language?: "vi" | "en", browser?: object, browse?: object,
 *   merger: {from: string, into: string, name: string, became: string}}} told
 */
export function units(world, { title, language = "vi", browser = {}, merger }) {
  const words = WORDS[language];
  const named = (name) => `${title.replaceAll(" ", "-")}-don-vi-${name}-${language}`;
  const press = (page, name) => page.locator("main").getByRole("button", { name, exact: true }).click();

  async function open(page) {
    await signIn(page, administrator);
    if (language === "en") {
      await page.goto("/gioi-thieu");
      await page.locator('form[action^="/ngon-ngu"]').getByRole("button").first().click();
      await page.locator("html[lang=en]").waitFor();
    }
  }

  /** Undoes the latest event that holds. */
  async function undoLatest(page) {
    await page.goto("/quan-tri/don-vi");
    await page.locator('main a[href$="/huy"]').first().click();
    await checkPage(page, named("huy"), language);
    await press(page, words.undo);
    await page.waitForURL("**/quan-tri/don-vi");
  }

  describe(`units ${title} (${language})`, () => {
    test("anybody sees the units of a day, on each page", () =>
      withPage(world, browser, async (page) => {
        await page.goto("/don-vi/cay?ngay=2023-04-14&q=29551");
        assert.equal(await page.locator("main tbody tr").count(), 157);
        await checkPage(page, `cong-khai-${named("cay")}`);
        for (const [name, path] of [
          ["ngay", "/don-vi?ngay=2024-05-01"],
          ["ban-do", "/don-vi/ban-do?ngay=2023-04-14"],
          ["so-sanh", "/don-vi/so-sanh"],
        ]) {
          assert.equal((await page.goto(path)).status(), 200, path);
          await checkPage(page, `cong-khai-${named(name)}`);
        }
        await page.goto("/don-vi/ban-do");
        await page.locator("[name=ngay]").fill("2024-05-01");
        await page.locator("main form").getByRole("button").click();
        await page.waitForURL("**/don-vi/ban-do?ngay=2024-05-01");
        assert.equal(await page.locator("main circle").count(), 102);
      }));

    test("an event is entered a step at a time, previewed, applied, seen and undone", () =>
      withPage(world, browser, async (page) => {
        await open(page);
        await page.goto("/quan-tri/don-vi");
        await checkPage(page, named("su-kien"), language);
        await page.goto("/quan-tri/don-vi/moi");
        await checkPage(page, named("buoc-1"), language);
        await page.locator("[name=loai]").selectOption("merge");
        await page.locator("[name=ngay]").fill("2024-11-01");
        await press(page, words.next);
        await page.locator("textarea[name=don-vi]").fill(merger.from);
        await page.locator("[name=vao]").fill("99999");
        await press(page, words.next);
        await page.locator("main [role=alert]").waitFor();
        page.problems.length = 0;
        await checkPage(page, named("buoc-2-sai"), language);
        assert.equal(await page.locator("textarea[name=don-vi]").inputValue(), merger.from);

        await page.locator("[name=vao]").fill(merger.into);
        await press(page, words.next);
        await page.locator("[name=so-ky-hieu]").fill("1203/NQ-UBTVQH15");
        await page.locator("[name=ngay-van-ban]").fill("2024-09-28");
        await checkPage(page, named("buoc-3"), language);
        await press(page, words.preview);
        await page.getByText(`${merger.name} → ${merger.became}`).waitFor();
        await checkPage(page, named("xem-truoc"), language);

        await press(page, words.edit);
        assert.equal(await page.locator("[name=vao]").inputValue(), merger.into);
        await press(page, words.next);
        assert.equal(await page.locator("[name=so-ky-hieu]").inputValue(), "1203/NQ-UBTVQH15");
        await press(page, words.preview);
        await press(page, words.apply);
        await page.waitForURL("**/quan-tri/don-vi");
        await page.locator("main").getByText("1203/NQ-UBTVQH15").first().waitFor();

        await page.locator("main tbody").getByRole("link", { name: merger.name, exact: true }).first().click();
        await page.locator("main svg rect").first().waitFor({ state: "attached" });
        await checkPage(page, named("pha-he"), language);
        const history = new URL(page.url()).pathname;
        await page.goto(history.replace("/lich-su", "?ngay=2024-11-01"));
        assert.equal(new URL(page.url()).pathname, history, "what ended shows its history instead");
        await page.goto(history.replace("/lich-su", "?ngay=2024-10-31"));
        await checkPage(page, named("mot-don-vi"), language);

        await undoLatest(page);
        await page.goto(history.replace("/lich-su", "?ngay=2024-11-01"));
        await page.getByRole("heading", { level: 1, name: merger.name, exact: true }).waitFor();
        assert.notEqual(new URL(page.url()).pathname, history, "undone, it goes on");
      }));

    test("a file with a wrong row changes nothing, and says which row", () =>
      withPage(world, browser, async (page) => {
        await open(page);
        await page.goto("/quan-tri/don-vi/tep");
        await checkPage(page, named("tep"), language);
        const rows = [
          "date,event,from_code,to_code,to_name,share",
          `2024-11-01,merge-into,${merger.from},${merger.into},x,whole`,
          "2024-11-01,abolish,99999,,,",
        ];
        await send(page, words.check, "sai.csv", Buffer.from(rows.join("\n")));
        await page.locator("main [role=alert]").waitFor();
        page.problems.length = 0;
        await page.locator("main tbody").getByText("99999").waitFor();
        await checkPage(page, named("tep-sai"), language);
      }));
  });
}

/** The files that ship, sent as an administrator would; the province before and after. */
export function rearrangement(world) {
  describe("the rearrangement of 2025", () => {
    test("neighbours and events are uploaded, previewed, applied, looked at and undone", () =>
      withPage(world, {}, async (page) => {
        await signIn(page, administrator);
        for (const file of ["units-2023-neighbours.csv", "unit-events.csv"]) {
          await page.goto("/quan-tri/don-vi/tep");
          const bytes = await readFile(new URL(`../../data/units/${file}`, import.meta.url));
          await send(page, "Đọc thử", file, bytes);
          await page.getByRole("button", { name: "Xác nhận và áp dụng" }).waitFor();
          await checkPage(page, `sap-xep-xem-truoc-${file}`);
          await page.getByRole("button", { name: "Xác nhận và áp dụng" }).click();
          await page.waitForURL("**/quan-tri/don-vi");
        }
        await checkPage(page, "sap-xep-su-kien");
        await page.goto("/don-vi/cay?ngay=2025-07-01");
        await checkPage(page, "sap-xep-cay-2025");
        await page.goto("/don-vi/ban-do?ngay=2025-07-01");
        assert.equal(await page.locator("main circle").count(), 124);
        await checkPage(page, "sap-xep-ban-do-2025");
        await page.goto("/don-vi?ngay=2025-07-01");
        await checkPage(page, "sap-xep-don-vi-2025");
        await page.getByRole("link", { name: "UBND phường Cái Vồn", exact: true }).click();
        await page.getByText("km²").first().waitFor();
        await checkPage(page, "sap-xep-cai-von");
        await page.getByRole("link", { name: "Lịch sử và phả hệ" }).click();
        await checkPage(page, "sap-xep-cai-von-pha-he");

        for (let undone = 0; undone < 2; undone++) {
          await page.goto("/quan-tri/don-vi");
          await page.locator('main a[href$="/huy"]').first().click();
          await page.getByRole("button", { name: "Xác nhận hủy" }).click();
          await page.waitForURL("**/quan-tri/don-vi");
        }
        assert.equal(await page.locator('main a[href$="/huy"]').count(), 0);
        await page.goto("/don-vi/cay?ngay=2025-07-01");
        assert.equal(await page.locator("main tbody tr").count(), 157);
      }));

    test("an event is entered with the keys alone", () =>
      withPage(world, {}, async (page) => {
        await signIn(page, administrator);
        await page.goto("/quan-tri/don-vi/moi?loai=merge&ngay=2024-11-01");
        await tabTo(page, "don-vi");
        await page.keyboard.type("29773");
        await tabTo(page, "vao");
        await page.keyboard.type("29782");
        await page.keyboard.press("Enter");
        await page.locator("[name=so-ky-hieu]").waitFor();
        await tabTo(page, "so-ky-hieu");
        await page.keyboard.press("Enter");
        await page.getByText("UBND xã Tân Hưng → UBND xã Tân An Thạnh").waitFor();
      }));
  });
}

async function send(page, check, name, buffer) {
  await page.locator("[name=tep]").setInputFiles({ name, mimeType: "text/csv", buffer });
  await page.locator("main").getByRole("button", { name: check, exact: true }).click();
}
