const YEAR_SECONDS = 31_536_000;

/** The buttons of the theme form change the page at once; the cookie tells the server. */
export function switchTheme(form: HTMLFormElement): void {
  const buttons = form.querySelectorAll<HTMLButtonElement>("button[name=theme]");
  buttons.forEach((button) =>
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const theme = button.value;
      document.cookie = `theme=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
      if (theme === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
      buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    }),
  );
}
