// Bundles the style sheet, the script and the fonts into dist/, names hashed by content, and
// writes dist/manifest.json (logical name to hashed name) and dist/tokens.json. The letters of printed
// papers go into fonts/.

import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { dark, light } from "./tokens.mjs";

const root = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(root, "dist");
const staging = path.join(root, "dist.new");
const fontPackage = path.join(root, "node_modules/@fontsource/be-vietnam-pro");

const properties = (tokens) =>
  Object.entries(tokens)
    .map(([name, value]) => `  --${name}: ${value};`)
    .join("\n");

const tokenSheet = `
:root { color-scheme: light;\n${properties(light)}\n}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme="light"]) { color-scheme: dark;\n${properties(dark)}\n}
}
:root[data-theme="dark"] { color-scheme: dark;\n${properties(dark)}\n}
@media print {
  :root, :root:not([data-theme="light"]), :root[data-theme="dark"] { color-scheme: light;\n${properties(light)}\n}
}
${Object.keys(light)
  .map((name) => `.swatch-${name} { background: var(--${name}); }`)
  .join("\n")}
`;

// unicode-range as Google Fonts splits the family: a page in one language fetches what it uses.
const ranges = {
  vietnamese:
    "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
  "latin-ext":
    "U+0100-0101,U+0104-010F,U+0112-0127,U+012A-0167,U+016A-019F,U+01A2-01AE,U+01B1-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AA,U+20AC-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
  latin:
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
};

const fontSheet = [400, 600, 700]
  .flatMap((weight) =>
    Object.entries(ranges).map(
      ([subset, range]) => `@font-face {
  font-family: "Be Vietnam Pro"; font-style: normal; font-weight: ${weight}; font-display: swap;
  src: url("${fontPackage}/files/be-vietnam-pro-${subset}-${weight}-normal.woff2") format("woff2");
  unicode-range: ${range};
}`,
    ),
  )
  .join("\n");

const generated = { "generated:tokens.css": tokenSheet, "generated:fonts.css": fontSheet };
const generatedSheets = {
  name: "generated-sheets",
  setup(bundler) {
    bundler.onResolve({ filter: /^generated:/ }, ({ path: name }) => ({ path: name, namespace: "generated" }));
    bundler.onLoad({ filter: /.*/, namespace: "generated" }, ({ path: name }) => ({
      contents: generated[name],
      loader: "css",
      resolveDir: root,
    }));
  },
};

await rm(staging, { recursive: true, force: true });
await mkdir(staging, { recursive: true });

const result = await build({
  absWorkingDir: root,
  entryPoints: { app: "src/app.ts", map: "src/map/map.ts", style: "css/style.css" },
  outdir: "dist.new",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2019", "chrome80", "firefox78", "safari14.1"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  plugins: [generatedSheets],
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [file, { entryPoint, inputs }] of Object.entries(result.metafile.outputs)) {
  const hashed = path.basename(file);
  const source = entryPoint ?? Object.keys(inputs)[0];
  const logical = entryPoint ? hashed.replace(/-[^-.]+(\.\w+)$/, "$1") : path.basename(source);
  manifest[logical] = hashed;
}

const copy = async (logical, bytes) => {
  const { name, ext } = path.parse(logical);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  manifest[logical] = `${name}-${hash}${ext}`;
  await writeFile(path.join(staging, manifest[logical]), bytes);
};
await copy("be-vietnam-pro-OFL.txt", await readFile(path.join(fontPackage, "LICENSE")));
// The map's worker and licence, as its makers ship them.
const mapPackage = path.join(root, "node_modules/maplibre-gl");
const worker = await readFile(path.join(mapPackage, "dist/maplibre-gl-worker.mjs"), "utf8");
await copy("map-worker.js", worker.replace(/\n\/\/# sourceMappingURL=.*\n?$/, "\n"));
await copy("maplibre-LICENSE.txt", await readFile(path.join(mapPackage, "LICENSE.txt")));
await copy("icon.svg", await readFile(path.join(root, "img/icon.svg")));

// The letters of printed papers: the compiler of papers reads TTF, and the crate `print` embeds them.
const paperPackage = path.join(root, "node_modules/@expo-google-fonts/tinos");
const paperFonts = path.join(root, "fonts");
const cuts = { regular: "400Regular", bold: "700Bold", italic: "400Regular_Italic", "bold-italic": "700Bold_Italic" };
const paperStaging = path.join(root, "fonts.new");
await rm(paperStaging, { recursive: true, force: true });
await mkdir(paperStaging, { recursive: true });
for (const [name, cut] of Object.entries(cuts)) {
  await writeFile(
    path.join(paperStaging, `tinos-${name}.ttf`),
    await readFile(path.join(paperPackage, cut, `Tinos_${cut}.ttf`)),
  );
}
await writeFile(path.join(paperStaging, "tinos-OFL.txt"), await readFile(path.join(paperPackage, "LICENSE_FONT")));

const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(path.join(staging, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
await writeFile(path.join(staging, "tokens.json"), `${JSON.stringify({ light, dark }, null, 2)}\n`);

// The folder changes in one step, so that a compiler never embeds half of it.
await rm(out, { recursive: true, force: true });
await rename(staging, out);
await rm(paperFonts, { recursive: true, force: true });
await rename(paperStaging, paperFonts);
