// A growing area is drawn on the map or typed as VN-2000, found on the map of its list, and shown
// with its record. Nothing comes from elsewhere.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { grower } from "../support/accounts.mjs";
import { openPage } from "../support/browser.mjs";
import { checkPage } from "../support/check.mjs";
import { signIn } from "../support/people.mjs";

const LIST = "/he-thong/growing-area/growing-area";
/** Four corners of some 20 ha, north and east in metres of VN-2000, meridian 105°30'. */
const METRES = "1130000 547000\n1130000 547500\n1130400 547500\n1130400 547000";

/** @param {{title: string, name: string, browser?: import("playwright-core").BrowserContextOptions}} run */
export function maps(world, { title, name, browser = {} }) {
  describe(`a map of a system (${title})`, () => {
    test("a boundary goes onto the map and comes back with its record", async () => {
      const page = await openPage(world, browser);
      const elsewhere = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(world.server.url) && /^https?:/.test(request.url())) elsewhere.push(request.url());
      });
      const main = () => page.locator("main").innerText();
      try {
        await signIn(page, grower);
        await page.goto(`${LIST}/moi`);
        const text = page.locator("textarea[name=f_boundary]");
        if (page.hasScripts) await draw(page, text);
        else await text.fill(METRES);
        await fill(page, name);
        await page.getByRole("button", { name: "Lưu", exact: true }).click();
        await page.getByRole("heading", { level: 1, name }).waitFor();
        assert.match(await main(), /Diện tích theo ranh giới: [\d.,]+ ha/);
        await page.getByText("VN-2000, kinh tuyến trục 105°30'").first().click();
        assert.match(await main(), /VN-2000 105°30'\s+\d{7}\.\d{3} \d{6}\.\d{3}/);
        if (page.hasScripts) {
          await page.locator('.map-one[data-ready="true"]').waitFor();
          await checkPage(page, "ban-do-ho-so");
        }

        await page.goto(LIST);
        await page.getByRole("link", { name: "Bản đồ vùng trồng" }).click();
        await page.getByRole("heading", { level: 1, name: "Bản đồ vùng trồng" }).waitFor();
        await page.getByRole("link", { name: "Bản đồ hồ sơ" }).click();
        await page.getByRole("cell", { name }).or(page.getByRole("rowheader", { name })).first().waitFor();
        if (page.hasScripts) await look(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.ok(wide <= 0, `the map is ${wide} px too wide`);
        assert.deepEqual(elsewhere, []);
        assert.deepEqual(page.problems, []);
      } finally {
        await page.context().close();
      }
    });
  });
}

async function fill(page, name) {
  await page.locator("[name=f_name]").fill(name);
  await page.locator("[name=f_crop]").selectOption({ index: 1 });
  await page.locator("[name=f_commune]").selectOption({ label: await commune(page) });
  await page.locator("[name=f_responsible_name]").fill("Hợp tác xã Phú Quới (giả lập)");
  await page.locator("[name=f_representative_name]").fill("Ông Tám (giả lập)");
  await page.locator("[name=f_representative_phone]").fill("0912 345 678");
  await page.locator('[name="f_holders/0/full_name"]').fill("Ông Tám (giả lập)");
  await page.locator('[name="f_holders/0/citizen_id"]').fill("086090000123");
  await page.locator('[name="f_holders/0/plot_ha"]').fill("1,5");
  await page.locator("[name=f_markets]").first().check();
  await page.locator("[name=f_yearly_yield_t]").fill("120");
}

async function commune(page) {
  const options = await page.locator("[name=f_commune] option").allInnerTexts();
  return options.find((option) => option.includes("Phú Quới"));
}

/** Four clicks on the map; the text below says what was drawn, and the size beside. */
async function draw(page, text) {
  const frame = page.locator('[data-kind="draw"]');
  await frame.scrollIntoViewIfNeeded();
  await page.locator('[data-kind="draw"][data-ready="true"]').waitFor();
  await checkPage(page, "ban-do-ve");
  const canvas = frame.locator("canvas");
  for (let step = 0; step < 5; step += 1) await frame.getByRole("button", { name: "Phóng to" }).click();
  await page.waitForTimeout(2_500);
  const box = await canvas.boundingBox();
  for (const [x, y] of [[0.35, 0.35], [0.6, 0.35], [0.6, 0.65], [0.35, 0.65]]) {
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    await page.waitForTimeout(400);
  }
  const lines = (await text.inputValue()).split("\n");
  assert.equal(lines.length, 4, `four corners: ${lines}`);
  assert.match(await frame.locator("[data-said]").innerText(), /ha\): [\d.,]+ · Số góc: 4/);
  // A corner is dragged, and one taken back.
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.65);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.62, box.y + box.height * 0.7, { steps: 4 });
  await page.mouse.up();
  await page.waitForTimeout(300);
  const moved = (await text.inputValue()).split("\n");
  assert.equal(moved.length, 4);
  assert.notEqual(moved[2], lines[2]);
  await frame.getByRole("button", { name: "Bỏ điểm cuối" }).click();
  assert.equal((await text.inputValue()).split("\n").length, 3);
  // What is typed shows on the map.
  // Away from the areas that the demonstration has there: they may not overlap.
  const away = moved.map((line) => {
    const [longitude, latitude] = line.match(/[\d.]+/g).map(Number);
    return `${(longitude + 0.15).toFixed(7)} ${(latitude - 0.1).toFixed(7)}`;
  });
  await text.fill(away.join("\n"));
  assert.match(await frame.locator("[data-said]").innerText(), /Số góc: 4/);
}

async function look(page) {
  await page.locator('[data-kind="many"][data-ready="true"]').waitFor();
  await page.waitForTimeout(1_500);
  await checkPage(page, "ban-do-he-thong");
}
