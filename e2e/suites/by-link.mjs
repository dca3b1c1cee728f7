// A body without accounts reports by a link that ends: made, filled in on a phone, sent, reopened, consolidated,
// withdrawn.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { coordinator } from "../support/accounts.mjs";
import { withPage } from "../support/browser.mjs";
import { checkPage } from "../support/check.mjs";
import { smallPdf } from "../support/pdf.mjs";
import { actors } from "../support/people.mjs";

const PHONE = { width: 360, height: 740 };

/** What is said in each language, where nothing else tells a button or a state. */
const SAID = {
  vi: {
    preview: "Xem trước",
    open: "Mở đợt và gửi phiếu",
    none: "Chưa có liên kết",
    works: "Liên kết đang dùng được",
    withdrawn: "Liên kết đã thu hồi",
    show: "Tạo và hiện liên kết",
    mail: "Tạo và gửi qua thư",
    withdraw: "Thu hồi liên kết",
    save: "Lưu bản nháp",
    send: "Gửi phiếu",
    sent: /Phiếu đã gửi lúc/,
    byLink: /gửi phiếu qua liên kết lúc/,
    way: /Gửi qua liên kết, không qua tài khoản/,
    reopen: "Mở lại phiếu",
    consolidate: "Tổng hợp phiếu",
    ask: /Hãy hỏi cơ quan đã gửi liên kết/,
  },
  en: {
    preview: "Preview",
    open: "Open the call and send the sheets",
    none: "No link yet",
    works: "Link works",
    withdrawn: "Link was withdrawn",
    show: "Make and show the link",
    mail: "Make and mail it",
    withdraw: "Withdraw the link",
    save: "Save draft",
    send: "Send the sheet",
    sent: /The sheet was sent at/,
    byLink: /sent this sheet by its link at/,
    way: /Sent by a link, not from an account/,
    reopen: "Reopen the sheet",
    consolidate: "Consolidate the sheet",
    ask: /Ask whoever sent it to you/,
  },
};

