// The records of a list on a map: tiles as the server draws them, and what stands where one
// points.

import type { ExpressionSpecification, Map as GlMap, MapMouseEvent } from "maplibre-gl";
import { open, readBounds, token } from "./base";

/** The colour of what `c` says, as the legend beside shows it. */
function colour(frame: HTMLElement): string | ExpressionSpecification {
  const plain = token("action");
  const cases: unknown[] = [];
  const seen = new Set<string>();
  frame.querySelectorAll<HTMLElement>("[data-codes]").forEach((entry) => {
    const swatch = entry.querySelector<HTMLElement>(".map-swatch");
    if (swatch === null) return;
    const codes = (entry.dataset["codes"] ?? "").split(" ").filter((code) => !seen.has(code));
    if (codes.length === 0) return;
    codes.forEach((code) => seen.add(code));
    cases.push(codes, getComputedStyle(swatch).backgroundColor);
  });
  if (cases.length === 0) return plain;
  return ["match", ["get", "c"], ...cases, plain] as unknown as ExpressionSpecification;
}

/** Shows tiles of records; what is drawn beside a form stays in the background. */
export function addTiles(map: GlMap, address: string, fill: string | ExpressionSpecification, faint: boolean): void {
  map.addSource("records", {
    type: "vector",
    tiles: [new URL(address, location.href).href.replace(/%7B/gi, "{").replace(/%7D/gi, "}")],
    minzoom: 4,
    maxzoom: 17,
  });
  const source = "records";
  const strength = faint ? 0.35 : 1;
  map.addLayer({
    id: "areas",
    type: "fill",
    source,
    "source-layer": "areas",
    paint: { "fill-color": fill, "fill-opacity": 0.4 * strength },
  });
  map.addLayer({
    id: "edges",
    type: "line",
    source,
    "source-layer": "areas",
    paint: { "line-color": fill, "line-width": 1.6, "line-opacity": strength },
  });
  map.addLayer({
    id: "lines",
    type: "line",
    source,
    "source-layer": "lines",
    paint: { "line-color": fill, "line-width": 2.5, "line-opacity": strength },
  });
  map.addLayer({
    id: "grid",
    type: "circle",
    source,
    "source-layer": "grid",
    paint: { "circle-color": token("action"), "circle-radius": 3.6, "circle-opacity": 0.85 * strength },
  });
  map.addLayer({
    id: "dots",
    type: "circle",
    source,
    "source-layer": "dots",
    paint: {
      "circle-color": fill,
      "circle-radius": 5,
      "circle-opacity": strength,
      "circle-stroke-color": token("paper"),
      "circle-stroke-width": 1.2,
    },
  });
}

interface Found {
  found: { href: string; label: string; facts: [string, string][] }[];
  more: boolean;
}

export function startMany(frame: HTMLElement): void {
  const map = open(frame, readBounds(frame.dataset["bounds"]));
  const tiles = frame.dataset["tiles"];
  if (map === null || tiles === undefined) return;
  map.on("load", () => {
    addTiles(map, tiles, colour(frame), false);
    frame.dataset["ready"] = "true";
  });
  const cursor = frame.querySelector<HTMLElement>("[data-cursor]");
  map.on("mousemove", ({ lngLat }) => {
    if (cursor !== null) cursor.textContent = `${lngLat.lng.toFixed(5)}, ${lngLat.lat.toFixed(5)}`;
  });
  map.on("click", (event: MapMouseEvent) => {
    const { x, y } = event.point;
    const crowd = map.queryRenderedFeatures([[x - 6, y - 6], [x + 6, y + 6]], { layers: ["grid"] });
    if (crowd.length > 0) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2 });
    else void tell(frame, map, event.lngLat.lng, event.lngLat.lat);
  });
  // By keyboard: arrows move, Enter asks about the middle.
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const { lng, lat } = map.getCenter();
    void tell(frame, map, lng, lat);
  });
}

async function tell(frame: HTMLElement, map: GlMap, lon: number, lat: number): Promise<void> {
  const panel = frame.querySelector<HTMLElement>("[data-found]");
  const at = frame.dataset["at"];
  if (panel === null || at === undefined) return;
  const address = new URL(at, location.href);
  address.searchParams.set("kinh", lon.toFixed(7));
  address.searchParams.set("vi", lat.toFixed(7));
  address.searchParams.set("muc", map.getZoom().toFixed(2));
  const answer = await fetch(address);
  if (!answer.ok) return;
  const { found, more } = (await answer.json()) as Found;
  panel.replaceChildren();
  if (found.length === 0) {
    panel.append(paragraph(panel.dataset["nothing"] ?? ""));
    return;
  }
  for (const { href, label, facts } of found) {
    const card = document.createElement("article");
    card.className = "card map-card";
    const title = document.createElement("h3");
    title.textContent = label;
    const list = document.createElement("dl");
    list.className = "facts";
    for (const [name, value] of facts) {
      const [term, said] = [document.createElement("dt"), document.createElement("dd")];
      term.textContent = name;
      said.textContent = value;
      list.append(term, said);
    }
    card.append(title, list);
    if (href !== "") {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = panel.dataset["open"] ?? label;
      card.append(link);
    }
    panel.append(card);
  }
  if (more) panel.append(paragraph(panel.dataset["more"] ?? ""));
}

function paragraph(text: string): HTMLElement {
  const line = document.createElement("p");
  line.className = "soft";
  line.textContent = text;
  return line;
}
