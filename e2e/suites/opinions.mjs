// Opinions of a partner on a report: asked, waited for, given, changed with the figure, consolidated.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { coordinator, head, officer, publisher } from "../support/accounts.mjs";
import { withPage } from "../support/browser.mjs";
import { checkPage } from "../support/check.mjs";
import { smallPdf } from "../support/pdf.mjs";
import { actors, approve, report, submit } from "../support/people.mjs";

const PERIOD = "2023Q3";
const PARTNER = "Sở Thông tin và Truyền thông";
const WORDS = "Số liệu chưa tính các đơn vị sự nghiệp (giả lập)";

/** The officer of the partner answers: Sở Thông tin và Truyền thông takes part in the target. */
export function opinions(world, { title, target, browser = {} }) {
  const evidence = { name: `danh-sach-${target}.pdf`, mimeType: "application/pdf", buffer: smallPdf(title) };
  const as = actors(world, browser);
  const main = (page) => page.locator("main");
  const said = (page) => main(page).innerText();
  const press = async (page, name) => {
    await main(page).getByRole("button", { name, exact: true }).click();
    await page.waitForLoadState();
  };
  const fine = async (page) => {
    const errors = main(page).locator("[role=alert]");
    if (await errors.count()) assert.fail(`refused: ${(await errors.allInnerTexts()).join("; ")}`);
  };
  const task = async (page, text) => {
    await page.goto("/viec-cua-toi");
    const row = main(page).locator("tr").filter({ hasText: text }).filter({ hasText: `mục tiêu ${target},` });
    await row.getByRole("link").first().click();
    await page.waitForURL((url) => url.pathname !== "/viec-cua-toi");
  };
  const explained = "Đã đối chiếu với danh sách kèm theo (giả lập)";
  let address;
  let targetTitle;

  describe(`opinions of partners ${title}`, () => {
    test("the officer reports, the head approves and asks the partner", async () => {
      await as(officer, async (page) => {
        await report(page, { target, period: PERIOD, figure: { part: 40, whole: 80, shown: "50" }, evidence, explained });
        address = new URL(page.url()).pathname;
        targetTitle = (await page.locator("h1").innerText()).trim();
      });
      await as(head, async (page) => {
        await approve(page, targetTitle);
        await page.goto(address);
        await main(page).getByRole("link", { name: "Lấy ý kiến cơ quan phối hợp" }).click();
        await page.waitForURL(/\/y-kien$/);
        await checkPage(page, `lay-y-kien-${target}`);
        await press(page, "Gửi lấy ý kiến");
        assert.match(await said(page), /Chọn ít nhất một cơ quan/);
        page.problems.length = 0;
        await main(page).getByLabel(PARTNER).check();
        await press(page, "Gửi lấy ý kiến");
        await fine(page);
        assert.match(await said(page), new RegExp(`${PARTNER} · chờ ý kiến`));
        await checkPage(page, `da-lay-y-kien-${target}`);
      });
    });

    test("the coordinator is told who is waited for, and until when", () =>
      as(coordinator, async (page) => {
        await page.goto(address);
        await press(page, "Tổng hợp");
        assert.match(await said(page), /Chưa tổng hợp được: còn chờ ý kiến của 1 cơ quan phối hợp/);
        page.problems.length = 0;
        await checkPage(page, `cho-y-kien-phoi-hop-${target}`);
      }));

    test("the partner sees the figure and does not agree, not without words", () =>
      as(publisher, async (page) => {
        await task(page, "Cho ý kiến về báo cáo");
        assert.ok((await said(page)).includes(evidence.name), "with the evidence");
        await main(page).getByLabel("Không đồng ý").check();
        await press(page, "Gửi ý kiến");
        assert.match(await said(page), /vì sao không đồng ý/);
        page.problems.length = 0;
        await main(page).locator("[name=noi-dung-y-kien]").fill(WORDS);
        await checkPage(page, `cho-y-kien-${target}`);
        await press(page, "Gửi ý kiến");
        await fine(page);
        assert.match(await said(page), /Không đồng ý/);
        await checkPage(page, `da-cho-y-kien-${target}`);
      }));

    test("the coordinator reads it beside the report and sends it back", () =>
      as(coordinator, async (page) => {
        await page.goto(address);
        assert.ok((await page.locator("#y-kien-phoi-hop").innerText()).includes(WORDS));
        await page.locator("[name=ly-do]").fill("Xem lại theo ý kiến cơ quan phối hợp");
        await press(page, "Trả lại");
        await fine(page);
      }));

    test("with another figure the opinion is on an earlier one, and the partner is asked again", async () => {
      await as(officer, async (page) => {
        await page.goto(`${address}/sua`);
        await page.locator("[name=tu-so]").fill("44");
        await submit(page, explained);
        assert.match(await page.locator("#y-kien-phoi-hop").innerText(), /ý kiến về số liệu cũ/);
        await checkPage(page, `y-kien-so-lieu-cu-${target}`);
      });
      await as(head, (page) => approve(page, targetTitle));
      await as(publisher, async (page) => {
        await task(page, "Cho ý kiến lại về báo cáo");
        await main(page).getByLabel("Đồng ý", { exact: true }).check();
        await main(page).locator("[name=noi-dung-y-kien]").fill("");
        await press(page, "Gửi ý kiến");
        await fine(page);
      });
    });

    test("everybody spoke: it is consolidated, and its way names the opinion to those who may read it", async () => {
      await as(coordinator, async (page) => {
        await page.goto(address);
        await press(page, "Tổng hợp");
        await fine(page);
        await page.goto(`/muc-tieu/${target}`);
        assert.match(await page.locator("#nguon-so-lieu").innerText(), /Cho ý kiến · Sở Thông tin và Truyền thông/);
      });
      await withPage(world, browser, async (page) => {
        await page.goto(`/muc-tieu/${target}`);
        assert.doesNotMatch(await page.locator("#nguon-so-lieu").innerText(), /Cho ý kiến/);
      });
    });
  });
}
