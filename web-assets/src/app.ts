// Makes pages quicker. Every page does its work without this script.

import { selectAll } from "./bulk";
import { keepDraft } from "./draft";
import { filterAsYouType } from "./filter";
import { findLine } from "./line";
import { startWhenSeen } from "./maps";
import { fillSheet } from "./sheet";
import { switchTheme } from "./theme";

document.querySelectorAll<HTMLInputElement>("input[data-filter]").forEach(filterAsYouType);
document.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach(keepDraft);
document.querySelectorAll<HTMLFormElement>("form[data-sheet]").forEach(fillSheet);
document.querySelectorAll<HTMLInputElement>("input[data-select-all]").forEach(selectAll);
document.querySelectorAll<HTMLFormElement>("form[data-line-jump]").forEach(findLine);
document.querySelectorAll<HTMLElement>("[data-map]").forEach(startWhenSeen);
document.querySelectorAll<HTMLFormElement>("form[data-theme-form]").forEach(switchTheme);

// "/" goes to the search box, as long as one is not typing already.
document.addEventListener("keydown", (event) => {
  const target = event.target;
  const typing =
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.querySelector<HTMLInputElement>("input[data-search]");
  if (search === null) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// An error summary is where one reads on after a form came back.
document.querySelector<HTMLElement>("[data-error-summary]")?.focus();

// Fonts that arrive after the first layout move the line that the address points to.
void document.fonts.ready.then(() => document.querySelector(":target")?.scrollIntoView({ behavior: "instant" }));
