// The built product on a loopback port of its own, in a data folder of its own.

import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { DEMO_PASSWORD } from "./accounts.mjs";
import { OUT } from "./paths.mjs";

const BINARY = process.env.PHUSA_BIN ?? new URL("../../target/debug/phusa", import.meta.url).pathname;
const READY_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 15_000;

export class Server {
  #process;
  #log;
  #arguments;
  #mail;
  #printed = "";

  constructor(port, data, { demo, mail }) {
    this.port = port;
    this.data = data;
    this.#mail = mail;
    this.#arguments = ["serve", ...(demo ? ["--demo"] : [])];
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts on an empty data folder, with one marked account for each role unless told otherwise. */
  static async start({ demo = true, mail } = {}) {
    const server = new Server(await freePort(), await mkdtemp(join(tmpdir(), "phusa-e2e-")), { demo, mail });
    await server.#run();
    return server;
  }

  /** As a power cut would: no chance to finish anything. Then up again on the same folder. */
  async killAndRestart() {
    await this.#end("SIGKILL");
    await this.#run();
  }

  /** Stops as an administrator would, and leaves nothing behind. */
  async stop() {
    await this.#end("SIGTERM");
    this.#log?.end();
    await rm(this.data, { recursive: true, force: true });
  }

  /** The code with which the first administrator is made, as it stands on the terminal. */
  setupCode() {
    return this.#printed.match(/^\s*((?:[A-Z2-7]{4}-){5}[A-Z2-7]{4})$/m)?.[1];
  }

  /** A token for programs, as the account's administrator makes one on the machine. */
  async token(login) {
    const made = await promisify(execFile)(BINARY, ["token", "create", "--account", login], {
      env: { PATH: process.env.PATH, PHUSA_DATA: this.data },
    });
    return made.stdout.trim();
  }

  async #run() {
    await mkdir(OUT, { recursive: true });
    this.#log ??= createWriteStream(join(OUT, "server.log"), { flags: "a" });
    const child = spawn(BINARY, this.#arguments, {
      env: {
        PATH: process.env.PATH,
        PHUSA_LISTEN: `127.0.0.1:${this.port}`,
        PHUSA_DATA: this.data,
        PHUSA_DEMO_PASSWORD: DEMO_PASSWORD,
        // Those who are told of changes are on this machine too.
        PHUSA_WEBHOOK_HTTP: "1",
        PHUSA_WEBHOOK_ALLOW: "127.0.0.1",
        ...(this.#mail && { PHUSA_SMTP_URL: this.#mail, PHUSA_PUBLIC_URL: this.url }),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (text) => (this.#printed += text));
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    this.#process = child;

    let ended;
    child.once("error", (error) => (ended = error.message));
    child.once("exit", (code, signal) => (ended ??= `it ended with ${signal ?? code}`));
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!(await this.#isReady())) {
      if (ended) throw new Error(`${BINARY} did not start: ${ended}; see e2e/out/server.log`);
      if (Date.now() > deadline) throw new Error(`${this.url}/readyz did not answer 200; see e2e/out/server.log`);
      await sleep(50);
    }
  }

  async #isReady() {
    try {
      return (await fetch(`${this.url}/readyz`)).status === 200;
    } catch {
      return false;
    }
  }

  async #end(signal) {
    const child = this.#process;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    await exited;
    clearTimeout(late);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
