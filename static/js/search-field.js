// The search field as a combobox (WAI-ARIA 1.2): suggestions below it, by keys and by touch. Without it: a form.
const root = document.querySelector("[data-search-field]");
const form = root.querySelector("form");
const field = form.querySelector("input");
const box = root.querySelector(".suggest");
const KEPT = "searches", MOST = 6;
const options = () => [...box.querySelectorAll("[role=option]")];
let active = -1;

for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions" })) {
  field.setAttribute(name, value);
}
box.innerHTML = '<div role="listbox" id="suggestions"></div>';
box.firstChild.setAttribute("aria-label", field.placeholder);

function show(isOpen) {
  box.hidden = !isOpen;
  field.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) mark(-1);
}
function mark(place) {
  const lines = options();
  active = place;
  lines.forEach((line, n) => line.setAttribute("aria-selected", String(n === place)));
  if (place < 0) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", lines[place].id);
  lines[place].scrollIntoView({ block: "nearest" });
}
const ask = () => htmx.trigger(field, "suggest");

// --- what this browser looked for; for people with an account the server remembers it ---
function kept() {
  try { return JSON.parse(localStorage.getItem(KEPT)) || []; } catch (blocked) { return []; }
}
function keep(text) {
  if (!text || document.querySelector(".menu-head")) return; // somebody is logged in
  try { localStorage.setItem(KEPT, JSON.stringify([text, ...kept().filter((one) => one !== text)].slice(0, MOST))); } catch (blocked) { /* not kept */ }
}
function addKept() {
  const mine = field.value.trim() || document.querySelector(".menu-head") ? [] : kept();
  if (!mine.length) return;
  const group = document.createElement("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", box.dataset.title);
  const title = document.createElement("p");
  title.className = "suggest-title";
  title.setAttribute("role", "presentation");
  title.textContent = box.dataset.title;
  group.append(title);
  mine.forEach((text, n) => {
    const line = document.createElement("a");
    line.className = "suggest-line";
    line.id = `suggest-kept-${n}`;
    line.tabIndex = -1;
    line.setAttribute("role", "option");
    line.href = `${form.action}?${new URLSearchParams({ q: text })}`;
    line.textContent = text;
    group.append(line);
  });
  box.querySelector("[role=listbox]").prepend(group);
}

box.addEventListener("htmx:afterSwap", () => {
  addKept();
  mark(-1);
  show(root.contains(document.activeElement) && options().length > 0);
});
field.addEventListener("focus", ask);
field.addEventListener("click", () => { if (box.hidden) ask(); });
field.addEventListener("keydown", (event) => {
  const lines = options(), isOpen = !box.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) return ask();
    const step = event.key === "ArrowDown" ? 1 : -1;
    // From the last line on, and from the first one back, the field itself is next.
    mark(((active + 1 + step + lines.length + 1) % (lines.length + 1)) - 1);
  } else if (event.key === "Enter" && isOpen && active >= 0) {
    event.preventDefault();
    lines[active].click();
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    show(false);
  }
});
root.addEventListener("focusout", (event) => { if (!root.contains(event.relatedTarget)) show(false); });
box.addEventListener("pointerdown", (event) => { if (event.target.closest("[role=option]")) event.preventDefault(); }); // the field keeps the focus
box.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.requestConfig.verb === "post") { field.focus(); ask(); } });
form.addEventListener("submit", () => keep(field.value.trim()));
