import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { findBreaches, parseTable } from "./floors.mjs";

const table = parseTable(readFileSync(new URL("floors.txt", import.meta.url), "utf8"));

function crate(name, ...uses) {
  return { name, dependencies: uses.map((used) => ({ name: used })) };
}

test("every crate of the workspace uses lower floors only", () => {
  const metadata = execFileSync("cargo", ["metadata", "--format-version=1", "--no-deps"], {
    maxBuffer: 64 << 20,
  });
  const { packages } = JSON.parse(metadata);
  assert.ok(packages.length > 0);
  assert.deepEqual(findBreaches(packages, table), []);
});

test("an edge upwards is found", () => {
  const [breach] = findBreaches([crate("store", "vocab", "directory")], table);
  assert.match(breach, /^store \(floor 1\) uses directory \(floor 2\)/);
});

test("an edge sideways is found", () => {
  assert.equal(findBreaches([crate("office", "store")], table).length, 1);
});

test("SQL outside the store is found", () => {
  assert.deepEqual(findBreaches([crate("plan", "store", "rusqlite")], table), [
    "plan uses rusqlite, which belongs to store and bench and scratch",
  ]);
});

test("tests may go behind the store's back, upwards they may not go", () => {
  const forTests = (used) => ({ name: "plan", dependencies: [{ name: used, kind: "dev" }] });
  assert.deepEqual(findBreaches([forTests("rusqlite")], table), []);
  assert.equal(findBreaches([forTests("web")], table).length, 1);
});

test("a crate without a floor is found", () => {
  assert.match(findBreaches([crate("casework", "registry")], table)[0], /^casework has no floor/);
});

test("a line that says nothing known is refused", () => {
  assert.throws(() => parseTable("flor 1 store"), /cannot read/);
});
