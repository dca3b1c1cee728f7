// A system that a pack declares: a device is entered, handed out, found, and its way is seen.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { officer } from "../support/accounts.mjs";
import { openPage } from "../support/browser.mjs";
import { signIn } from "../support/people.mjs";

const LIST = "/he-thong/it-equipment/device";

/** @param {{title: string, model: string, browser?: import("playwright-core").BrowserContextOptions}} run */
export function systems(world, { title, model, browser = {} }) {
  describe(`a system of a pack (${title})`, () => {
    test("a keeper enters a device, hands it out and finds it again", async () => {
      const page = await openPage(world, browser);
      try {
        await signIn(page, officer);
        await page.goto("/he-thong");
        await page.getByRole("link", { name: "Thiết bị", exact: true }).click();
        await page.getByRole("link", { name: "Lập mới" }).click();
        await page.getByLabel("Loại thiết bị").selectOption("printer");
        await page.getByLabel("Hãng và kiểu").fill(model);
        await page.getByLabel("Ngày mua").fill("2023-01-05");
        await page.getByLabel("Nguyên giá").fill("5.000.000");
        await page.getByLabel("Nguồn kinh phí").selectOption("recurrent");
        assert.match(await page.locator("main").innerText(), /Chỉ điền khi «Loại thiết bị» là/);
        await page.getByRole("button", { name: "Thêm dòng" }).click();
        assert.equal(await page.getByLabel("Hãng và kiểu").inputValue(), model, "nothing typed is lost");
        await page.getByRole("button", { name: "Lưu", exact: true }).click();
        await page.getByRole("heading", { level: 1, name: model }).waitFor();
        const main = () => page.locator("main").innerText();
        assert.match(await main(), /Trong kho[\s\S]*TB-\d{4}-\d{5}/);

        await page.getByLabel("Người sử dụng").fill("Bà Tư (giả lập)");
        await page.getByRole("button", { name: "Giao sử dụng" }).click();
        await page.waitForLoadState();
        assert.match(await main(), /Đang sử dụng[\s\S]*Bà Tư/);
        await page.getByRole("link", { name: "Lịch sử" }).click();
        assert.match(await main(), /Giao sử dụng/);

        await page.goto(`${LIST}?q=${encodeURIComponent(model)}`);
        await page.getByRole("link", { name: model }).waitFor();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0, `the list is ${wide} px too wide`);
        assert.deepEqual(page.problems, []);
      } finally {
        await page.context().close();
      }
    });

    test("a list from a file is checked, taken in in the background, and undone", async () => {
      const page = await openPage(world, browser);
      try {
        await signIn(page, officer);
        await page.goto(LIST);
        await page.getByRole("link", { name: "Nhập từ tệp" }).click();
        const head = "Loại thiết bị,Hãng và kiểu,Ngày mua,Nguyên giá,Nguồn kinh phí";
        const rows = [1, 2, 3].map((row) => `printer,${model} nhập ${row},2023-01-05,5.000.000,recurrent`);
        const wrong = `printer,${model} sai,2023-02-30,5.000.000,recurrent`;
        const buffer = Buffer.from([head, ...rows, wrong].join("\n"));
        await page.getByLabel("Chọn tệp").setInputFiles({ name: "thiet-bi.csv", mimeType: "text/csv", buffer });
        await page.getByRole("button", { name: "Kiểm tra tệp" }).click();
        const main = () => page.locator("main").innerText();
        /** @param {RegExp} wanted */
        const until = async (wanted) => {
          for (let tries = 0; tries < 60 && !wanted.test(await main()); tries += 1) {
            await page.waitForTimeout(250);
            const again = page.getByRole("link", { name: "Xem tiến độ mới nhất" });
            if (await again.count()) await again.click();
            else await page.reload();
          }
          assert.match(await main(), wanted);
        };
        await until(/3 dòng nhập được[\s\S]*từ chối 1 dòng/);
        assert.match(await main(), /Ngày mua: Nhập ngày hợp lệ/);
        await page.getByRole("button", { name: "Nhập", exact: true }).click();
        await until(/Đã nhập 3 dòng/);
        const address = page.url();
        await page.goto(`${LIST}?q=${encodeURIComponent(model)}`);
        assert.match(await main(), /nhập 1[\s\S]*nhập 2|nhập 2[\s\S]*nhập 1/);
        await page.goto(address);
        await page.getByRole("button", { name: "Hoàn tác lần nhập" }).click();
        await until(/Đã rút 3 bản ghi/);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0, `the page is ${wide} px too wide`);
        assert.deepEqual(page.problems, []);
      } finally {
        await page.context().close();
      }
    });
  });
}
