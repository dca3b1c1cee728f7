/** Keeps what has been typed into `<form data-draft="KEY">` on this machine until it is sent,
 * and offers it again after a lost connection. Passwords and files are never kept. */
export function keepDraft(form: HTMLFormElement): void {
  const key = `draft:${form.dataset.draft ?? ""}`;
  const hint = form.querySelector<HTMLElement>("[data-draft-hint]");
  const restore = form.querySelector<HTMLButtonElement>("[data-draft-restore]");
  const initial = read(form);
  const kept = load(key);
  if (kept === initial) save(key, null);
  if (restore !== null && kept !== null && kept !== initial) {
    restore.hidden = false;
    restore.addEventListener("click", () => {
      write(form, kept);
      restore.hidden = true;
    });
  }
  let timer = 0;
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      save(key, read(form));
      if (hint !== null) hint.hidden = false;
    }, 600);
  });
  // Sending may fail on the way: the draft stays until a page comes that shows the same values.
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    save(key, read(form));
  });
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function fields(form: HTMLFormElement): Field[] {
  return Array.from(form.elements).filter((element): element is Field => {
    if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
    return element instanceof HTMLInputElement && ["text", "number", "search", "date"].includes(element.type);
  });
}

function read(form: HTMLFormElement): string {
  return JSON.stringify(fields(form).map((field) => [field.name, field.value]));
}

function write(form: HTMLFormElement, kept: string): void {
  const values = new Map<string, string>(JSON.parse(kept) as [string, string][]);
  for (const field of fields(form)) field.value = values.get(field.name) ?? field.value;
}

// Storage may be switched off; then there is no draft, and nothing else changes.
function load(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function save(key: string, value: string | null): void {
  try {
    if (value === null) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, value);
  } catch {
    return;
  }
}
