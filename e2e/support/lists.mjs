/** Distinct addresses below `prefix` on this page and on the pages that follow it. */
export async function linksBelow(page, prefix) {
  const found = new Set();
  for (;;) {
    const hrefs = await page
      .locator(`main a[href^="${prefix}"]`)
      .evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
    for (const href of hrefs) found.add(href);
    const next = page.locator("main a[rel~=next]");
    if ((await next.count()) === 0) return found;
    await next.first().click();
    await page.waitForLoadState();
  }
}
