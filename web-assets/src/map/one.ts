// One shape on a map.

import { type Bounds, open, token } from "./base";

type Coordinates = number | Coordinates[];

/** The corners of coordinates however deep they stand. */
export function bounds(coordinates: Coordinates): Bounds {
  const all: [number, number][] = [];
  const walk = (value: Coordinates): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === "number") all.push(value as [number, number]);
    else value.forEach(walk);
  };
  walk(coordinates);
  const lons = all.map(([lon]) => lon);
  const lats = all.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

export function startOne(frame: HTMLElement): void {
  const shape = JSON.parse(frame.dataset["shape"] ?? "null") as GeoJSON.Polygon | null;
  if (shape === null) return;
  const map = open(frame, bounds(shape.coordinates));
  if (map === null) return;
  map.scrollZoom.disable();
  map.on("load", () => {
    map.addSource("shape", { type: "geojson", data: shape });
    const colour = token("action");
    map.addLayer({
      id: "fill",
      type: "fill",
      source: "shape",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colour, "fill-opacity": 0.25 },
    });
    map.addLayer({ id: "line", type: "line", source: "shape", paint: { "line-color": colour, "line-width": 2.5 } });
    map.addLayer({
      id: "dot",
      type: "circle",
      source: "shape",
      filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-color": colour, "circle-radius": 7 },
    });
    frame.dataset["ready"] = "true";
  });
}
