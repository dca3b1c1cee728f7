// The lists of bodies and groups agree with the decision they were read from, and with each other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const data = new URL("../../data/", import.meta.url);
const decision = readFileSync(new URL("plan/decision-833-2023.txt", data), "utf8").split("\n");
const units = readCsv("units/units-2023.csv");
const bodies = readCsv("units/bodies-2023.csv");
const groups = readCsv("units/groups-2023.csv");
const unitCodes = new Set(["86", ...units.flatMap(({ code, district_code }) => [code, district_code])]);

/** Rows as objects; fields may be quoted, quotes are not doubled and lines not broken in these files. */
function readCsv(path) {
  const [header, ...lines] = readFileSync(new URL(path, data), "utf8").trim().split("\n");
  const names = header.split(",");
  return lines.map((line) => {
    const fields = [...line.matchAll(/(?<=^|,)(?:"([^"]*)"|([^,]*))(?=,|$)/g)].map(([, quoted, plain]) => quoted ?? plain);
    assert.equal(fields.length, names.length, `${path}: ${line}`);
    return Object.fromEntries(names.map((name, index) => [name, fields[index]]));
  });
}

function spellings({ name, aliases }) {
  return [name, ...aliases.split("|")].filter((spelling) => spelling !== "");
}

function normal(text) {
  return text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}

test("the source line of every body names it", () => {
  for (const body of bodies) {
    const line = normal(decision[body.source_line - 1]);
    assert.ok(
      spellings(body).some((spelling) => line.includes(normal(spelling))),
      `${body.name}: line ${body.source_line} is «${line}»`,
    );
  }
});

test("every parent exists", () => {
  const names = new Set(bodies.map(({ name }) => name));
  for (const { name, parent } of bodies) {
    assert.ok(parent === "" || unitCodes.has(parent) || names.has(parent), `${name}: no parent «${parent}»`);
  }
});

test("every rule can be followed", () => {
  const kinds = new Set(bodies.map(({ kind }) => kind));
  for (const { id, rule } of groups) {
    for (const [key, value] of rule.split("&").map((part) => part.split("="))) {
      const known =
        { kind: kinds.has(value), level: ["district", "commune"].includes(value), within: value === "section",
          unit: unitCodes.has(value), unlisted: value === undefined }[key] ?? false;
      assert.ok(known, `${id}: cannot follow «${rule}»`);
    }
  }
});

test("one spelling means one body, but for offices that each district has", () => {
  const owner = new Map();
  for (const entry of [...bodies, ...groups]) {
    for (const spelling of new Set(spellings(entry).map(normal))) {
      const key = entry.level === "district" ? `${entry.parent} ${spelling}` : spelling;
      assert.ok(!owner.has(key), `«${spelling}» means both ${owner.get(key)} and ${entry.name}`);
      owner.set(key, entry.name);
    }
  }
});