/** `target` is led by one body in which nobody has an account, and measured by a share. */
export function byLink(world, { title, period, target, language = "vi", mailed = false, browser = {} }) {
  const said = SAID[language];
  const name = `Báo cáo bằng liên kết ${title} (giả lập)`;
  const as = actors(world, { language, ...browser });
  const evidence = { name: `danh-sach-${target}.pdf`, mimeType: "application/pdf", buffer: smallPdf(title) };
  const main = (page) => page.locator("main");
  const press = async (page, button) => {
    await main(page).getByRole("button", { name: button, exact: true }).click();
    await page.waitForLoadState();
  };
  const fine = async (page) => {
    const errors = main(page).locator("[role=alert]");
    if (await errors.count()) assert.fail(`refused: ${(await errors.allInnerTexts()).join("; ")}`);
  };
  /** Somebody at the body: no account, and a browser that was never here. */
  const onPhone = (visit) => withPage(world, { language, ...browser, viewport: PHONE }, visit);
  const address = `bao.cao.${target}@vidu.vn`;
  let campaign;
  let making;
  let link;

  describe(`a body without accounts ${title}`, () => {
    test("the coordinator opens a call and makes the link", () =>
      as(coordinator, async (page) => {
        await page.goto("/dot-bao-cao/moi");
        await page.locator("input[name=ten]").fill(name);
        await page.locator("select[name=ky]").selectOption(period);
        await page.locator("input[name=pham-vi][value=so]").check();
        await page.locator("input[name=so]").fill(String(target));
        await press(page, said.preview);
        await press(page, said.open);
        await fine(page);
        campaign = new URL(page.url()).pathname;
        await main(page).getByRole("link", { name: said.none }).click();
        await page.waitForURL(/\/lien-ket\//);
        making = new URL(page.url()).pathname;
        await checkPage(page, `lien-ket-${target}`, language);
        // Never unlimited.
        assert.match(await page.locator("input[name=den-ngay]").inputValue(), /^\d{4}-\d\d-\d\d$/);
        if (mailed) {
          await page.locator("input[name=thu]").fill(address);
          await press(page, said.mail);
          await fine(page);
          const letter = await world.mail.take(address);
          link = letter.match(/\/phieu\/[\w-]{43}/)[0];
        } else {
          await press(page, said.show);
          await fine(page);
          link = new URL(await page.locator("#lien-ket-mot-lan").inputValue()).pathname;
          await checkPage(page, `lien-ket-moi-${target}`, language);
        }
        await page.goto(making);
        assert.ok(!(await page.content()).includes(link), "told once");
        await page.goto(campaign);
        assert.ok(await main(page).getByRole("link", { name: said.works }).isVisible());
      }));

    test("on a phone the body saves, and goes on later", async () => {
      await onPhone(async (page) => {
        await page.goto(link);
        await checkPage(page, `phieu-lien-ket-${target}`, language);
        await page.setViewportSize(PHONE);
        await page.locator("input[name=ts-1]").fill("12");
        await press(page, said.save);
        await fine(page);
      });
      await onPhone(async (page) => {
        await page.goto(link);
        assert.equal(await page.locator("input[name=ts-1]").inputValue(), "12");
        // What cannot be comes back as it was typed, with its file.
        await page.locator("input[name=ts-1]").fill("120");
        await page.locator("input[name=ms-1]").fill("100");
        await page.locator("input[name=tep-1]").setInputFiles(evidence);
        await press(page, said.send);
        assert.equal(await main(page).locator("[role=alert]").count(), 1);
        assert.equal(await page.locator("input[name=ts-1]").inputValue(), "120");
        assert.match(await main(page).innerText(), new RegExp(evidence.name));
        page.problems.length = 0;
        await checkPage(page, `phieu-lien-ket-sai-${target}`, language);
        await page.setViewportSize(PHONE);
        await page.locator("input[name=ts-1]").fill("28");
        await sendExplained(page);
        assert.match(await main(page).innerText(), said.sent);
        assert.match(await main(page).innerText(), new RegExp(evidence.name));
        assert.equal(await page.locator("input[name=ts-1]").count(), 0, "read-only");
        await checkPage(page, `phieu-lien-ket-da-gui-${target}`, language);
      });
    });

    /** Sends the sheet; what looks strange is explained, as the page asks. */
    async function sendExplained(page) {
      await press(page, said.send);
      const boxes = await main(page).locator("textarea[name=gt-1]").all();
      if (boxes.length) {
        for (const box of boxes) await box.fill("Đã đối chiếu với danh sách kèm theo (giả lập)");
        page.problems.length = 0;
        await press(page, said.send);
      }
      await fine(page);
    }

    test("the coordinator sees how it came, and reopens it with a reason", () =>
      as(coordinator, async (page) => {
        await page.goto(campaign.concat("/phieu/", making.split("/").pop()));
        assert.match(await main(page).innerText(), said.byLink);
        await checkPage(page, `phieu-qua-lien-ket-${target}`, language);
        await page.locator("input[name=lai]").check();
        await main(page).locator("details summary").last().click();
        await page.locator("textarea[name=ly-do]").fill("Chưa tính chi nhánh huyện");
        await press(page, said.reopen);
        await fine(page);
      }));

    test("the body corrects it by the same link", () =>
      onPhone(async (page) => {
        await page.goto(link);
        assert.match(await main(page).innerText(), /Chưa tính chi nhánh huyện/);
        await page.locator("input[name=ts-1]").fill("29");
        await sendExplained(page);
        assert.match(await main(page).innerText(), said.sent);
      }));

    test("consolidated, the public figure says that it came by a link", async () => {
      await as(coordinator, async (page) => {
        await page.goto(campaign.concat("/phieu/", making.split("/").pop()));
        await press(page, said.consolidate);
        await fine(page);
      });
      await onPhone(async (page) => {
        await page.goto(`/muc-tieu/${target}`);
        assert.match(await main(page).innerText(), said.way);
      });
    });

    test("withdrawn, the link says whom to ask", async () => {
      await as(coordinator, async (page) => {
        await page.goto(making);
        await press(page, said.withdraw);
        assert.match(await main(page).innerText(), new RegExp(said.withdrawn));
      });
      await onPhone(async (page) => {
        for (const void_ of [link, `/phieu/${"A".repeat(43)}`]) {
          await page.goto(void_);
          assert.match(await main(page).innerText(), said.ask);
          assert.ok(!(await main(page).innerText()).includes(name));
        }
        page.problems.length = 0;
        await checkPage(page, `phieu-lien-ket-het-${target}`, language);
      });
    });
  });
}
