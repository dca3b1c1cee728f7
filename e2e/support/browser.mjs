// One Chromium for the whole run; a fresh context, so no cookie, for each person.

import { chromium } from "playwright-core";

const PAGE_TIMEOUT_MS = 30_000;

export const DESK = { width: 1440, height: 900 };

export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      // Maps draw through WebGL, here without a graphics card.
      "--enable-unsafe-swiftshader",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A page of a person who has not been here before. `problems` collects what the browser complains about.
 *
 * @param {{browser: import("playwright-core").Browser, server: {url: string}}} world
 * @param {{language?: "vi" | "en"} & import("playwright-core").BrowserContextOptions} options
 */
export async function openPage(world, { language = "vi", ...options } = {}) {
  const context = await world.browser.newContext({
    baseURL: world.server.url,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
    viewport: DESK,
    ...options,
  });
  context.setDefaultTimeout(PAGE_TIMEOUT_MS);
  if (language !== "vi") await context.addCookies([{ name: "lang", value: language, url: world.server.url }]);
  const page = await context.newPage();
  page.problems = [];
  page.hasScripts = options.javaScriptEnabled !== false;
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.problems.push(`script: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) page.problems.push(`${response.status()} ${response.url()}`);
  });
  return page;
}

/** Runs `visit` with a page and closes its context whatever happens. */
export async function withPage(world, options, visit) {
  const page = await openPage(world, options);
  try {
    return await visit(page);
  } finally {
    await page.context().close();
  }
}
