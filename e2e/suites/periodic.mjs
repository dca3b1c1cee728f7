// The periodic report: begun from the figures, written by two at once, read, signed, taken out, begun again.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { coordinator, publisher, signer } from "../support/accounts.mjs";
import { checkPage } from "../support/check.mjs";
import { actors } from "../support/people.mjs";

const TEXT = "Đến hết kỳ, kế hoạch có [[sl]] mục tiêu, kết quả mục tiêu 19: [[mt19]].";
const THEIRS = "Bài viết của cán bộ, chưa ai được làm mất.";

export function periodic(world, { title, period, browser = {} }) {
  const slug = title.replaceAll(" ", "-");
  const check = (page, what) => checkPage(page, `periodic-${what}-${slug}`);
  const as = actors(world, browser);
  const press = async (page, name) => {
    await page.locator("main").getByRole("button", { name, exact: true }).click();
    await page.waitForLoadState();
  };
  let report;

  describe(`the periodic report ${title}`, () => {
    test("the coordinator begins it and finds it drafted", () =>
      as(coordinator, async (page) => {
        await page.goto("/bao-cao-dinh-ky");
        await page.getByRole("link", { name: "Lập báo cáo" }).click();
        await page.locator("[name=ky]").selectOption(period);
        await check(page, "new");
        await press(page, "Lập dự thảo");
        await page.waitForURL((url) => !url.pathname.endsWith("/moi"));
        report = new URL(page.url()).pathname;
        const shown = await page.locator("main").innerText();
        assert.ok(shown.includes("I. KẾT QUẢ CHUNG"), shown);
        assert.ok(shown.includes("Thực hiện Quyết định số 833/QĐ-UBND"), shown);
        await check(page, "draft");
      }));

    test("two write one section at once: the later sees both texts, nothing is lost", () =>
      as(publisher, (later) =>
        as(coordinator, async (first) => {
          for (const page of [first, later]) {
            await page.goto(report);
            await page.locator("main table").getByRole("link", { name: /KẾT QUẢ CHUNG/ }).click();
            await page.waitForURL((url) => url.pathname.includes("/phan/"));
          }
          await first.locator("[name=bai-viet]").fill(TEXT);
          await press(first, "Lưu");
          await later.locator("[name=bai-viet]").fill(THEIRS);
          await press(later, "Lưu");
          const both = await later.locator("main").innerText();
          assert.ok(both.includes(TEXT), "what the other one wrote");
          assert.ok(both.includes(coordinator.name), "who wrote it");
          assert.equal(await later.locator("[name=bai-viet]").inputValue(), THEIRS);
          later.problems.length = 0; // 409 is the answer that was meant
          await check(later, "conflict");
          await later.locator("[name=bai-viet]").fill(`${TEXT}\n${THEIRS}`);
          await press(later, "Lưu nội dung vừa nhập");
          await later.waitForURL((url) => url.pathname === report);
        }),
      ));

    test("a figure that there is not is named, and what was typed stays", () =>
      as(coordinator, async (page) => {
        await page.goto(report);
        await page.locator("main table").getByRole("link", { name: /Nguyên nhân/ }).click();
        await page.locator("[name=bai-viet]").fill("Do [[mt9999]].");
        await press(page, "Lưu");
        assert.match(await page.locator("main [role=alert]").innerText(), /\[\[mt9999\]\]/);
        assert.equal(await page.locator("[name=bai-viet]").inputValue(), "Do [[mt9999]].");
        page.problems.length = 0; // 422 is the answer that was meant
        await check(page, "wrong");
      }));

    test("it is handed in, read and signed by the head of the unit", async () => {
      await as(coordinator, async (page) => {
        await page.goto(`${report}/thong-tin`);
        await page.locator("[name=nguoi-ky]").fill("Huỳnh Quốc Dũng");
        await check(page, "particulars");
        await press(page, "Lưu");
        await press(page, "Trình ký");
        assert.equal(await page.getByRole("button", { name: "Trình ký" }).count(), 0);
      });
      await as(signer, async (page) => {
        await page.goto("/viec-cua-toi");
        await page.locator(`main a[href="${report}"]`).first().click();
        await page.getByRole("link", { name: "Xem và ký" }).click();
        const paper = await page.locator("article").innerText();
        assert.ok(paper.includes("kế hoạch có 148 mục tiêu"), "the figures stand in the text");
        assert.ok(paper.includes(THEIRS), "what both wrote");
        await check(page, "paper");
        await press(page, "Ký báo cáo này");
        await page.waitForURL((url) => url.pathname === report);
        assert.ok((await page.locator("main").innerText()).includes(signer.name));
        await check(page, "signed");
        await page.goto(`${report}/doi-chieu`);
        await check(page, "compared");
      });
    });

    test("the files come out, and another edition leaves the signed one as it is", () =>
      as(coordinator, async (page) => {
        await page.goto(report);
        const docx = await page.request.get(`${report}/tai.docx`);
        assert.equal(docx.status(), 200);
        assert.match(docx.headers()["content-disposition"], /bao-cao-.*-lan-1\.docx/);
        const signed = await docx.body();
        assert.equal(signed.subarray(0, 2).toString(), "PK");
        const paper = await page.request.get(`${report}/tai.pdf`);
        assert.match(paper.headers()["content-type"], /^application\/pdf/);
        assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
        const annex = await page.request.get(`${report}/phu-luc.xlsx?so=1`);
        assert.equal((await annex.body()).subarray(0, 2).toString(), "PK");
        await press(page, "Lập lại báo cáo kỳ này");
        await page.waitForURL((url) => url.pathname !== report);
        assert.ok((await page.locator("main").innerText()).includes("lần 2"));
        const again = await page.request.get(`${report}/tai.docx`);
        assert.deepEqual(await again.body(), signed, "byte for byte");
      }));
  });
}
