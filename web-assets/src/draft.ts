/** Keeps what has been typed into `<form data-draft="KEY">` on this machine until it is sent,
 * and offers it again after a lost connection. Passwords and files are never kept. */
export function keepDraft(form: HTMLFormElement): void {
  const key = `draft:${form.dataset.draft ?? ""}`;
  const hint = form.querySelector<HTMLElement>("[data-draft-hint]");
  const restore = form.querySelector<HTMLButtonElement>("[data-draft-restore]");
  const initial = read(form);
  const kept = load(key);
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
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    // The server answers a form that was not taken with what was typed, so nothing is lost.
    save(key, null);
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
