// Coordinates as forms hold them, and measures of what is drawn. The server reads the same text
// and has the last word (crates/geometry).

export type Place = [number, number];

export interface Drawn {
  /** The point, the line, or the rings without their closing places. */
  rings: Place[][];
}

const isPlace = ([lon, lat]: Place): boolean => lon >= 102 && lon <= 118 && lat >= 7 && lat <= 24;

/** The places of a text: lines of degrees, or GeoJSON; null for what is neither, such as metres. */
export function read(text: string): Drawn | null {
  const trimmed = text.trim();
  if (trimmed === "") return { rings: [] };
  if (trimmed.startsWith("{")) return readGeoJson(trimmed);
  const rings: Place[][] = [];
  let ring: Place[] = [];
  for (const line of trimmed.split(/\r?\n/)) {
    if (line.trim() === "") {
      if (ring.length > 0) rings.push(ring);
      ring = [];
      continue;
    }
    const numbers = line
      .trim()
      .split(/[\s;]+/)
      .map((word) => Number(word.replace(/,$/, "").replace(",", ".")));
    const pair = numbers.length === 3 ? numbers.slice(1) : numbers;
    const [one, two] = pair;
    if (pair.length !== 2 || one === undefined || two === undefined) return null;
    const place: Place = one > two ? [one, two] : [two, one];
    if (!isPlace(place)) return null;
    ring.push(place);
  }
  if (ring.length > 0) rings.push(ring);
  return { rings: rings.map(open) };
}

function readGeoJson(text: string): Drawn | null {
  try {
    let value = JSON.parse(text) as { type?: string; coordinates?: unknown; geometry?: unknown; features?: unknown[] };
    if (value.type === "FeatureCollection" && value.features?.length === 1) value = value.features[0] as typeof value;
    if (value.type === "Feature") value = value.geometry as typeof value;
    const places = value.coordinates as Place | Place[] | Place[][];
    const rings =
      value.type === "Point" ? [[places as Place]] : value.type === "LineString" ? [places as Place[]] : (places as Place[][]);
    const all = rings.map((ring) => ring.map(([lon, lat]): Place => [lon, lat]));
    return all.flat().every(isPlace) ? { rings: all.map(open) } : null;
  } catch {
    return null;
  }
}

/** A ring without its closing place. */
function open(ring: Place[]): Place[] {
  const first = ring[0];
  const last = ring[ring.length - 1];
  const isClosed = ring.length > 3 && first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
  return isClosed ? ring.slice(0, -1) : ring;
}

/** The text of what is drawn: a place on each line, longitude first. */
export function write({ rings }: Drawn): string {
  const degrees = (value: number): string => String(Number(value.toFixed(7)));
  return rings.map((ring) => ring.map(([lon, lat]) => `${degrees(lon)} ${degrees(lat)}`).join("\n")).join("\n\n");
}

const AXIS = 6_378_137;
const SQUARED = 0.006_694_379_990_141_317;

/** The area below a latitude, for each radian of longitude (Snyder 1987, eq. 3-12). */
function zone(lat: number): number {
  const e = Math.sqrt(SQUARED);
  const sine = Math.sin((lat * Math.PI) / 180);
  const first = sine / (1 - SQUARED * sine * sine);
  const second = Math.log((1 + e * sine) / (1 - e * sine)) / (2 * e);
  return ((AXIS * AXIS * (1 - SQUARED)) / 2) * (first + second);
}

/** Hectares inside the first ring less those inside the others. */
export function hectares({ rings }: Drawn): number {
  const area = (ring: Place[]): number =>
    Math.abs(
      ring.reduce((sum, [lon, lat], at) => {
        const [next, nextLat] = ring[(at + 1) % ring.length] ?? [lon, lat];
        return sum + (((next - lon) * Math.PI) / 180) * ((zone(lat) + zone(nextLat)) / 2);
      }, 0),
    );
  const [outline, ...holes] = rings;
  if (outline === undefined) return 0;
  return holes.reduce((left, hole) => left - area(hole), area(outline)) / 10_000;
}

/** Metres along a line. */
export function metres({ rings }: Drawn): number {
  const line = rings[0] ?? [];
  return line.slice(1).reduce((sum, [lon, lat], at) => {
    const [before, beforeLat] = line[at] ?? [lon, lat];
    const middle = (((lat + beforeLat) / 2) * Math.PI) / 180;
    const bend = 1 - SQUARED * Math.sin(middle) ** 2;
    const across = ((AXIS / Math.sqrt(bend)) * Math.cos(middle) * (lon - before) * Math.PI) / 180;
    const along = (((AXIS * (1 - SQUARED)) / bend ** 1.5) * (lat - beforeLat) * Math.PI) / 180;
    return sum + Math.hypot(across, along);
  }, 0);
}

/** Whether a ring's sides cross; not asked of very long ones. */
export function crosses(ring: Place[]): boolean {
  const count = ring.length;
  if (count < 4 || count > 600) return false;
  const at = (place: number): Place => ring[place % count] as Place;
  const turn = (a: Place, b: Place, c: Place): number =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  for (let one = 0; one < count; one += 1) {
    for (let two = one + 2; two < count; two += 1) {
      if (one === 0 && two === count - 1) continue;
      const [a, b, c, d] = [at(one), at(one + 1), at(two), at(two + 1)];
      if (turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b)) return true;
    }
  }
  return false;
}
