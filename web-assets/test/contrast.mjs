// Every pair of tokens that the style sheet puts together, in both themes, at WCAG 2.2 AA.

import assert from "node:assert/strict";
import { dark, light, pairs } from "../tokens.mjs";

const channel = (hex, at) => {
  const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
const luminance = (hex) => 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
const contrast = (one, other) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

assert.deepEqual(Object.keys(light), Object.keys(dark), "both themes have the same tokens");
assert.ok(Math.abs(contrast("#000000", "#ffffff") - 21) < 1e-9, "black on white is 21");

const failures = [];
for (const [theme, tokens] of Object.entries({ light, dark })) {
  for (const [front, back, least] of pairs) {
    assert.ok(tokens[front] && tokens[back], `unknown token in ${front} on ${back}`);
    const ratio = contrast(tokens[front], tokens[back]);
    if (ratio < least) failures.push(`${theme}: ${front} on ${back} is ${ratio.toFixed(2)}, needs ${least}`);
  }
}
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exit(1);
}
console.log(`contrast: ${pairs.length} pairs in 2 themes reach AA`);
