/**
 * Addresses of lines from before the text was on several pages, `/van-ban#dong-477`: goes on to
 * the page that has the line.
 */
export function findLine(form: HTMLFormElement): void {
  const go = (): void => {
    const line = /^#dong-(\d+)$/.exec(location.hash)?.[1];
    if (line === undefined || document.getElementById(`dong-${line}`) !== null) return;
    const page = new URL(form.action);
    page.searchParams.set("den", line);
    location.replace(page);
  };
  addEventListener("hashchange", go);
  go();
}
