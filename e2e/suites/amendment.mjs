// An obstacle: written, sent, passed up, answered, confirmed; a later decision that follows from it; progress
// judged by what was in force at each period's end.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { chairman, coordinator, head, officer } from "../support/accounts.mjs";
import { withPage } from "../support/browser.mjs";
import { checkPage } from "../support/check.mjs";
import { actors } from "../support/people.mjs";

const TABS_AT_MOST = 400;

export function amendment(world, { title, target, symbol, keys = false, browser = {} }) {
  const what = `Chưa được bố trí kinh phí cho mục tiêu ${target} (giả lập)`;
  const hand = keys ? keyboard : mouse;
  const as = actors(world, browser);
  const main = (page) => page.locator("main");
  const said = (page) => main(page).innerText();
  const fine = async (page) => {
    const errors = main(page).locator("[role=alert]");
    if (await errors.count()) assert.fail(`refused: ${(await errors.allInnerTexts()).join("; ")}`);
  };
  const openTask = async (page, text) => {
    await page.goto("/viec-cua-toi");
    const row = main(page).locator("tr").filter({ hasText: text }).filter({ hasText: what });
    await hand.follow(page, row.getByRole("link").first());
    await page.waitForURL(/\/vuong-mac\//);
  };

  describe(`an obstacle and an amendment ${title}`, () => {
    test("the officer reports what stands in the way, from the target's page", () =>
      as(officer, async (page) => {
        await page.goto(`/muc-tieu/${target}`);
        await hand.follow(page, main(page).getByRole("link", { name: "Phản ánh vướng mắc" }));
        await page.waitForURL(/\/vuong-mac\/moi/);
        await checkPage(page, `vuong-mac-moi-${target}`);
        await hand.type(page, main(page).locator("[name=vuong-mac]"), what);
        await hand.type(page, main(page).locator("[name=kien-nghi]"), "Điều chỉnh mức phải đạt");
        await hand.press(page, "Trình lãnh đạo đơn vị");
        await fine(page);
        assert.match(await said(page), /Chờ lãnh đạo đơn vị gửi/);
      }));

    test("the head sends it to whoever coordinates", () =>
      as(head, async (page) => {
        await openTask(page, "Gửi hoặc trả lại");
        await hand.press(page, "Gửi kiến nghị");
        await fine(page);
        assert.match(await said(page), /Chờ trả lời/);
        await checkPage(page, `vuong-mac-${target}`);
      }));

    test("the coordinator passes it up, not without a reason", () =>
      as(coordinator, async (page) => {
        await openTask(page, "Trả lời kiến nghị");
        await hand.type(page, main(page).locator("[name=ly-do-chuyen]"), "Vượt thẩm quyền");
        await checkPage(page, `vuong-mac-hoi-${target}`);
        await hand.press(page, "Chuyển lên cấp trên");
        await fine(page);
        assert.match(await said(page), /Đã chuyển lên cấp trên/);
      }));

    test("the chairman answers", () =>
      as(chairman, async (page) => {
        await openTask(page, "Trả lời kiến nghị");
        assert.match(await said(page), /Vượt thẩm quyền/);
        await hand.type(page, main(page).locator("[name=tra-loi]"), "Đồng ý điều chỉnh mục tiêu");
        await hand.press(page, "Gửi trả lời");
        await fine(page);
        assert.match(await said(page), /Đã trả lời/);
      }));

    test("the unit opens it again, is answered again, and confirms", async () => {
      await as(officer, async (page) => {
        await openTask(page, "Xác nhận vướng mắc");
        assert.match(await said(page), /Đồng ý điều chỉnh mục tiêu/);
        await hand.type(page, main(page).locator("[name=ly-do-mo-lai]"), "Chưa có văn bản");
        await hand.press(page, "Mở lại và hỏi lại");
        await fine(page);
      });
      await as(chairman, async (page) => {
        await openTask(page, "Trả lời kiến nghị");
        await hand.type(page, main(page).locator("[name=tra-loi]"), "Giao Sở ban hành văn bản sửa đổi");
        await hand.press(page, "Gửi trả lời");
        await fine(page);
      });
      await as(officer, async (page) => {
        await openTask(page, "Xác nhận vướng mắc");
        await hand.press(page, "Xác nhận đã được giải quyết");
        await fine(page);
        assert.match(await said(page), /Đã giải quyết/);
      });
    });

    test("the committee's page counts it, and the public sees nothing of it", async () => {
      await as(coordinator, async (page) => {
        await page.goto("/tien-do/ban-chi-dao");
        assert.match(await page.locator("#vuong-mac").innerText(), /Đang chờ trả lời/);
      });
      await withPage(world, browser, async (page) => {
        await page.goto("/tien-do/ban-chi-dao");
        assert.equal(await page.locator("#vuong-mac").count(), 0);
        await page.goto(`/muc-tieu/${target}`);
        assert.doesNotMatch(await said(page), /Chưa được bố trí kinh phí/);
      });
    });

    test("a later decision raises the goal from a day on; earlier periods stand as they did", async () => {
      const standing = async () =>
        withPage(world, browser, async (page) => {
          await page.goto(`/muc-tieu/${target}`);
          return main(page).locator(".callout p").first().innerText();
        });
      const before = await standing();
      assert.match(before, /^Đạt\./, "the goal of the plan as issued is reached");
      const amend = (number, day) =>
        as(coordinator, async (page) => {
          await page.goto("/vuong-mac");
          await hand.follow(page, main(page).getByRole("link", { name: what }));
          await hand.follow(page, main(page).getByRole("link", { name: /^Soạn văn bản sửa đổi/ }));
          await page.waitForURL(/\/ke-hoach\/sua-doi\/moi/);
          await hand.type(page, main(page).locator("[name=so-hieu]"), number);
          await hand.day(page, main(page).locator("[name=ngay-ky]"), "2023-12-20");
          await hand.day(page, main(page).locator("[name=hieu-luc]"), day);
          await hand.press(page, "Lưu bản soạn");
          await fine(page);
          await hand.choose(page, main(page).locator("select[name=so]"), String(target));
          await hand.press(page, "Sửa đổi mục tiêu này");
          await page.waitForURL(/\/muc-tieu\?so=/);
          await hand.type(page, main(page).locator("[name=nguong-1]"), "99");
          await checkPage(page, `sua-doi-muc-tieu-${target}`);
          await hand.press(page, "Lưu vào bản soạn");
          await fine(page);
          await checkPage(page, `sua-doi-${target}`);
          await hand.press(page, "Ghi nhận hiệu lực");
          await fine(page);
          assert.match(await said(page), /Đã ghi nhận/);
        });
      await amend(symbol, "2024-01-01");
      assert.equal(await standing(), before, "what was reported is judged by what was in force then");
      await withPage(world, browser, async (page) => {
        await page.goto(`/muc-tieu/${target}`);
        const versions = await page.locator("#hieu-luc").innerText();
        assert.match(versions, new RegExp(`từ 01/01/2024[^]*${symbol}[^]*đến hết 31/12/2023`));
        await checkPage(page, `muc-tieu-sua-doi-${target}`);
      });
      await amend(`${symbol.split("/")[0]}a/QĐ-UBND`, "2023-04-15");
      assert.doesNotMatch(await standing(), /^Đạt\./, "judged by the higher goal once that was in force in time");
    });
  });
}

/** By label and button, as with a mouse. */
const mouse = {
  follow: (page, link) => link.first().click(),
  type: (page, field, text) => field.fill(text),
  day: (page, field, day) => field.fill(day),
  choose: (page, field, value) => field.selectOption(value),
  press: async (page, name) => {
    await leaves(page, () => page.locator("main").getByRole("button", { name, exact: true }).click());
  },
};

/** With keys alone: whatever is used is reached by Tab first, and shows that it has the focus. */
const keyboard = {
  follow: async (page, link) => {
    await reach(page, link.first());
    await leaves(page, () => page.keyboard.press("Enter"));
  },
  type: async (page, field, text) => {
    await reach(page, field);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
  },
  day: async (page, field, day) => {
    const [year, month, date] = day.split("-");
    await reach(page, field);
    // In the order in which this browser shows a date.
    for (const typed of [`${month}${date}${year}`, `${date}${month}${year}`, `${year}${month}${date}`]) {
      await page.keyboard.type(typed);
      if ((await field.inputValue()) === day) return;
      await field.evaluate((input) => {
        input.value = "";
        input.blur();
      });
      await reach(page, field);
    }
    assert.fail(`no way to type ${day}; it reads ${await field.inputValue()}`);
  },
  choose: async (page, field, value) => {
    await reach(page, field);
    // A list jumps to what is typed: here the number at the head of its lines.
    await page.keyboard.type(`${value}.`);
    assert.equal(await field.inputValue(), value);
  },
  press: async (page, name) => {
    await reach(page, page.locator("main").getByRole("button", { name, exact: true }));
    await leaves(page, () => page.keyboard.press("Enter"));
  },
};

/** Does what leads to another page, and waits for that: a key says nothing of what it set off. */
async function leaves(page, act) {
  const gone = page.waitForEvent("framenavigated");
  await act();
  await gone;
  await page.waitForLoadState();
}

/** Tabs on until the element has the focus. */
async function reach(page, locator) {
  await locator.waitFor();
  for (let stops = 0; stops < TABS_AT_MOST; stops++) {
    const there = await locator.evaluate((element) => element === document.activeElement);
    if (there) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${locator} is not reached by ${TABS_AT_MOST} tabs`);
}
