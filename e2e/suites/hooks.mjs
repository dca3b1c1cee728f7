// Another system is told of changes: declared, tried, told of a record, paused, given another secret, removed.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { administrator, officer } from "../support/accounts.mjs";
import { checkPage } from "../support/check.mjs";
import { actors } from "../support/people.mjs";
import { Receiver } from "../support/receiver.mjs";

/** @param {{title: string, name: string, browser?: import("playwright-core").BrowserContextOptions}} run */
export function hooks(world, { title, name, browser = {} }) {
  const as = actors(world, browser);
  const check = (page, what) => checkPage(page, `hooks-${what}-${title.replaceAll(/\W+/g, "-")}`);
  const press = async (page, button) => {
    await page.getByRole("button", { name: button, exact: true }).first().click();
    await page.waitForLoadState();
  };
  let receiver;
  let there;
  let secret;

  /** Loads the page again until it says so. */
  const reads = async (page, text) => {
    for (let turn = 0; turn < 60; turn++) {
      await page.goto(there);
      if ((await page.locator("main").innerText()).includes(text)) return;
      await sleep(500);
    }
    assert.fail(`${there} never says ${text}`);
  };

  const device = (model) =>
    as(officer, async (page) => {
      await page.goto("/he-thong/it-equipment/device/moi");
      await page.getByLabel("Loại thiết bị").selectOption("printer");
      await page.getByLabel("Hãng và kiểu").fill(model);
      await page.getByLabel("Ngày mua").fill("2023-01-05");
      await page.getByLabel("Nguyên giá").fill("5.000.000");
      await page.getByLabel("Nguồn kinh phí").selectOption("recurrent");
      await page.getByRole("button", { name: "Lưu", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: model }).waitFor();
      return page.url().split("/").pop().split("?")[0];
    });

  describe(`another system is told of changes (${title})`, () => {
    before(async () => {
      receiver = await Receiver.open();
    });
    after(() => receiver.close());

    test("it is declared, and its secret is shown once", () =>
      as(administrator, async (page) => {
        await page.goto("/quan-tri/webhook");
        await check(page, "list");
        await page.getByRole("link", { name: "Khai báo nơi nhận" }).click();
        await page.locator("[name=ten]").fill(name);
        await page.locator("[name=dia-chi]").fill("https://10.0.0.7/nhan");
        await page.locator("[name=tai-khoan]").fill(officer.login);
        await press(page, "Khai báo và tạo khóa ký");
        assert.equal(await page.locator("#dia-chi").getAttribute("aria-invalid"), "true");
        assert.match(await page.locator("main").innerText(), /mạng nội bộ[\s\S]*ít nhất một loại hồ sơ/);
        assert.equal(await page.locator("[name=ten]").inputValue(), name, "nothing typed is lost");
        page.problems.length = 0;
        await check(page, "wrong");
        await page.locator("[name=dia-chi]").fill(receiver.url);
        await page.getByLabel("Thiết bị", { exact: true }).check();
        await page.locator("[name=noi-dung]").selectOption("du");
        await press(page, "Khai báo và tạo khóa ký");
        secret = await page.locator("#khoa-moi").inputValue();
        assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
        await check(page, "made");
        await page.goto("/quan-tri/webhook");
        await page.getByRole("link", { name }).click();
        there = new URL(page.url()).pathname;
        assert.ok(!(await page.content()).includes(secret), "it is not shown again");
      }));

    test("a test arrives, signed", () =>
      as(administrator, async (page) => {
        await page.goto(there);
        await press(page, "Gửi thử");
        const message = await receiver.take();
        assert.deepEqual([message.type, message.data], ["webhook.test", {}]);
        assert.ok(message.signedBy(secret));
        await reads(page, "Đã nhận");
        await check(page, "tested");
      }));

    test("a record that is made is told at once", async () => {
      const id = await device(`Máy in ${name}`);
      const message = await receiver.take();
      assert.ok(message.signedBy(secret));
      assert.equal(message.type, "record.created");
      assert.equal(message.data.kind, "it-equipment/device");
      assert.equal(message.data.record, id);
      assert.equal(message.data.fields.model, `Máy in ${name}`);
      assert.match(message.data.link, new RegExp(`/api/v1/systems/it-equipment/device/${id}$`));
    });

    test("what is refused is seen, and sent again under its name", async () => {
      receiver.status = 500;
      await device(`Máy quét ${name}`);
      const first = await receiver.take();
      await as(administrator, async (page) => {
        await reads(page, "Chưa nhận, sẽ thử lại");
        assert.match(await page.locator("main").innerText(), /Mã 500/);
        assert.match(await page.content(), /&lt;b&gt;không nhận|&#60;b&#62;không nhận/);
        await check(page, "failing");
        receiver.status = 204;
        await page.locator("main button").filter({ hasText: first.id }).click();
        await page.waitForLoadState();
        const again = await receiver.take();
        assert.deepEqual([again.id, again.data], [first.id, first.data]);
      });
    });

    test("paused nothing comes, resumed it does; another secret signs beside the old one", async () => {
      await as(administrator, async (page) => {
        await page.goto(there);
        await press(page, "Tạm dừng");
        assert.match(await page.locator("main").innerText(), /Đang tạm dừng/);
        await check(page, "paused");
      });
      await device(`Máy chiếu ${name}`);
      await sleep(3_000);
      while (receiver.waiting) await receiver.take();
      await as(administrator, async (page) => {
        await page.goto(there);
        await press(page, "Đổi khóa ký");
        const next = await page.locator("#khoa-moi").inputValue();
        assert.notEqual(next, secret);
        await page.goto(there);
        await press(page, "Gửi tiếp từ chỗ đã dừng");
        let message = await receiver.take();
        while (message.data.fields.model !== `Máy chiếu ${name}`) message = await receiver.take();
        assert.ok(message.signedBy(secret) && message.signedBy(next));
      });
    });

    test("its declaration is changed, and it is removed", () =>
      as(administrator, async (page) => {
        await page.goto(there);
        await page.getByRole("link", { name: "Sửa khai báo" }).click();
        await check(page, "edit");
        await page.locator("[name=ten]").fill(`${name} mới`);
        await press(page, "Lưu khai báo");
        await page.getByRole("heading", { level: 1, name: `${name} mới` }).waitFor();
        await press(page, "Xóa nơi nhận này");
        assert.equal(await page.getByRole("link", { name: `${name} mới` }).count(), 0);
      }));
  });
}
