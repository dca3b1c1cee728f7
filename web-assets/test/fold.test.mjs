// Folding in the browser agrees with vocab::fold; the cases are the ones its tests use.

import assert from "node:assert/strict";
import { test } from "node:test";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const bundled = await build({
  absWorkingDir: root,
  entryPoints: ["src/fold.ts"],
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(bundled.outputFiles[0].contents).toString("base64");
const { fold, matches } = await import(`data:text/javascript;base64,${source}`);

test("marks and case do not matter", () => {
  for (const text of ["Đông Thạnh", "ĐÔNG THẠNH", "Ðông  Thạnh.", "đo\u0302ng tha\u0323nh"]) {
    assert.equal(fold(text), "dong thanh");
  }
  assert.equal(fold("QĐ-UBND/833"), "qd ubnd 833");
  assert.equal(fold("…"), "");
  assert.equal(fold("İ"), "i");
});

test("every word must begin a word", () => {
  const text = fold("Tỷ lệ hồ sơ công việc được xử lý trên môi trường mạng");
  assert.ok(matches(text, fold("ho so")));
  assert.ok(matches(text, fold("môi tr")));
  assert.ok(matches(text, ""));
  assert.ok(!matches(text, fold("ường")));
  assert.ok(!matches(text, fold("hồ sơ giấy")));
});
