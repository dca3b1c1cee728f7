// A project's money from the estimate to a payment beyond its contract, and a unit's own plan.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { coordinator, head, officer } from "../support/accounts.mjs";
import { checkPage } from "../support/check.mjs";
import { actors } from "../support/people.mjs";

const paper = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(`${name} (giả lập)`) });

/** `number` is which of the unit's projects it is about; `months` two months that nobody pays in. */
export function projects(world, { title, number, months, ownPlan = false, keys = false, browser = {} }) {
  const slug = title.replaceAll(" ", "-");
  const check = (page, what) => checkPage(page, `projects-${what}-${slug}`);
  const as = actors(world, browser);
  const main = (page) => page.locator("main");
  const press = async (page, name) => {
    const button = main(page).getByRole("button", { name, exact: true }).first();
    await (keys ? button.press("Enter") : button.click());
    await page.waitForLoadState();
  };
  const follow = async (page, name) => {
    const link = main(page).getByRole("link", { name, exact: true }).first();
    const address = new URL(await link.getAttribute("href"), page.url());
    await (keys ? link.press("Enter") : link.click());
    await page.waitForURL((url) => url.pathname === address.pathname);
  };
  const refused = async (page) => (await main(page).locator("[role=alert]").allInnerTexts()).join("; ");
  let project;

  describe(`projects' money ${title}`, () => {
    test("an estimate is refused without its unit of money, number and file, then handed in", () =>
      as(officer, async (page) => {
        await page.goto("/du-an/theo-doi");
        await page.locator("select[name=don-vi]").selectOption({ label: officer.unit });
        await press(page, "Lọc");
        await check(page, "list");
        const links = main(page).locator("tbody th a");
        project = await links.nth(number).getAttribute("href");
        await page.goto(project);
        assert.match(await main(page).innerText(), /Đề xuất/);
        await follow(page, "Phê duyệt dự toán");
        await page.locator("[name=thuong-xuyen]").fill("300");
        await press(page, "Gửi lãnh đạo duyệt");
        assert.match(await refused(page), /Chọn đồng hay triệu đồng/);
        page.problems.splice(0);
        await page.locator("[name=don-vi-tinh]").selectOption("trieu");
        await press(page, "Gửi lãnh đạo duyệt");
        assert.notEqual(await refused(page), "", "a document without number, day and file");
        assert.equal(await page.locator("[name=thuong-xuyen]").inputValue(), "300.000.000", "kept as a draft, in dong");
        page.problems.splice(0);
        await check(page, "form");
        await page.locator("[name=so-ky-hieu]").fill("12/QĐ-SNV");
        await page.locator("[name=ngay]").fill("2023-05-04");
        await page.locator("[name=tep]").setInputFiles(paper("du-toan.txt"));
        await explainAll(page);
        await press(page, "Gửi lãnh đạo duyệt");
        assert.equal(await refused(page), "");
        assert.match(await main(page).innerText(), /Chờ duyệt/);
      }));

    test("the head finds it in the inbox and approves: only then it counts", () =>
      as(head, async (page) => {
        await page.goto("/viec-cua-toi");
        await main(page).locator(`a[href^="${project}"]`).first().click();
        await page.waitForURL((url) => url.pathname === project);
        assert.doesNotMatch(await main(page).innerText(), /Đã duyệt dự toán/);
        await press(page, "Duyệt");
        assert.match(await main(page).innerText(), /Đã duyệt dự toán/);
        await check(page, "project");
      }));

    test("a payment beyond what stands behind it wants a word, and a period is paid once", async () => {
      await as(officer, async (page) => {
        const pay = async (month, million) => {
          await page.goto(project);
          await follow(page, "Giải ngân");
          await page.locator("[name=ky]").selectOption(month);
          await page.locator("[name=don-vi-tinh]").selectOption("trieu");
          await page.locator("[name=thuong-xuyen]").fill(String(million));
          await press(page, "Gửi lãnh đạo duyệt");
        };
        await pay(months[0], 900);
        assert.match(await refused(page), /giải trình/i);
        page.problems.splice(0);
        assert.match(await main(page).innerText(), /lớn hơn dự toán được duyệt/);
        await explainAll(page);
        await press(page, "Gửi lãnh đạo duyệt");
        assert.equal(await refused(page), "");
        await pay(months[0], 1);
        assert.match(await refused(page), /Đã có ghi nhận giải ngân/);
        page.problems.splice(0);
      });
      await as(head, async (page) => {
        await page.goto(project);
        assert.match(await main(page).innerText(), /Chủ đầu tư đã ứng trước \(giả lập\)/, "the unit's words");
        await press(page, "Duyệt");
        assert.match(await main(page).innerText(), /900\.000\.000/);
      });
    });

    test("the money page adds it up, says what is missing, and leads to the rows", () =>
      as(coordinator, async (page) => {
        await page.goto("/du-an/kinh-phi");
        await check(page, "money");
        await page.getByLabel("Giải ngân trong kỳ").selectOption(months[0]);
        await press(page, "Lọc");
        await main(page).getByRole("link", { name: officer.unit, exact: true }).first().click();
        await page.waitForURL(/theo-doi/);
        const rows = await main(page).locator("tbody tr").count();
        assert.ok(rows >= 1, "the projects under the figure");
        const file = await page.request.get("/du-an/tep/kinh-phi.csv");
        assert.match(await file.text(), /Sở Nội vụ/);
        const book = await page.request.get("/du-an/tep/ghi-nhan.xlsx");
        assert.equal((await book.body()).subarray(0, 2).toString(), "PK");
        await page.goto("/du-an/kinh-phi/ngan-sach");
        await page.locator("[name=don-vi-tinh]").selectOption("trieu");
        await page.locator("[name=so-tien]").fill("9.876.543");
        await page.locator("[name=nguon]").fill("Nghị quyết dự toán (giả lập)");
        await check(page, "budget");
        await press(page, "Lưu");
        assert.match(await main(page).innerText(), /Nghị quyết dự toán \(giả lập\)/);
      }));

    test("somebody says which targets it serves", () =>
      as(officer, async (page) => {
        await page.goto(project);
        await follow(page, "Xác định mục tiêu");
        await page.locator("[name=so-khac]").fill("9999");
        await press(page, "Lưu các mục tiêu");
        assert.match(await refused(page), /9999/);
        page.problems.splice(0);
        await page.locator("[name=so-khac]").fill("19");
        await check(page, "targets");
        await press(page, "Lưu các mục tiêu");
        assert.match(await main(page).innerText(), /19\. /);
      }));

    if (ownPlan) ownPlanStory();
  });

  function ownPlanStory() {
    let plan;
    test("a unit records its own plan: what it covers, and what it leaves out", () =>
      as(officer, async (page) => {
        await page.goto("/ke-hoach-don-vi");
        await check(page, "own-plans");
        await follow(page, officer.unit);
        plan = new URL(page.url()).pathname;
        await follow(page, "Ghi nhận kế hoạch");
        await page.locator("[name=so-ky-hieu]").fill("45/KH-SNV");
        await page.locator("[name=ngay]").fill("2023-04-28");
        await page.locator("[name=ten]").fill("Kế hoạch chuyển đổi số của Sở Nội vụ (giả lập)");
        await page.locator("[name=muc-so]").first().fill("II.3");
        await page.locator("[name=tep]").setInputFiles(paper("ke-hoach.txt"));
        await page.locator("[name=them]").fill("Số hóa hồ sơ cán bộ (giả lập)");
        await press(page, "Gửi lãnh đạo duyệt");
        assert.match(await refused(page), /chưa đánh dấu/);
        page.problems.splice(0);
        assert.equal(await page.locator("[name=muc-so]").first().inputValue(), "II.3");
        await page.locator("[name=chon]").first().check();
        await check(page, "own-plan-form");
        await press(page, "Gửi lãnh đạo duyệt");
        assert.equal(await refused(page), "");
        assert.match(await main(page).innerText(), /chưa thực hiện/);
      }));

    test("its head approves, and the duty is seen as kept by it", async () => {
      await as(head, async (page) => {
        await page.goto("/viec-cua-toi");
        await main(page).locator(`a[href="${plan}"]`).first().click();
        await page.waitForURL((url) => url.pathname === plan);
        await press(page, "Duyệt");
        assert.match(await main(page).innerText(), /riêng: đã thực hiện/);
        await check(page, "own-plan");
      });
      await as(coordinator, async (page) => {
        await page.goto("/nhiem-vu");
        assert.match(await main(page).innerText(), /1\/\d+ cơ quan, địa phương đã ban hành/);
        await page.goto("/ke-hoach-don-vi/han");
        await page.locator("[name=ngay]").fill("2023-12-01");
        await page.locator("[name=nguon]").fill("Công văn 100/STTTT (giả lập)");
        await check(page, "own-plans-due");
        await press(page, "Lưu");
        assert.match(await main(page).innerText(), /01\/12\/2023/);
      });
    });
  }
}

/** Says something about everything that looks wrong. */
async function explainAll(page) {
  for (const box of await page.locator("textarea[name=giai-trinh]").all()) {
    await box.fill("Chủ đầu tư đã ứng trước (giả lập)");
  }
}
