interface Maps {
  start: (frame: HTMLElement) => void;
}

/**
 * A map is large: its script comes when one is about to be seen. Without it the frame shows what
 * it has: a drawing, or where the list is.
 */
export function startWhenSeen(frame: HTMLElement): void {
  const start = (): void => {
    const script = frame.dataset["script"];
    if (script === undefined) return;
    void import(script).then((maps: Maps) => maps.start(frame));
  };
  if (!("IntersectionObserver" in window)) {
    start();
    return;
  }
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      start();
    },
    { rootMargin: "300px" },
  );
  watch.observe(frame);
}
