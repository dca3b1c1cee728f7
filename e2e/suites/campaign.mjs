// A call for reports: opened, filled in as one sheet, sent back in one line, approved, consolidated.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { coordinator, head, leader, officer } from "../support/accounts.mjs";
import { checkPage } from "../support/check.mjs";
import { actors } from "../support/people.mjs";

export function campaign(world, { title, period, numbers, browser = {} }) {
  const scripts = browser.javaScriptEnabled !== false;
  const name = `Báo cáo thử ${title} (giả lập)`;
  const as = actors(world, browser);
  const main = (page) => page.locator("main");
  const press = async (page, button) => {
    await main(page).getByRole("button", { name: button, exact: true }).click();
    await page.waitForLoadState();
  };
  const refused = async (page) => (await main(page).locator("[role=alert]").allInnerTexts()).join("; ");
  /** From the head of the inbox, where sheets stand. */
  const openSheet = async (page) => {
    await page.goto("/viec-cua-toi");
    const row = page.locator("section[aria-labelledby=phieu-bao-cao] tr").filter({ hasText: name });
    await row.getByRole("link").first().click();
    await page.waitForURL(/\/phieu\//);
  };
  const openCampaign = async (page) => {
    await page.goto("/dot-bao-cao");
    await main(page).getByRole("link", { name, exact: true }).click();
    await page.waitForURL(/\/dot-bao-cao\/[0-9a-f-]+$/);
  };
  const lines = (page) => page.locator("table.sheet tbody tr");
  /** Types something into every cell that is open. */
  const fillAll = async (page, part) => {
    for (const select of await page.locator("table.sheet select[data-col]").all()) await select.selectOption("co");
    for (const cell of await page.locator("table.sheet input[data-col='0']").all()) await cell.fill(String(part));
    for (const cell of await page.locator("table.sheet input[data-col='1']").all()) await cell.fill("1000");
  };

  describe(`a call for reports ${title}`, () => {
    test("the coordinator sees what it would make, and opens it", () =>
      as(coordinator, async (page) => {
        await page.goto("/dot-bao-cao/moi");
        await page.getByLabel("Tên đợt báo cáo").fill(name);
        await page.locator("select[name=ky]").selectOption(period);
        await page.getByLabel("Các mục tiêu theo số thứ tự").check();
        await page.locator("input[name=so]").fill(`${numbers[0]}, 9000`);
        await press(page, "Xem trước");
        assert.match(await refused(page), /9000/, "a target that is not there is named");
        page.problems.splice(0);
        await page.locator("input[name=so]").fill(numbers.join(", "));
        await press(page, "Xem trước");
        assert.match(await main(page).innerText(), /Sở Nội vụ/);
        await checkPage(page, `dot-bao-cao-moi-${period}`);
        await press(page, "Mở đợt và gửi phiếu");
        const said = await main(page).innerText();
        assert.match(said, /Chưa mở/);
        assert.match(await page.getByLabel("Nội dung đôn đốc").inputValue(), /Sở Nội vụ/);
        await press(page, "Gửi nhắc việc đến mọi đơn vị chưa nộp");
        assert.match(await main(page).innerText(), /đã nhắc \d+ đơn vị/);
        await checkPage(page, `dot-bao-cao-${period}`);
      }));

    test("the officer is told, saves half of it, and finds it again", () =>
      as(officer, async (page) => {
        await openSheet(page);
        await checkPage(page, `phieu-${period}`);
        const first = page.locator("table.sheet input[data-col='0']").first();
        await first.fill("12");
        await press(page, "Lưu bản nháp");
        assert.equal(await first.inputValue(), "12");
        // What cannot be right is named by its line, and stays as it was typed.
        await first.fill("12a");
        await press(page, "Lưu bản nháp");
        assert.match(await refused(page), /không phải một số/);
        assert.equal(await first.inputValue(), "12a");
        page.problems.splice(0);
        await first.fill("12");
        await press(page, "Nộp phiếu cho lãnh đạo duyệt");
        assert.match(await refused(page), /chưa có số liệu|cần được nhập/i, "empty lines are named");
        page.problems.splice(0);
      }));

    if (scripts) {
      test("a block from a spreadsheet goes over the cells, and survives a reload", () =>
        as(officer, async (page) => {
          await openSheet(page);
          const part = page.locator("table.sheet input[data-col='0']");
          const whole = page.locator("table.sheet input[data-col='1']");
          await part.first().focus();
          await page.evaluate(() => {
            const data = new DataTransfer();
            data.setData("text/plain", '641\t1.000\t"Theo báo cáo\nquý"\r\n642\t1.000\t\r\n');
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
          });
          assert.equal(await part.first().inputValue(), "641");
          assert.equal(await whole.first().inputValue(), "1.000");
          assert.equal(await page.locator("textarea[data-col='2']").first().inputValue(), "Theo báo cáo\nquý");
          assert.match(await page.locator("[data-sheet-said]").innerText(), /^Đã dán \d+ ô/);
          // Enter goes down a row instead of sending the form.
          await part.first().press("Enter");
          const focused = await page.evaluate(() => document.activeElement.closest("tr").id);
          assert.equal(focused, await lines(page).nth(1).getAttribute("id"));
          await page.locator("[data-draft-hint]").waitFor({ state: "visible" });
          await page.reload();
          assert.equal(await part.first().inputValue(), "12");
          await page.getByRole("button", { name: "Lấy lại nội dung chưa gửi" }).click();
          assert.equal(await part.first().inputValue(), "641");
        }));
    }

    test("the officer hands it in, once", () =>
      as(officer, async (page) => {
        await openSheet(page);
        await fillAll(page, 640);
        await press(page, "Nộp phiếu cho lãnh đạo duyệt");
        assert.equal(await refused(page), "");
        assert.match(await main(page).innerText(), /Chờ lãnh đạo duyệt/);
      }));

    test("the head sends one line back and approves the others", () =>
      as(head, async (page) => {
        await openSheet(page);
        await checkPage(page, `phieu-duyet-${period}`);
        const line = lines(page).first();
        await line.locator("summary").click();
        await line.locator("textarea").fill("Chưa trừ hồ sơ mật");
        await press(page, "Duyệt phiếu");
        assert.match(await main(page).innerText(), /Bị trả lại/);
      }));

    test("the officer corrects that line alone", () =>
      as(officer, async (page) => {
        await openSheet(page);
        assert.match(await lines(page).first().innerText(), /Chưa trừ hồ sơ mật/);
        assert.equal(await page.locator("table.sheet textarea[data-col='2']").count(), 1, "one line is open");
        await fillAll(page, 639);
        await press(page, "Nộp phiếu cho lãnh đạo duyệt");
        assert.equal(await refused(page), "");
      }));

    test("the head approves all of it", () =>
      as(head, async (page) => {
        await openSheet(page);
        await press(page, "Duyệt phiếu");
        assert.match(await main(page).innerText(), /Chờ tổng hợp/);
      }));

    test("the coordinator consolidates it and closes the call", () =>
      as(coordinator, async (page) => {
        await openCampaign(page);
        await main(page).getByRole("link", { name: /^Chờ tổng hợp/ }).click();
        await page.waitForURL(/loc=approved/);
        await page.getByLabel("Chọn Sở Nội vụ").check();
        await press(page, "Tổng hợp các phiếu đã chọn");
        assert.equal(await refused(page), "");
        await openCampaign(page);
        const row = page.locator("main tr").filter({ hasText: "Sở Nội vụ" });
        assert.match(await row.innerText(), /Đã tổng hợp/);
        await press(page, "Đóng đợt báo cáo");
        assert.match(await main(page).innerText(), /đã đóng/);
      }));

    test("the officer is told of it, and a leader can look", async () => {
      await as(officer, async (page) => {
        await page.waitForTimeout(1_500);
        await page.goto("/viec-cua-toi");
        const notices = page.locator("section[aria-labelledby=thong-bao]");
        assert.match(await notices.innerText(), new RegExp(`${title} .*đã được tổng hợp`));
      });
      await as(leader, async (page) => {
        await openCampaign(page);
        assert.equal(await main(page).getByRole("button", { name: /Nhắc|Đóng|Tổng hợp/ }).count(), 0);
      });
    });
  });
}
