// A mail server on the loopback that keeps what it is given.

import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

const COMES_WITHIN_MS = 20_000;

export class MailBox {
  #server;
  #letters = [];

  static async open() {
    const box = new MailBox();
    box.#server = createServer((socket) => box.#converse(socket));
    await new Promise((resolve) => box.#server.listen(0, "127.0.0.1", resolve));
    box.url = `smtp://127.0.0.1:${box.#server.address().port}`;
    return box;
  }

  close() {
    this.#server.close();
  }

  /** The body of the next mail to an address. */
  async take(address) {
    const deadline = Date.now() + COMES_WITHIN_MS;
    for (;;) {
      const at = this.#letters.findIndex(({ to }) => to === address);
      if (at >= 0) return this.#letters.splice(at, 1)[0].text;
      if (Date.now() > deadline) throw new Error(`no mail came for ${address}`);
      await sleep(100);
    }
  }

  #converse(socket) {
    let to = "";
    let lines;
    const say = (text) => socket.write(`${text}\r\n`);
    socket.on("error", () => {});
    say("220 here");
    createInterface({ input: socket }).on("line", (line) => {
      if (lines && line !== ".") return lines.push(line);
      if (lines) {
        this.#letters.push({ to, text: decode(lines) });
        lines = undefined;
        return say("250 taken");
      }
      if (line.startsWith("RCPT")) to = line.match(/<(.*?)>/)?.[1];
      if (line.startsWith("QUIT")) return socket.end("221 bye\r\n");
      if (!line.startsWith("DATA")) return say("250 yes");
      lines = [];
      say("354 go on");
    });
  }
}

/** A mail of one part. */
function decode(lines) {
  const end = lines.indexOf("");
  const [head, body] = [lines.slice(0, end).join("\n"), lines.slice(end + 1)];
  const encoding = head.match(/^content-transfer-encoding: (.*)$/im)?.[1].toLowerCase();
  if (encoding === "base64") return Buffer.from(body.join(""), "base64").toString();
  if (encoding !== "quoted-printable") return body.join("\n");
  const bytes = body
    .join("\n")
    .replaceAll("=\n", "")
    .replace(/=([0-9A-F]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
