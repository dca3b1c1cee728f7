// What every map stands on, without anything from elsewhere: a ground, a grid of degrees, about
// where the province lies, and the names of its communes.

import { type GeoJSONSource, Map as GlMap, Marker, setWorkerUrl, type StyleSpecification } from "maplibre-gl";

export type Bounds = [number, number, number, number];

/** About where Viet Nam's south lies. */
const WHERE: Bounds = [105.4, 9.4, 106.9, 10.5];

export const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export const none = { type: "FeatureCollection" as const, features: [] };

export function readBounds(text: string | undefined): Bounds {
  const numbers = (text ?? "").split(",").map(Number);
  return numbers.length === 4 && numbers.every(Number.isFinite) ? (numbers as Bounds) : WHERE;
}

function graticule(): object {
  const lines: [number, number][][] = [];
  for (let lon = 1020; lon <= 1180; lon += 1) lines.push([[lon / 10, 7], [lon / 10, 24]]);
  for (let lat = 70; lat <= 240; lat += 1) lines.push([[102, lat / 10], [118, lat / 10]]);
  return { type: "MultiLineString", coordinates: lines };
}

function style(): StyleSpecification {
  return {
    version: 8,
    sources: {
      graticule: { type: "geojson", data: graticule() as GeoJSON.MultiLineString },
      outline: { type: "geojson", data: none },
      communes: { type: "geojson", data: none },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": token("sunk") } },
      {
        id: "outline",
        type: "fill",
        source: "outline",
        paint: { "fill-color": token("paper"), "fill-opacity": 0.75 },
      },
      {
        id: "graticule",
        type: "line",
        source: "graticule",
        paint: { "line-color": token("line"), "line-width": 1 },
      },
      {
        id: "communes",
        type: "circle",
        source: "communes",
        minzoom: 9,
        paint: { "circle-radius": 2.5, "circle-color": token("edge") },
      },
    ],
  };
}

/** A map in its frame; null where the browser cannot draw one, and what stood there stays. */
export function open(frame: HTMLElement, bounds: Bounds): GlMap | null {
  const canvas = frame.querySelector<HTMLElement>("[data-canvas]");
  if (canvas === null) return null;
  const worker = frame.dataset["worker"];
  if (worker !== undefined) setWorkerUrl(new URL(worker, location.href).href);
  canvas.hidden = false;
  try {
    const map = new GlMap({
      container: canvas,
      style: style(),
      bounds,
      fitBoundsOptions: { padding: 24, maxZoom: 16 },
      minZoom: 5,
      maxZoom: 20,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      cooperativeGestures: false,
      fadeDuration: 0,
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    frame.querySelector<HTMLElement>("[data-without]")?.setAttribute("hidden", "");
    frame.querySelector<HTMLElement>("[data-tools]")?.removeAttribute("hidden");
    const label = canvas.getAttribute("aria-label");
    if (label !== null) map.getCanvas().setAttribute("aria-label", label);
    tools(frame, map, bounds);
    map.on("load", () => void communes(frame, map));
    return map;
  } catch {
    canvas.hidden = true;
    return null;
  }
}

function tools(frame: HTMLElement, map: GlMap, bounds: Bounds): void {
  const doing: Record<string, () => void> = {
    in: () => map.zoomIn(),
    out: () => map.zoomOut(),
    whole: () => map.fitBounds(bounds, { padding: 24, maxZoom: 16 }),
  };
  frame.querySelectorAll<HTMLButtonElement>("button[data-do]").forEach((button) => {
    const run = doing[button.dataset["do"] ?? ""];
    if (run !== undefined && frame.dataset["kind"] !== "draw") button.addEventListener("click", run);
    else if (run !== undefined && button.dataset["do"] !== "whole") button.addEventListener("click", run);
  });
}

interface Ground {
  communes: [string, number, number][];
  outline: [number, number][];
  exact: boolean;
}

async function communes(frame: HTMLElement, map: GlMap): Promise<void> {
  const address = frame.dataset["base"];
  if (address === undefined) return;
  const answer = await fetch(address);
  if (!answer.ok) return;
  const ground = (await answer.json()) as Ground;
  const source = (name: string): GeoJSONSource | undefined => map.getSource<GeoJSONSource>(name);
  source("outline")?.setData({ type: "Polygon", coordinates: [ground.outline] });
  const point = ([, lon, lat]: [string, number, number]): GeoJSON.Feature => ({
    type: "Feature",
    properties: {},
    geometry: { type: "Point", coordinates: [lon, lat] },
  });
  source("communes")?.setData({ type: "FeatureCollection", features: ground.communes.map(point) });
  names(map, ground.communes);
}

/** Names of communes as text of the page: in its own font, with every mark. */
function names(map: GlMap, all: [string, number, number][]): void {
  const shown = new Map<string, Marker>();
  const show = (): void => {
    const view = map.getBounds();
    const boxes: [number, number][] = [];
    const wanted = new Set<string>();
    if (map.getZoom() >= 10) {
      for (const [name, lon, lat] of all) {
        if (!view.contains([lon, lat])) continue;
        const { x, y } = map.project([lon, lat]);
        // Names that would lie over each other are left out.
        if (boxes.some(([left, top]) => Math.abs(left - x) < 110 && Math.abs(top - y) < 22)) continue;
        boxes.push([x, y]);
        wanted.add(`${name}/${lon}`);
        if (!shown.has(`${name}/${lon}`)) {
          const label = document.createElement("span");
          label.className = "map-name";
          // The place, not its committee.
          const place = name.replace(/^UBND /, "");
          label.textContent = place.charAt(0).toUpperCase() + place.slice(1);
          label.setAttribute("aria-hidden", "true");
          shown.set(`${name}/${lon}`, new Marker({ element: label, anchor: "top", offset: [0, 6] }).setLngLat([lon, lat]).addTo(map));
        }
      }
    }
    for (const [key, marker] of shown) {
      if (wanted.has(key)) continue;
      marker.remove();
      shown.delete(key);
    }
  };
  map.on("moveend", show);
  show();
}
