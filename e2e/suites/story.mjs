// The main job: an officer reports, the head approves, the coordinator consolidates, everybody can see.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { coordinator, head, officer } from "../support/accounts.mjs";
import { actors, approve, consolidate, report, titleOfTarget } from "../support/people.mjs";
import { smallPdf } from "../support/pdf.mjs";

const PERIOD = "2023Q3";

export function story(world, { title, target, figure, browser = {} }) {
  const evidence = { name: `minh-chung-${target}.pdf`, mimeType: "application/pdf", buffer: smallPdf(title) };
  const as = actors(world, browser);
  const page = (act) => as(null, act);
  let targetTitle;

  describe(`the story ${title}`, () => {
    test("nothing is reported yet", () =>
      page(async (visitor) => {
        targetTitle = await titleOfTarget(visitor, target);
        assert.ok(!(await visitor.locator("main").innerText()).includes(figure.shown));
      }));

    test("the officer enters the figure, attaches the evidence and submits", () =>
      as(officer, (desk) => report(desk, { target, period: PERIOD, figure, evidence })));

    test("what is only submitted is not public", () =>
      page(async (visitor) => {
        await visitor.goto(`/muc-tieu/${target}`);
        assert.ok(!(await visitor.locator("main").innerText()).includes(figure.shown));
      }));

    test("the head of the unit approves", () => as(head, (desk) => approve(desk, targetTitle)));

    test("the coordinator consolidates", () => as(coordinator, (desk) => consolidate(desk, targetTitle)));

    test("the public page shows the figure and explains it", () =>
      page(async (visitor) => {
        await visitor.goto(`/muc-tieu/${target}`);
        const number = visitor.locator("main a").filter({ hasText: figure.shown }).first();
        await number.click();
        await visitor.waitForLoadState();
        const explained = await visitor.locator("main").innerText();
        assert.ok(explained.includes(figure.shown), "the figure");
        assert.ok(explained.includes(officer.unit), "whose figure it is");
        for (const { name } of [officer, head, coordinator]) assert.ok(explained.includes(name), name);
        assert.ok((await visitor.locator("main time[datetime]").count()) >= 3, "when each step was taken");
        assert.ok(explained.includes(evidence.name), "with which evidence");
      }));

    test("the evidence comes back byte for byte, for those who may read it", () =>
      as(head, async (desk) => {
        await desk.goto(`/muc-tieu/${target}`);
        const link = desk.locator("main").getByRole("link", { name: evidence.name }).first();
        const address = await link.evaluate((anchor) => anchor.href);
        const response = await desk.request.get(address);
        assert.equal(response.status(), 200);
        assert.deepEqual(await response.body(), evidence.buffer, "the evidence comes back byte for byte");
        assert.match(response.headers()["content-type"], /^application\/pdf/);
        assert.equal(response.headers()["x-content-type-options"], "nosniff");
        const stranger = await page(async (visitor) => (await visitor.request.get(address)).body());
        assert.notDeepEqual(stranger, evidence.buffer, "a visitor without an account gets no file");
      }));

    test("the task has left every inbox", async () => {
      for (const account of [officer, head, coordinator]) {
        await as(account, async (desk) => {
          await desk.goto("/viec-cua-toi");
          const open = desk.locator("main :is(li, tr, article)").filter({ hasText: targetTitle });
          assert.equal(await open.getByRole("link", { name: /2023Q3|quý III/i }).count(), 0, account.login);
        });
      }
    });
  });
}
