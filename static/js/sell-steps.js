// On a phone the form shows one part at a time; the style sheet decides what a phone is.
export function startSteps(form) {
  const parts = [...form.querySelectorAll(".sell-part")];
  const bar = form.querySelector("[data-steps]");
  const [back, next] = bar.querySelectorAll("[data-step]");
  let here = Math.max(0, parts.findIndex((part) => part.matches(".has-error") || part.querySelector(".has-error")));

  function show(index, { focus = true } = {}) {
    here = Math.max(0, Math.min(index, parts.length - 1));
    parts.forEach((part, i) => part.classList.toggle("is-here", i === here));
    form.classList.toggle("is-last", here === parts.length - 1);
    back.disabled = here === 0;
    bar.querySelector("[data-step-count]").textContent = `${here + 1} / ${parts.length}`;
    if (!focus) return;
    const title = parts[here].querySelector("h2");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }

  back.addEventListener("click", () => show(here - 1));
  next.addEventListener("click", () => show(here + 1));
  // A line of the error summary leads into a part that may be hidden now.
  form.addEventListener("click", (event) => {
    const target = event.target.closest(".notice a[href^='#']");
    const field = target && document.getElementById(target.hash.slice(1));
    const part = field?.closest(".sell-part");
    if (!part) return;
    event.preventDefault();
    show(parts.indexOf(part), { focus: false });
    field.scrollIntoView({ block: "center" });
    (field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea"))?.focus();
  });

  form.classList.add("is-stepped");
  bar.hidden = false;
  show(here, { focus: false });
}
