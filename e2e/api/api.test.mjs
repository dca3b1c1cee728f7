// The API against its own description: Schemathesis makes requests up, right ones and wrong ones, and looks
// whether the answers are those that are described. What it asks and leaves out: `schemathesis.toml`.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe as group, test } from "node:test";
import { fileURLToPath } from "node:url";

import { grower, officer } from "../support/accounts.mjs";
import { Server } from "../support/server.mjs";
import { describe } from "./describe.mjs";

const SCHEMATHESIS = process.env.SCHEMATHESIS ?? "schemathesis";
const CONFIGURATION = fileURLToPath(new URL("schemathesis.toml", import.meta.url));
/** It is done in a third of this: beyond it something waits for ever. */
const LONGEST_MS = 300_000;

/** Whoever asks: one who reports and keeps equipment, one who keeps growing areas, nobody. */
const VISITORS = [
  { who: "an officer of a department", login: officer.login, least: 1500 },
  { who: "an officer of a commune", login: grower.login, packsAlone: true, least: 1000 },
  { who: "nobody", least: 800 },
];

group("the API keeps to its description", { concurrency: 2 }, () => {
  let server;
  let folder;

  before(async () => {
    server = await Server.start();
    folder = await mkdtemp(join(tmpdir(), "phusa-api-"));
  });

  after(async () => {
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  for (const { who, login, packsAlone, least } of VISITORS) {
    test(`as ${who}`, async () => {
      const token = login && (await server.token(login));
      const description = join(folder, `${login ?? "nobody"}.json`);
      const described = await describe(server.url, token, { packsAlone });
      await writeFile(description, JSON.stringify(described));
      const { status, printed } = await ask(description, token);
      assert.equal(status, 0, `\n${printed}`);
      // It would find nothing either where it asked nothing.
      const asked = Number(printed.match(/(\d+) generated/)?.[1]);
      assert.ok(asked > least, printed);
      console.log(`  ${who}: ${asked} requests to ${Object.keys(described.paths).length} addresses`);
    });
  }

  async function ask(description, token) {
    const words = ["--config-file", CONFIGURATION, "--no-color", "run", description, "--url", server.url];
    if (token) words.push("--header", `Authorization: Bearer ${token}`);
    const child = spawn(SCHEMATHESIS, words, { cwd: folder, env: { ...process.env, COLUMNS: "120" } });
    let printed = "";
    child.stdout.on("data", (text) => (printed += text));
    child.stderr.on("data", (text) => (printed += text));
    const late = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
    const status = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    clearTimeout(late);
    return { status, printed: token ? printed.replaceAll(token, "…") : printed };
  }
});
