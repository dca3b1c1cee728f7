// Blocks as spreadsheets copy them.

import assert from "node:assert/strict";
import { test } from "node:test";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const bundled = await build({
  absWorkingDir: root,
  entryPoints: ["src/sheet.ts"],
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(bundled.outputFiles[0].contents).toString("base64");
const { readBlock } = await import(`data:text/javascript;base64,${source}`);

test("tabs part cells and line ends part rows", () => {
  assert.deepEqual(readBlock("1.234\t56\r\n7\t8\r\n"), [
    ["1.234", "56"],
    ["7", "8"],
  ]);
  assert.deepEqual(readBlock("80"), [["80"]]);
  assert.deepEqual(readBlock("1\t\n\t2"), [
    ["1", ""],
    ["", "2"],
  ]);
  assert.deepEqual(readBlock(""), []);
});

test("a cell in quotes keeps its lines, tabs and quotes", () => {
  assert.deepEqual(readBlock('1\t"Theo báo cáo\r\nquý ""I"""\n2\tb'), [
    ["1", 'Theo báo cáo\nquý "I"'],
    ["2", "b"],
  ]);
});
