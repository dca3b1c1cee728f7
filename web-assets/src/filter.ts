import { fold, matches } from "./fold";

/** Filters a list as one types: `<input data-filter="ID">` over the rows `[data-row]` of ID.
 * The form around it still works by itself; this only saves the round trip. */
export function filterAsYouType(input: HTMLInputElement): void {
  const list = document.getElementById(input.dataset.filter ?? "");
  const count = document.getElementById(input.dataset.filterCount ?? "");
  if (list === null) return;
  const rows = Array.from(list.querySelectorAll<HTMLElement>("[data-row]"), (row) => ({
    row,
    text: fold(row.dataset.row ?? ""),
  }));
  const groups = list.querySelectorAll<HTMLElement>("[data-group]");
  const apply = (): void => {
    const question = fold(input.value);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !matches(text, question);
      if (!row.hidden) shown += 1;
    }
    groups.forEach((group) => {
      group.hidden = group.querySelector("[data-row]:not([hidden])") === null;
    });
    if (count !== null) count.textContent = String(shown);
  };
  // A list that the server has already narrowed starts as it is.
  input.addEventListener("input", apply);
}
