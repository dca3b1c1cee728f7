// A system of somebody else on the loopback that is told of changes, and verifies what it is told.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const COMES_WITHIN_MS = 30_000;

export class Receiver {
  #server;
  #came = [];
  status = 204;

  static async open() {
    const receiver = new Receiver();
    receiver.#server = createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        receiver.#came.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
        response.writeHead(receiver.status).end(receiver.status === 204 ? "" : "<b>không nhận</b>");
      });
    });
    await new Promise((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    receiver.url = `http://127.0.0.1:${receiver.#server.address().port}/nhan`;
    return receiver;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The next message, read and with what verifies it by a secret. */
  async take() {
    const deadline = Date.now() + COMES_WITHIN_MS;
    while (this.#came.length === 0) {
      if (Date.now() > deadline) throw new Error("nothing came");
      await sleep(100);
    }
    const { headers, body } = this.#came.shift();
    return { id: headers["webhook-id"], ...JSON.parse(body), signedBy: (secret) => verify(secret, headers, body) };
  }

  /** How many messages came and were not taken. */
  get waiting() {
    return this.#came.length;
  }
}

/** As https://www.standardwebhooks.com says. */
function verify(secret, headers, body) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const mine = createHmac("sha256", key).update(signed).digest();
  return headers["webhook-signature"].split(" ").some((one) => {
    const [scheme, text] = one.split(",");
    const given = Buffer.from(text, "base64");
    return scheme === "v1" && given.length === mine.length && timingSafeEqual(given, mine);
  });
}
