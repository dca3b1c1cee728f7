// The script of pages with a map; app.ts fetches it when a map is about to be seen.

import { startDraw } from "./draw";
import { startMany } from "./many";
import { startOne } from "./one";

export function start(frame: HTMLElement): void {
  const kinds: Record<string, (frame: HTMLElement) => void> = { many: startMany, one: startOne, draw: startDraw };
  kinds[frame.dataset["kind"] ?? ""]?.(frame);
}
