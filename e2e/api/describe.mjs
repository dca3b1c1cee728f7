// The API's own description, and beside its general operations those of each record type of each pack, with the
// names and values that stand in the database: whoever makes requests up at random comes upon none of them.

import { readdir, readFile } from "node:fs/promises";

const PACKS = new URL("../../packs/", import.meta.url);
const MOST = 12;

/**
 * @param {string} url where the server is
 * @param {string | undefined} token whose eyes it is seen with; nobody's without one
 * @param {{ packsAlone?: boolean }} options without the general operations, which somebody else tries
 */
export async function describe(url, token, { packsAlone = false } = {}) {
  const get = async (path) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const answer = await fetch(url + path, { headers });
    return answer.ok ? answer.json() : { items: [] };
  };
  const description = await get("/api/openapi.json");
  const known = {
    "/api/v1/observations": ids((await get("/api/v1/observations?limit=200")).items),
    "/api/v1/projects": ids((await get("/api/v1/projects?limit=20")).items),
    "/api/v1/units": ids((await get("/api/v1/units?limit=20")).items),
  };
  name(description, known);

  const steps = await stepsOfPacks();
  const all = Object.keys(description.paths);
  const general = "/api/v1/systems/{pack}/{record}";
  for (const system of (await get("/api/v1/systems")).items) {
    const records = (await get(`${system.href}?limit=200`)).items;
    for (const path of all.filter((path) => path.startsWith(general))) {
      const own = structuredClone(description.paths[path]);
      for (const operation of Object.values(own)) {
        operation.operationId += `_${system.pack}_${system.record}`.replaceAll("-", "_");
        operation.parameters = operation.parameters.filter(({ name }) => name !== "pack" && name !== "record");
        for (const parameter of operation.parameters) {
          if (parameter.name === "id") mostly(parameter, ids(records));
          if (parameter.name === "step") mostly(parameter, steps);
          if (parameter.name === "print") mostly(parameter, system.prints.map(({ id }) => id));
          if (parameter.name === "If-Match") mostly(parameter, versions(records));
        }
        const body = operation.requestBody?.content["application/json"];
        if (body?.schema.type === "object") body.schema = fields(system, records);
      }
      description.paths[path.replace(general, system.href)] = own;
    }
  }
  if (packsAlone) for (const path of all) delete description.paths[path];
  return description;
}

/** Path parameters of general operations get the names of what there is. */
function name(description, known) {
  for (const [path, operations] of Object.entries(description.paths)) {
    const place = Object.keys(known).find((place) => path.startsWith(`${place}/{`));
    for (const operation of Object.values(operations)) {
      for (const parameter of operation.parameters ?? []) {
        if (place && parameter.in === "path") mostly(parameter, known[place]);
        if (parameter.name === "number") mostly(parameter, [1, 19, 20]);
        if (parameter.name === "If-Match") mostly(parameter, ['"1"', '"2"']);
        if (parameter.name === "unit" || parameter.name === "lead") mostly(parameter, known["/api/v1/units"]);
        if (parameter.name === "period") mostly(parameter, ["2023Q1", "2023H1", "2023"]);
      }
    }
  }
}

/** One of these, or whatever else the description lets stand there. */
function mostly(parameter, values) {
  if (values.length === 0) return;
  parameter.schema = { anyOf: [{ enum: values.slice(0, MOST) }, parameter.schema] };
}

/** The body of a record: what others say in each field, or anything of its type. */
function fields(system, records) {
  const asked = system.fields.filter(({ computed }) => !computed);
  const properties = asked.map(({ id, type, repeated }) => {
    const said = records.map((record) => record.fields[id]).filter((value) => value !== undefined);
    const different = [...new Map(said.map((value) => [JSON.stringify(value), value])).values()].slice(0, MOST);
    const one = TYPES[type] ?? { type: "string" };
    const schema = repeated ? { type: "array", items: one, maxItems: 4 } : one;
    return [id, different.length > 0 ? { anyOf: [{ enum: different }, schema] } : schema];
  });
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    required: asked.filter(({ required }) => required).map(({ id }) => id),
    additionalProperties: false,
  };
}

const position = { type: "array", items: { type: "number", minimum: 5, maximum: 110 }, minItems: 2, maxItems: 2 };
const positions = { type: "array", items: position, maxItems: 6 };
const shape = (type, coordinates) => ({
  type: "object",
  properties: { type: { const: type }, coordinates },
  required: ["type", "coordinates"],
});

const TYPES = {
  number: { type: "integer" },
  money: { type: "integer" },
  decimal: { type: "string", pattern: "^-?[0-9]{1,6}(\\.[0-9]{1,4})?$" },
  date: { type: "string", format: "date" },
  datetime: { type: "string", format: "date-time" },
  flag: { type: "boolean" },
  reference: { type: "string", format: "uuid" },
  unit: { type: "string", format: "uuid" },
  file: { type: "object" },
  photo: { type: "object" },
  table: { type: "object" },
  point: shape("Point", position),
  line: shape("LineString", positions),
  polygon: shape("Polygon", { type: "array", items: positions, maxItems: 2 }),
};

const ids = (items) => items.map(({ id }) => id);

const versions = (records) => [...new Set(["1", "2", ...records.map(({ version }) => String(version))])].map((text) => `"${text}"`);

/** The steps that packs declare: the API names none of them. */
async function stepsOfPacks() {
  const files = await readdir(PACKS, { recursive: true });
  const texts = await Promise.all(
    files.filter((file) => file.endsWith(".toml")).map((file) => readFile(new URL(file, PACKS), "utf8")),
  );
  const steps = texts.join("\n").matchAll(/^\[\[(?:lifecycle\.)?step\]\]\s*\nid = "([^"]+)"/gm);
  return [...new Set([...steps].map(([, step]) => step))];
}
