// kill -9, the same data folder again: what was acknowledged is there.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withPage } from "../support/browser.mjs";

/** @param {{target: number, shown: string}[]} figures that were consolidated before */
export function powerCut(world, figures) {
  test("after kill -9 every consolidated figure is still there", async () => {
    await world.server.killAndRestart();
    await withPage(world, {}, async (page) => {
      for (const { target, shown } of figures) {
        await page.goto(`/muc-tieu/${target}`);
        assert.ok((await page.locator("main").innerText()).includes(shown), `/muc-tieu/${target} shows ${shown}`);
      }
    });
  });
}
