// Every page, in both languages, on a desk in light and on a phone in dark, through axe.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import {
  administrator,
  chairman,
  coordinator,
  grower,
  head,
  keeper,
  leader,
  officer,
  publisher,
} from "../support/accounts.mjs";
import { checkPage } from "../support/check.mjs";
import { actors } from "../support/people.mjs";

/** A page whose address holds an identity: the first such that another page leads to, or a page below it. */
function firstLink(from, prefix, below = "") {
  return {
    find: async (page) => {
      await page.goto(from);
      const hrefs = await page
        .locator(`main a[href^="${prefix}"]`)
        .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      const found = hrefs.find((href) => !/\?|\/[a-z-]+$/.test(href));
      assert.ok(found, `${from} leads to a page below ${prefix}`);
      return found + below;
    },
    toString: () => `${prefix}…${below} from ${from}`,
  };
}

/**
 * An import that was begun for this.
 *
 * @param {string} from where imports are begun
 */
function begunImport(from) {
  return {
    find: async (page) => {
      await page.goto(from);
      const buffer = Buffer.from("Hãng và kiểu\nMáy in (giả lập)\n");
      await page.locator("#tep").setInputFiles({ name: "thiet-bi.csv", mimeType: "text/csv", buffer });
      await page.locator("form.card button[type=submit]").click();
      await page.waitForURL((url) => url.pathname.startsWith(`${from}/`));
      return new URL(page.url()).pathname;
    },
    toString: () => `${from}/…`,
  };
}

/** A page to which the first row of another page's table leads. */
function firstRow(from) {
  return {
    find: async (page) => {
      await page.goto(from);
      return page.locator("main tbody th a").first().getAttribute("href");
    },
    toString: () => `the first row of ${from}`,
  };
}

/** A call in which a body without accounts reports by a link. */
const CALL_WITH_A_LINK = {
  find: async (page) => {
    await page.goto("/dot-bao-cao");
    return page.locator("main a").filter({ hasText: "Báo cáo bằng liên kết" }).first().getAttribute("href");
  },
  toString: () => "a call with a body without accounts",
};

/** Where the link of such a body is made. */
const LINK_OF_A_BODY = {
  find: async (page) => {
    await page.goto(await CALL_WITH_A_LINK.find(page));
    return page.locator('main a[href*="/lien-ket/"]').first().getAttribute("href");
  },
  toString: () => "the link of a body without accounts",
};

const PUBLIC = {
  "tong-quan": "/",
  "ke-hoach": "/ke-hoach",
  "ke-hoach-tim": "/ke-hoach?q=chu+ky+so",
  "ke-hoach-khong-thay": "/ke-hoach?q=khongcotunaonhuvay",
  "muc-tieu": "/muc-tieu/15",
  "tien-do": "/tien-do",
  "tien-do-loc": "/tien-do?nhom=II&trang-thai=no_data",
  "tien-do-ban-do-nhiet": "/tien-do/ban-do-nhiet",
  "tien-do-quy-ve": "/tien-do/ban-do-nhiet?ngay=2025-07-01&nhom=I",
  "tien-do-mot-don-vi": firstLink("/tien-do/ban-do-nhiet", "/tien-do/don-vi/"),
  "tien-do-ban-chi-dao": "/tien-do/ban-chi-dao",
  "tien-do-thay-doi": "/tien-do/thay-doi",
  "tien-do-du-an": "/tien-do/du-an",
  "du-an": "/du-an",
  "so-do": "/so-do",
  "nhiem-vu": "/nhiem-vu",
  "so-lieu-truoc": "/so-lieu-truoc",
  "diem-chua-khop": "/diem-chua-khop",
  "van-ban": "/van-ban",
  "van-ban-phu-luc": "/van-ban?dong=1491",
  "don-vi": "/don-vi",
  "mot-don-vi": firstLink("/don-vi", "/don-vi/"),
  "ban-do-cong-khai": "/ban-do",
  "ban-do-vung-trong": "/ban-do/growing-area/growing-area",
  "tim": "/tim?q=chu+ky+so",
  "tim-khong-thay": "/tim?q=khongcotunaonhuvay",
  "tra-cuu": "/tra-cuu",
  "tra-cuu-ma": "/tra-cuu/growing-area/growing-area/by-code",
  "tra-cuu-khong-thay": "/tra-cuu/growing-area/growing-area/by-code?code=VN-VLOR-9999",
  "design": "/design",
  "gioi-thieu": "/gioi-thieu",
  "dang-nhap": "/dang-nhap",
};

