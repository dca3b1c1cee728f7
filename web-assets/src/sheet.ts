/** Makes `<form data-sheet>` work like a spreadsheet: arrow keys and Enter go from cell to cell,
 * and a block copied from one (tab-separated) is pasted over the cells from the focused one on.
 * Cells carry `data-col`; rows of the table are rows of the block. Nothing is sent. */
export function fillSheet(form: HTMLFormElement): void {
  const rows = Array.from(form.querySelectorAll<HTMLTableRowElement>("tbody tr"))
    .map((row) => new Map(cellsOf(row).map((cell) => [column(cell), cell])))
    .filter((cells) => cells.size > 0);
  const placeOf = (cell: Cell): number => rows.findIndex((cells) => cells.get(column(cell)) === cell);

  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!isCell(cell) || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const step = stepOf(event, cell);
    if (step === 0) return;
    event.preventDefault();
    const next = neighbour(rows, placeOf(cell), column(cell), step);
    if (next === null) return;
    next.focus();
    if (next instanceof HTMLInputElement) next.select();
  });

  form.addEventListener("paste", (event) => {
    const cell = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isCell(cell)) return;
    const block = readBlock(text);
    // One value goes where the cursor is, as everywhere.
    if (block.length < 2 && (block[0]?.length ?? 0) < 2) return;
    event.preventDefault();
    say(form, pasteBlock(rows, placeOf(cell), column(cell), block));
  });
}

type Cell = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Rows = Map<number, Cell>[];

function isCell(target: EventTarget | null): target is Cell {
  const field =
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
  return field && target.dataset.col !== undefined;
}

function cellsOf(row: HTMLTableRowElement): Cell[] {
  return Array.from(row.querySelectorAll<HTMLElement>("[data-col]")).filter(isCell);
}

function column(cell: Cell): number {
  return Number(cell.dataset.col);
}

/** How many rows a key moves: Enter and the arrows, except where a field needs them itself. */
function stepOf(event: KeyboardEvent, cell: Cell): number {
  if (event.key === "Enter" && cell instanceof HTMLInputElement) return event.shiftKey ? -1 : 1;
  if (cell instanceof HTMLSelectElement || event.shiftKey) return 0;
  const lines = cell instanceof HTMLTextAreaElement && cell.value.includes("\n");
  if (lines) return 0;
  if (event.key === "ArrowDown") return 1;
  return event.key === "ArrowUp" ? -1 : 0;
}

/** The next row's cell in the same column; in a row that has none there, its first one. */
function neighbour(rows: Rows, from: number, col: number, step: number): Cell | null {
  const cells = rows[from + step];
  if (from < 0 || cells === undefined) return null;
  return cells.get(col) ?? cells.values().next().value ?? null;
}

/** A block as spreadsheets copy it: cells parted by tabs, rows by line ends, cells with either
 * in quotes. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === "\t" || letter === "\n") {
      row.push(cell.trim());
      cell = "";
      if (letter === "\n") {
        rows.push(row);
        row = [];
      }
    } else cell += letter;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell.trim()]);
  return rows;
}

function pasteBlock(rows: Rows, from: number, col: number, block: string[][]): { placed: number; left: number } {
  let placed = 0;
  let left = 0;
  block.forEach((values, down) => {
    values.forEach((value, right) => {
      const cell = rows[from + down]?.get(col + right);
      if (cell !== undefined && put(cell, value)) placed += 1;
      else if (value !== "") left += 1;
    });
  });
  return { placed, left };
}

/** Puts a value into a cell; false where the cell cannot hold it. */
function put(cell: Cell, value: string): boolean {
  if (cell instanceof HTMLSelectElement) {
    const answer = answerOf(value, cell);
    if (answer === null) return false;
    cell.value = answer;
  } else cell.value = value;
  cell.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

/** Which answer a word means: the words of the choices themselves, or what people write for them. */
function answerOf(value: string, cell: HTMLSelectElement): string | null {
  const word = value.toLowerCase().normalize("NFC");
  if (word === "") return "";
  const shown = Array.from(cell.options).find((option) => option.text.toLowerCase().normalize("NFC") === word);
  if (shown !== undefined) return shown.value;
  if (["x", "1", "có", "co", "yes", "rồi", "đạt"].includes(word)) return "co";
  return ["0", "không", "khong", "no", "chưa", "chưa đạt"].includes(word) ? "khong" : null;
}

function say(form: HTMLFormElement, { placed, left }: { placed: number; left: number }): void {
  const place = form.querySelector<HTMLElement>("[data-sheet-said]");
  if (place === null) return;
  const words = [(form.dataset.sheetPasted ?? "").replace("%n%", String(placed))];
  if (left > 0) words.push((form.dataset.sheetLeft ?? "").replace("%n%", String(left)));
  place.textContent = words.join(" ");
}
