// The forms of coordinates that maps read and write are those that the server reads
// (crates/geometry/src/text.rs).

import assert from "node:assert/strict";
import { test } from "node:test";
import { build } from "esbuild";

const { outputFiles } = await build({
  entryPoints: [new URL("../src/map/coordinates.ts", import.meta.url).pathname],
  bundle: true,
  format: "esm",
  write: false,
});
const { crosses, hectares, metres, read, write } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`
);

test("a place is read however it is written", () => {
  for (const text of ["105.97 10.25", "10,25 105,97", "105.97, 10.25", "1 10.25 105.97", '{"type":"Point","coordinates":[105.97,10.25]}'])
    assert.deepEqual(read(text), { rings: [[[105.97, 10.25]]] }, text);
  for (const text of ["1133543 551290", "a b", "48 2", "{", "105.97"]) assert.equal(read(text), null, text);
  assert.deepEqual(read(" \n"), { rings: [] });
});

test("rings are written as they were read", () => {
  const text = "105.9 10.2\n105.92 10.2\n105.92 10.22\n\n105.905 10.205\n105.91 10.205\n105.91 10.21";
  assert.equal(write(read(text)), text);
});

test("areas, lengths and crossings are the server's", () => {
  const square = read("105.9 10.2\n105.91 10.2\n105.91 10.21\n105.9 10.21");
  assert.ok(Math.abs(hectares(square) / 121.2 - 1) < 0.001, String(hectares(square)));
  assert.ok(Math.abs(metres(read("105.9 10.2\n105.91 10.2")) - 1095.8) < 1);
  assert.equal(crosses(square.rings[0]), false);
  assert.equal(crosses(read("105 10\n105.1 10.1\n105.1 10\n105 10.1").rings[0]), true);
});
