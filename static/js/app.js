// What every page may need. Everything here is an extra: the pages work without it.
import { startGalleries } from "./gallery.js";
import { startNews } from "./news.js";

const TOAST_MS = 6000;
const reader = matchMedia("(prefers-reduced-motion: reduce)");

// --- menus: one <details> open at a time, closed by a click elsewhere or Escape ---
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// --- toasts: leave by themselves unless they tell of a failure or somebody is reading them ---
const toasts = document.getElementById("toasts");
function watchToast(toast) {
  if ("stay" in toast.dataset) return;
  let timer = setTimeout(() => toast.remove(), TOAST_MS);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("focusin", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => { timer = setTimeout(() => toast.remove(), TOAST_MS); });
}
if (toasts) {
  toasts.querySelectorAll("[data-toast]").forEach(watchToast);
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach((node) => node.dataset && watchToast(node));
  }).observe(toasts, { childList: true });
  toasts.addEventListener("click", (event) => event.target.closest("[data-close]")?.closest("[data-toast]").remove());
}

/** Shows a message the way the server does. */
export function toast(text, { error = false } = {}) {
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.toast = "";
  if (error) box.dataset.stay = "";
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  if (error) {
    const close = document.createElement("button");
    close.type = "button";
    close.dataset.close = "";
    close.textContent = "×";
    close.setAttribute("aria-label", "Close");
    box.append(close);
  }
  toasts.append(box);
}

// --- the theme ---
const choice = document.querySelector("[data-theme-choice]");
if (choice) {
  const chosen = document.documentElement.dataset.theme || "";
  choice.querySelector(`input[value="${chosen}"]`).checked = true;
  choice.hidden = false;
  choice.addEventListener("change", (event) => {
    const theme = event.target.value;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    try { localStorage.setItem("theme", theme); } catch (blocked) { /* kept for this page only */ }
  });
}

// --- forms: lead to what is wrong, count what is typed ---
document.querySelector("[data-focus]")?.focus();
function count(field) {
  const output = field.querySelector("[data-counter]");
  const left = Number(field.dataset.count) - Array.from(field.querySelector("input, textarea").value).length;
  output.hidden = false;
  output.textContent = left;
  output.classList.toggle("warn", left < 0);
}
for (const field of document.querySelectorAll("[data-count]")) {
  count(field);
  field.addEventListener("input", () => count(field));
}
// A form marked so is sent as soon as something in it is chosen (filters); its button is for those without scripts.
for (const form of document.querySelectorAll("form[data-send-on-change]")) {
  form.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });
  form.addEventListener("change", () => form.requestSubmit());
  // What was not chosen stays out of the address.
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
}

// --- htmx: refusals name their own place, so they are shown although their status is an error ---
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr;
  if (answer.getResponseHeader("HX-Retarget")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.addEventListener("htmx:sendError", ({ target }) => target.matches("[type=search]") || toast("That did not reach us. Check the connection and try again.", { error: true }));
document.addEventListener("htmx:beforeRequest", (event) => {
  const more = event.target.closest?.("[data-focus-new]");
  if (more) event.detail.target.dataset.had = event.detail.target.children.length;
});
document.addEventListener("htmx:afterSettle", (event) => {
  const had = event.detail.target?.dataset?.had;
  if (had) {
    // The keyboard goes on where the new ones begin, not back at the top of the page.
    event.detail.target.children[Number(had)]?.querySelector("a")?.focus({ preventScroll: true });
    delete event.detail.target.dataset.had;
  }
  if (event.detail.requestConfig?.verb === "post") event.detail.elt.querySelector?.('.like-button[aria-pressed="true"]')?.classList.add("is-fresh");
});

startNews(document.querySelector("[data-news]"));
startGalleries(reader.matches ? "auto" : "smooth");

// --- share: the device's own sheet, or the address into the clipboard ---
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { share, title, done } = button.dataset;
    try {
      if (navigator.share) await navigator.share({ title, url: share });
      else { await navigator.clipboard.writeText(share); toast(done); }
    } catch (changedTheirMind) { /* nothing to do */ }
  });
}
