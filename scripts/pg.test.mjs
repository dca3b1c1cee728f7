// `./dev pg` leaves no server and no folder behind, whichever signal ends it, alone or with its group.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { once } from "node:events";
import { test } from "node:test";

async function started() {
  const shell = spawn("./dev", ["pg"], { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for await (const chunk of shell.stderr) {
    said += chunk;
    const log = /log: (\S+)/.exec(said);
    if (log) {
      const folder = dirname(log[1]);
      const server = Number(readFileSync(`${folder}/data/postmaster.pid`, "utf8").split("\n")[0]);
      return { shell, folder, server };
    }
  }
  throw new Error(`./dev pg ended: ${said}`);
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

for (const [signal, group] of [["SIGTERM", true], ["SIGTERM", false], ["SIGINT", true], ["SIGHUP", true]]) {
  test(`${signal} to ${group ? "the group" : "the shell"} stops the server`, { timeout: 60_000 }, async () => {
    const { shell, folder, server } = await started();
    assert.ok(alive(server));
    const ended = once(shell, "exit");
    // As `timeout` does: the child, then everybody in its group.
    process.kill(shell.pid, signal);
    if (group) process.kill(-shell.pid, signal);
    await ended;
    assert.ok(!alive(server), "the server still runs");
    assert.ok(!existsSync(folder), "its folder is still there");
  });
}
