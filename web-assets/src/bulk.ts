/** The box in a table's head ticks every box of the table, and the count follows. */
export function selectAll(head: HTMLInputElement): void {
  const form = head.closest("form");
  if (form === null) return;
  const boxes = Array.from(form.querySelectorAll<HTMLInputElement>("input[type=checkbox][name=id]"));
  const count = form.querySelector<HTMLElement>("[data-selected]");
  const show = (): void => {
    const ticked = boxes.filter((box) => box.checked).length;
    head.checked = ticked > 0 && ticked === boxes.length;
    head.indeterminate = ticked > 0 && ticked < boxes.length;
    if (count !== null) count.textContent = String(ticked);
  };
  head.hidden = false;
  head.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = head.checked));
    show();
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  show();
}
