// One browser, two lanes with a server of their own each, side by side: a processor for each. In a lane the
// suites run in the order of its story: each builds on what the one before left.

import { after, before, describe } from "node:test";

import { launchBrowser } from "./support/browser.mjs";
import { MailBox } from "./support/mail.mjs";
import { Server } from "./support/server.mjs";
import { access } from "./suites/access.mjs";
import { amendment } from "./suites/amendment.mjs";
import { audit } from "./suites/audit.mjs";
import { byLink } from "./suites/by-link.mjs";
import { campaign } from "./suites/campaign.mjs";
import { everyPage } from "./suites/every-page.mjs";
import { firstAdministrator } from "./suites/first-administrator.mjs";
import { hooks } from "./suites/hooks.mjs";
import { keeping } from "./suites/keeping.mjs";
import { keyboard } from "./suites/keyboard.mjs";
import { maps } from "./suites/maps.mjs";
import { opinions } from "./suites/opinions.mjs";
import { people } from "./suites/people.mjs";
import { periodic } from "./suites/periodic.mjs";
import { powerCut } from "./suites/power-cut.mjs";
import { projects } from "./suites/projects.mjs";
import { publicPages } from "./suites/public.mjs";
import { rights } from "./suites/rights.mjs";
import { story } from "./suites/story.mjs";
import { systems } from "./suites/systems.mjs";
import { rearrangement, units } from "./suites/units.mjs";

const world = { plan: {}, administration: {} };

describe("in a browser", { concurrency: false }, () => {
  before(async () => {
    const browser = await launchBrowser();
    for (const lane of Object.values(world)) {
      lane.browser = browser;
      lane.mail = await MailBox.open();
    }
    await Promise.all(
      Object.values(world).map(async (lane) => (lane.server = await Server.start({ mail: lane.mail.url }))),
    );
  });

  after(async () => {
    await world.plan.browser?.close();
    for (const lane of Object.values(world)) {
      await lane.server?.stop();
      lane.mail?.close();
    }
  });

  describe("side by side", { concurrency: 2 }, () => {
    describe("the plan and its systems", { concurrency: false }, () => thePlan(world.plan));
    describe("units, people and rights", { concurrency: false }, () => administration(world.administration));
  });

  // All that the lane of the plan left is there to be looked at.
  everyPage(world.plan, { target: 19 });
  powerCut(world.plan, [
    { target: 19, shown: "64,3" },
    { target: 20, shown: "71,2" },
  ]);
});

function thePlan(world) {
  publicPages(world);
  keyboard(world);
  story(world, { title: "with scripts", target: 19, figure: { part: 643, whole: 1000, shown: "64,3" } });
  story(world, {
    title: "without scripts",
    target: 20,
    figure: { part: 712, whole: 1000, shown: "71,2" },
    browser: { javaScriptEnabled: false },
  });
  campaign(world, { title: "with scripts", period: "2023Q1", numbers: [19, 20, 21, 22] });
  campaign(world, {
    title: "without scripts",
    period: "2023Q2",
    numbers: [19, 20, 21, 22],
    browser: { javaScriptEnabled: false },
  });
  byLink(world, { title: "with scripts", period: "2023Q1", target: 115 });
  byLink(world, {
    title: "without scripts, mailed",
    period: "2023Q1",
    target: 97,
    language: "en",
    mailed: true,
    browser: { javaScriptEnabled: false },
  });
  periodic(world, { title: "with scripts", period: "2023Q3" });
  periodic(world, { title: "without scripts", period: "2023N9", browser: { javaScriptEnabled: false } });
  amendment(world, { title: "with the keyboard alone", target: 19, symbol: "1901/QĐ-UBND", keys: true });
  amendment(world, {
    title: "without scripts",
    target: 20,
    symbol: "2001/QĐ-UBND",
    browser: { javaScriptEnabled: false },
  });
  opinions(world, { title: "with scripts", target: 21 });
  opinions(world, {
    title: "without scripts, on a phone",
    target: 22,
    browser: { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
  });
  systems(world, { title: "with scripts", model: "Máy in A (giả lập)" });
  systems(world, {
    title: "without scripts, on a phone",
    model: "Máy in B (giả lập)",
    browser: { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
  });
  projects(world, { title: "with the keyboard", number: 0, months: ["2023-05"], ownPlan: true, keys: true });
  projects(world, {
    title: "without scripts",
    number: 1,
    months: ["2023-06"],
    browser: { javaScriptEnabled: false },
  });
  maps(world, { title: "drawn", name: "Vùng sầu riêng ấp Phú Long (giả lập)" });
  maps(world, {
    title: "typed without scripts, on a phone",
    name: "Vùng bưởi ấp Phú An (giả lập)",
    browser: { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
  });
}

function administration(world) {
  audit(world, { title: "with scripts" });
  audit(world, { title: "without scripts", browser: { javaScriptEnabled: false } });
  people(world);
  keeping(world, { title: "with scripts", name: "Đinh Thị Hạnh (giả lập)", login: "hanh.dt" });
  keeping(world, {
    title: "without scripts, on a phone",
    name: "Phan Văn Nghĩa (giả lập)",
    login: "nghia.pv",
    browser: { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
  });
  access(world, { title: "with scripts", login: "huong.tt", name: "Trương Thị Hương (giả lập)" });
  access(world, {
    title: "without scripts",
    login: "khoa.ld",
    name: "Lê Đăng Khoa (giả lập)",
    language: "en",
    browser: { javaScriptEnabled: false },
  });
  rights(world, { title: "with the keyboard alone", code: "thanh_tra", keys: true });
  rights(world, {
    title: "without scripts",
    code: "kiem_tra",
    language: "en",
    browser: { javaScriptEnabled: false },
  });
  units(world, {
    title: "with scripts",
    merger: { from: "29551", into: "29548", name: "UBND phường 2", became: "UBND phường 1" },
  });
  units(world, {
    title: "without scripts",
    language: "en",
    browser: { javaScriptEnabled: false },
    merger: { from: "29854", into: "29821", name: "UBND xã Thiện Mỹ", became: "UBND thị trấn Trà Ôn" },
  });
  rearrangement(world);
  hooks(world, { title: "with scripts", name: "Nền tảng LGSP (giả lập)" });
  hooks(world, {
    title: "without scripts, on a phone",
    name: "Hệ thống của bộ (giả lập)",
    browser: { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
  });
  firstAdministrator(world);
}
