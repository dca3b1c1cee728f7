// People in a real browser: entered, placed, a list taken in, somebody leaves; each page through axe.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { administrator, officer } from "../support/accounts.mjs";
import { withPage } from "../support/browser.mjs";
import { checkPage } from "../support/check.mjs";
import { signIn } from "../support/people.mjs";

const name = "Trần Thị Mỹ Duyên (giả lập)";

const rows = [
  "Họ và tên,Đơn vị,Chức danh,Vai trò,Từ ngày",
  "Lý Thanh Tùng (giả lập),Sở Nội vụ,Chuyên viên,officer,1/1/2023",
  "Lê Thị Sáu (giả lập),Sở Nội vu,Văn thư,,1/1/2023",
].join("\n");

export function people(world) {
  describe("people", () => {
    test("somebody is entered, placed in a unit, and leaves with a successor", () =>
      withPage(world, {}, async (page) => {
        await signIn(page, administrator);
        await page.goto("/quan-tri/can-bo");
        await checkPage(page, "administrator-can-bo-vi");
        await page.getByRole("link", { name: "Thêm cán bộ" }).click();
        await checkPage(page, "administrator-can-bo-moi-vi");
        await page.locator("[name=ho-ten]").fill(name);
        await page.getByRole("button", { name: "Lưu" }).click();
        await page.getByRole("heading", { level: 1, name }).waitFor();
        const address = new URL(page.url()).pathname;

        await page.getByRole("link", { name: "Thêm vị trí" }).click();
        await checkPage(page, "administrator-vi-tri-vi");
        await page.locator("[name=chuc-danh]").fill("Trưởng phòng Tổng hợp");
        await page.locator("[name=don-vi]").selectOption({ index: 3 });
        await page.getByLabel("Lãnh đạo đơn vị", { exact: true }).check();
        await page.getByRole("button", { name: "Lưu" }).click();
        await page.getByRole("link", { name: "Trưởng phòng Tổng hợp" }).waitFor();
        await checkPage(page, "administrator-mot-can-bo-vi");

        await page.goto(`${address}/uy-quyen`);
        await checkPage(page, "administrator-uy-quyen-vi");
        await page.goto(`${address}/thoi-viec`);
        await checkPage(page, "administrator-thoi-viec-vi");
        await page.locator("[name=ban-giao]").fill(officer.login);
        await page.getByRole("button", { name: "Xác nhận thôi làm việc" }).click();
        await page.getByRole("button", { name: "Huỷ việc thôi làm việc" }).waitFor();
      }));

    test("a list is taken in row by row", () =>
      withPage(world, {}, async (page) => {
        await signIn(page, administrator);
        await page.goto("/quan-tri/can-bo/nhap");
        await checkPage(page, "administrator-nhap-can-bo-vi");
        const file = { name: "can-bo.csv", mimeType: "text/csv", buffer: Buffer.from(rows) };
        await page.locator("[name=tep]").setInputFiles(file);
        await page.getByRole("button", { name: "Nhập các dòng hợp lệ" }).click();
        await page.getByText("Có phải: Sở Nội vụ").waitFor();
        await checkPage(page, "administrator-nhap-can-bo-ket-qua-vi");
        await page.goto("/quan-tri/can-bo?q=ly+thanh");
        assert.equal(await page.getByText("Lý Thanh Tùng (giả lập)").count(), 1);
      }));

    test("everybody has a profile of their own", () =>
      withPage(world, {}, async (page) => {
        await signIn(page, officer);
        await page.goto("/tai-khoan/ho-so");
        await checkPage(page, "officer-ho-so-vi");
        await page.locator("[name=dien-thoai]").fill("0912 345 678");
        await page.getByRole("button", { name: "Lưu" }).click();
        await page.waitForLoadState();
        assert.equal(await page.locator("[name=dien-thoai]").inputValue(), "0912 345 678");
      }));
  });
}
