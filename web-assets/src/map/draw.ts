// Drawing a shape for a form: the text below is what is sent, the map shows it and writes it.

import type { GeoJSONSource, Map as GlMap, MapMouseEvent, MapTouchEvent } from "maplibre-gl";
import { none, open, readBounds, token } from "./base";
import { addTiles } from "./many";
import { bounds } from "./one";
import { crosses, type Drawn, hectares, metres, type Place, read, write } from "./coordinates";

interface Corner {
  ring: number;
  at: number;
}

const SIZE = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });

export function startDraw(frame: HTMLElement): void {
  const field = document.getElementById(frame.dataset["for"] ?? "");
  if (!(field instanceof HTMLTextAreaElement)) return;
  const kind = frame.dataset["shapeKind"] ?? "polygon";
  let drawn: Drawn = read(field.value) ?? { rings: [] };
  const start = drawn.rings.length > 0 ? bounds(drawn.rings) : readBounds(frame.dataset["bounds"]);
  const map = open(frame, start);
  if (map === null) return;
  frame.querySelectorAll("[data-help], [data-said]").forEach((part) => part.removeAttribute("hidden"));
  map.doubleClickZoom.disable();
  let drawing = drawn.rings.length === 0;
  let held: Corner | null = null;

  const button = (name: string): HTMLButtonElement | null => frame.querySelector(`button[data-do="${name}"]`);
  const said = frame.querySelector<HTMLElement>("[data-said]");
  const words = (name: string): string => frame.dataset[`words${name}`] ?? "";

  const show = (): void => {
    button("draw")?.setAttribute("aria-pressed", String(drawing));
    map.getCanvas().style.cursor = drawing ? "crosshair" : "";
    const source = (name: string): GeoJSONSource | undefined => map.getSource<GeoJSONSource>(name);
    source("drawn")?.setData(geometry(kind, drawn));
    source("corners")?.setData(corners(kind, drawn));
    if (said !== null) said.textContent = size();
  };
  const size = (): string => {
    const outline = drawn.rings[0] ?? [];
    if (kind === "polygon") {
      if (outline.length < 3) return `${words("Corners")}: ${outline.length}`;
      const area = `${words("Area")}: ${SIZE.format(hectares(drawn))} · ${words("Corners")}: ${outline.length}`;
      return drawn.rings.some(crosses) ? `${area}. ${words("Crosses")}` : area;
    }
    return kind === "line" && outline.length > 1 ? `${words("Length")}: ${SIZE.format(metres(drawn))}` : "";
  };
  const changed = (): void => {
    field.value = write(drawn);
    field.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  };

  field.addEventListener("input", () => {
    const typed = read(field.value);
    if (typed !== null) drawn = typed;
    show();
    if (typed === null && said !== null) said.textContent = words("Bad");
  });
  button("draw")?.addEventListener("click", () => {
    drawing = !drawing;
    show();
  });
  button("undo")?.addEventListener("click", () => {
    drawn.rings[0]?.pop();
    if (drawn.rings[0]?.length === 0) drawn = { rings: [] };
    changed();
  });
  button("clear")?.addEventListener("click", () => {
    drawn = { rings: [] };
    drawing = true;
    changed();
  });
  button("whole")?.addEventListener("click", () => {
    const whole = drawn.rings.length > 0 ? bounds(drawn.rings) : readBounds(frame.dataset["bounds"]);
    map.fitBounds(whole, { padding: 40, maxZoom: 17 });
  });

  const place = ({ lngLat }: MapMouseEvent | MapTouchEvent): Place => [
    Number(lngLat.lng.toFixed(7)),
    Number(lngLat.lat.toFixed(7)),
  ];
  map.on("click", (event) => {
    if (!drawing || held !== null || under(map, event) !== null) return;
    if (kind === "point") drawn = { rings: [[place(event)]] };
    else if (drawn.rings[0] === undefined) drawn = { rings: [[place(event)]] };
    else drawn.rings[0].push(place(event));
    changed();
  });
  map.on("dblclick", (event) => {
    const corner = under(map, event);
    if (corner === null || corner.between) {
      if (drawing) drawing = false;
      show();
      return;
    }
    drawn.rings[corner.ring]?.splice(corner.at, 1);
    drawn.rings = drawn.rings.filter((ring) => ring.length > 0);
    changed();
  });
  const take = (event: MapMouseEvent | MapTouchEvent): void => {
    const corner = under(map, event);
    if (corner === null) return;
    event.preventDefault();
    if (corner.between) drawn.rings[corner.ring]?.splice(corner.at, 0, place(event));
    held = corner;
  };
  const move = (event: MapMouseEvent | MapTouchEvent): void => {
    if (held === null) return;
    const ring = drawn.rings[held.ring];
    if (ring !== undefined) ring[held.at] = place(event);
    show();
  };
  const leave = (): void => {
    if (held === null) return;
    changed();
    // The click that follows letting go is none.
    setTimeout(() => (held = null), 0);
  };
  map.on("mousedown", take);
  map.on("touchstart", take);
  map.on("mousemove", move);
  map.on("touchmove", move);
  map.on("mouseup", leave);
  map.on("touchend", leave);

  map.on("load", () => {
    const tiles = frame.dataset["tiles"];
    if (tiles !== undefined) addTiles(map, tiles, token("silt"), true);
    map.addSource("drawn", { type: "geojson", data: none });
    map.addSource("corners", { type: "geojson", data: none });
    const colour = token("action");
    map.addLayer({
      id: "drawn-fill",
      type: "fill",
      source: "drawn",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colour, "fill-opacity": 0.25 },
    });
    map.addLayer({ id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": colour, "line-width": 2.5 } });
    map.addLayer({
      id: "between",
      type: "circle",
      source: "corners",
      filter: ["==", ["get", "between"], true],
      paint: { "circle-radius": 4, "circle-color": colour, "circle-opacity": 0.55 },
    });
    map.addLayer({
      id: "corners",
      type: "circle",
      source: "corners",
      filter: ["==", ["get", "between"], false],
      paint: { "circle-radius": 6, "circle-color": token("paper"), "circle-stroke-color": colour, "circle-stroke-width": 2.5 },
    });
    show();
    frame.dataset["ready"] = "true";
  });
}

function under(map: GlMap, event: MapMouseEvent | MapTouchEvent): (Corner & { between: boolean }) | null {
  const { x, y } = event.point;
  const found = map.queryRenderedFeatures([[x - 8, y - 8], [x + 8, y + 8]], { layers: ["corners", "between"] });
  const best = found.find((one) => one.properties["between"] === false) ?? found[0];
  if (best === undefined) return null;
  const { ring, at, between } = best.properties as { ring: number; at: number; between: boolean };
  return { ring, at, between };
}

function geometry(kind: string, { rings }: Drawn): GeoJSON.Feature | typeof none {
  const outline = rings[0] ?? [];
  const feature = (shape: GeoJSON.Geometry): GeoJSON.Feature => ({ type: "Feature", properties: {}, geometry: shape });
  if (outline.length < 2) return none;
  if (kind !== "polygon" || outline.length < 3) return feature({ type: "LineString", coordinates: outline });
  const closed = rings.map((ring) => [...ring, ring[0] as Place]);
  return feature({ type: "Polygon", coordinates: closed });
}

function corners(kind: string, { rings }: Drawn): GeoJSON.FeatureCollection {
  const features: GeoJSON.Feature[] = [];
  const add = (place: Place, properties: object): void => {
    features.push({ type: "Feature", properties, geometry: { type: "Point", coordinates: place } });
  };
  rings.forEach((ring, number) => {
    ring.forEach((place, at) => {
      add(place, { ring: number, at, between: false });
      const isLast = at === ring.length - 1;
      const next = ring[(at + 1) % ring.length];
      if (kind === "point" || next === undefined || ring.length < 2 || (isLast && (kind === "line" || ring.length < 3))) return;
      add([(place[0] + next[0]) / 2, (place[1] + next[1]) / 2], { ring: number, at: at + 1, between: true });
    });
  });
  return { type: "FeatureCollection", features };
}
