// One server, one browser, the suites in the order of the story: each builds on what the one before left.

import { after, before, describe } from "node:test";

import { launchBrowser } from "./support/browser.mjs";
import { MailBox } from "./support/mail.mjs";
import { Server } from "./support/server.mjs";
import { access } from "./suites/access.mjs";
import { amendment } from "./suites/amendment.mjs";
import { audit } from "./suites/audit.mjs";
import { campaign } from "./suites/campaign.mjs";
import { everyPage } from "./suites/every-page.mjs";
import { firstAdministrator } from "./suites/first-administrator.mjs";
import { keyboard } from "./suites/keyboard.mjs";
import { people } from "./suites/people.mjs";
import { periodic } from "./suites/periodic.mjs";
import { powerCut } from "./suites/power-cut.mjs";
import { publicPages } from "./suites/public.mjs";
import { rights } from "./suites/rights.mjs";
import { story } from "./suites/story.mjs";
import { systems } from "./suites/systems.mjs";
import { rearrangement, units } from "./suites/units.mjs";

const world = {};

describe("in a browser", { concurrency: false }, () => {
  before(async () => {
    world.mail = await MailBox.open();
    world.server = await Server.start({ mail: world.mail.url });
    world.browser = await launchBrowser();
  });

  after(async () => {
    await world.browser?.close();
    await world.server?.stop();
    world.mail?.close();
  });

  publicPages(world);
  keyboard(world);
  story(world, { title: "with scripts", target: 19, figure: { part: 643, whole: 1000, shown: "64,3" } });
  story(world, {
    title: "without scripts",
    target: 20,
    figure: { part: 712, whole: 1000, shown: "71,2" },
    browser: { javaScriptEnabled: false },
  });
  audit(world, { title: "with scripts" });
  audit(world, { title: "without scripts", browser: { javaScriptEnabled: false } });
  campaign(world, { title: "with scripts", period: "2023Q1", numbers: [19, 20, 21, 22] });
  campaign(world, {
    title: "without scripts",
    period: "2023Q2",
    numbers: [19, 20, 21, 22],
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
  systems(world, { title: "with scripts", model: "Máy in A (giả lập)" });
  systems(world, {
    title: "without scripts, on a phone",
    model: "Máy in B (giả lập)",
    browser: { javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
  });
  everyPage(world, { target: 19 });
  people(world);
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
  firstAdministrator(world);
  powerCut(world, [
    { target: 19, shown: "64,3" },
    { target: 20, shown: "71,2" },
  ]);
});