export function everyPage(world, { target }) {
  const reported = { "muc-tieu-co-so-lieu": `/muc-tieu/${target}` };
  const signedIn = {
    "viec-cua-toi": "/viec-cua-toi",
    "bao-cao": "/bao-cao",
    "dot-bao-cao": "/dot-bao-cao",
    "mot-dot-bao-cao": firstLink("/dot-bao-cao", "/dot-bao-cao/"),
    "mot-bao-cao": firstLink(`/muc-tieu/${target}`, "/bao-cao/"),
    "lich-su-bao-cao": firstLink(`/muc-tieu/${target}`, "/bao-cao/", "/lich-su"),
    "y-kien-phoi-hop": firstLink("/muc-tieu/21", "/bao-cao/", "/y-kien"),
    "vuong-mac": "/vuong-mac",
    "vuong-mac-moi": `/vuong-mac/moi?muc-tieu=${target}`,
    "mot-vuong-mac": firstLink("/vuong-mac", "/vuong-mac/"),
    "phieu-excel": "/bao-cao/phieu",
    "du-an-theo-doi": "/du-an/theo-doi",
    "du-an-kinh-phi": "/du-an/kinh-phi",
    "mot-du-an": firstRow("/du-an/theo-doi"),
    "ke-hoach-don-vi": "/ke-hoach-don-vi",
    "mot-ke-hoach-don-vi": firstRow("/ke-hoach-don-vi"),
    "bao-cao-moi": `/bao-cao/moi?muc-tieu=${target}&ky=2023Q4`,
    "he-thong": "/he-thong",
    "he-thong-huong-dan": "/huong-dan/it-equipment",
    "so-lieu": "/so-lieu",
    "so-lieu-mot": "/so-lieu/system-level/information-system/approved-share",
    "he-thong-danh-sach": "/he-thong/it-equipment/device",
    "he-thong-bang": "/he-thong/it-equipment/device/xem/by-state",
    "he-thong-bieu-do": "/he-thong/it-equipment/device/xem/by-kind",
    "he-thong-moi": "/he-thong/it-equipment/device/moi",
    "he-thong-cung-luc": "/he-thong/it-equipment/device/cung-luc?viec=sua.model",
    "he-thong-nhap": "/he-thong/it-equipment/device/nhap",
    "he-thong-lan-nhap": begunImport("/he-thong/it-equipment/device/nhap"),
    "he-thong-luu-tru": "/he-thong/it-equipment/device/luu-tru",
    "he-thong-ban-ghi": firstLink("/he-thong/it-equipment/device", "/he-thong/it-equipment/device/"),
    "he-thong-lich-su": firstLink("/he-thong/it-equipment/device", "/he-thong/it-equipment/device/", "/lich-su"),
    "tai-khoan": "/tai-khoan",
    "ho-so": "/tai-khoan/ho-so",
    "ai-da-xem": "/tai-khoan/luot-xem",
  };
  const running = {
    "viec-cua-toi": "/viec-cua-toi",
    "dot-bao-cao": "/dot-bao-cao",
    "dot-bao-cao-moi": "/dot-bao-cao/moi",
    "mot-dot-bao-cao": firstLink("/dot-bao-cao", "/dot-bao-cao/"),
    "dot-bao-cao-lien-ket": CALL_WITH_A_LINK,
    "lien-ket-nop-phieu": LINK_OF_A_BODY,
    "bao-cao-dinh-ky": "/bao-cao-dinh-ky",
    "bao-cao-dinh-ky-moi": "/bao-cao-dinh-ky/moi",
    "mot-bao-cao-dinh-ky": firstLink("/bao-cao-dinh-ky", "/bao-cao-dinh-ky/0"),
    "xem-bao-cao-dinh-ky": firstLink("/bao-cao-dinh-ky", "/bao-cao-dinh-ky/0", "/xem"),
    "thong-tin-bao-cao-dinh-ky": firstLink("/bao-cao-dinh-ky", "/bao-cao-dinh-ky/0", "/thong-tin"),
    "doi-chieu-bao-cao-dinh-ky": firstLink("/bao-cao-dinh-ky", "/bao-cao-dinh-ky/0", "/doi-chieu"),
    "mau-bao-cao-dinh-ky": "/bao-cao-dinh-ky/mau",
    "nhap-ke-hoach": "/ke-hoach/nhap",
    "sua-doi": "/ke-hoach/sua-doi",
    "sua-doi-moi": "/ke-hoach/sua-doi/moi",
    "mot-sua-doi": firstLink("/ke-hoach/sua-doi", "/ke-hoach/sua-doi/"),
    "sua-doi-muc-tieu": firstLink("/ke-hoach/sua-doi", "/ke-hoach/sua-doi/", "/muc-tieu?so=15"),
    "ten-goi": "/ke-hoach/ten-goi",
    "mot-nhiem-vu": firstLink("/nhiem-vu", "/nhiem-vu/"),
    "nguon-so-lieu": "/muc-tieu/19/nguon-so-lieu",
    "cong-bo": "/tien-do/cong-bo",
    "ngan-sach": "/du-an/kinh-phi/ngan-sach",
    "han-ke-hoach-don-vi": "/ke-hoach-don-vi/han",
  };
  const administration = {
    "cong-viec": "/quan-tri/cong-viec",
    "webhook": "/quan-tri/webhook",
    "webhook-moi": "/quan-tri/webhook/moi",
    "nhat-ky": "/quan-tri/nhat-ky",
    "can-bo": "/quan-tri/can-bo",
    "can-bo-nhap": "/quan-tri/can-bo/nhap",
    "mot-can-bo": firstLink("/quan-tri/can-bo?q=phuoc", "/quan-tri/can-bo/0"),
    "nhat-ky-tai-khoan": "/quan-tri/nhat-ky?tu-khoa=account",
    "nhat-ky-mot-muc": firstLink("/quan-tri/nhat-ky?tu-khoa=account", "/quan-tri/nhat-ky/muc/"),
    "luot-xem": "/quan-tri/luot-xem",
  };
  const keeping = {
    "can-bo": "/quan-tri/can-bo",
    "can-bo-moi": "/quan-tri/can-bo/moi",
    "can-bo-nhap": "/quan-tri/can-bo/nhap",
    "mot-can-bo": firstLink("/quan-tri/can-bo", "/quan-tri/can-bo/0"),
    "vi-tri-moi": firstLink("/quan-tri/can-bo", "/quan-tri/can-bo/0", "/vi-tri"),
    "tai-khoan": "/quan-tri/tai-khoan",
    "mot-tai-khoan": firstLink("/quan-tri/tai-khoan", "/quan-tri/tai-khoan/0"),
  };

  // Nothing is written here: each language has a processor of its own.
  describe("every page", { concurrency: 2 }, () => {
    for (const language of ["vi", "en"]) {
      describe(language, { concurrency: false }, () => {
        check("public", null, { ...PUBLIC, ...reported }, language);
        check("officer", officer, signedIn, language);
        check("partner", publisher, { "cho-y-kien": firstLink("/viec-cua-toi", "/y-kien/") }, language);
        check("head", head, { "viec-cua-toi": "/viec-cua-toi" }, language);
        check("coordinator", coordinator, running, language);
        check("chairman", chairman, { "vuong-mac": "/vuong-mac" }, language);
        check("leader", leader, { "bao-cao": "/bao-cao", "ban-do": "/he-thong/growing-area/growing-area/ban-do" }, language);
        check("grower", grower, { "lich": "/he-thong/growing-area/monitoring-visit/xem/calendar" }, language);
        check("administrator", administrator, administration, language);
        check("keeper", keeper, keeping, language);
      });
    }
  });

  function check(who, account, paths, language) {
    const as = actors(world, { language });
    for (const [name, path] of Object.entries(paths)) {
      test(`${path} as ${who}`, () =>
        as(account, async (page) => {
          const address = typeof path === "string" ? path : await path.find(page);
          const response = await page.goto(address);
          assert.equal(response.status(), 200, address);
          await checkPage(page, `${who}-${name}-${language}`, language);
        }));
    }
  }
}
