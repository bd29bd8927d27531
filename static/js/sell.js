// The sell form with scripts: saves by itself, says what you earn, adds rows, offers the sizes of the category.
// Every address and every word comes from the page; without this file the form is an ordinary one.
import { startPhotos } from "./sell-photos.js";
import { startSteps } from "./sell-steps.js";

const SAVE_AFTER_MS = 1200;
const RETRY_MS = 5000;
const EARN_AFTER_MS = 250;
const form = document.getElementById("sell");
const words = form.dataset;
const line = form.querySelector("[data-saved]");
let savedAt = 0;
let timer = 0;
let draft = words.id ? Promise.resolve(words.id) : null;

form.classList.add("has-script");
form.querySelectorAll("[data-with-script], [data-add-row], [data-drop-row]").forEach((part) => { part.hidden = false; });

/** Sends something to the server as this form would, and reads its JSON answer. */
export async function send(address, data) {
  const answer = await fetch(address, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
  });
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error(String(answer.status));
  return { ok: answer.ok, status: answer.status, body: await answer.json() };
}

function typed() {
  const data = new FormData(form);
  data.delete("photos");
  data.set("do", "save");
  return data;
}

let unanswered = null; // what was sent and perhaps stored: it goes again, as it was, before anything newer

async function deliver(address) {
  unanswered ??= typed();
  const { body } = await send(address, unanswered);
  unanswered = null;
  if (body.seen) form.elements.seen.value = body.seen; // what the server takes this form to show from now on
  if (body.key && form.elements.key) form.elements.key.value = body.key;
  return body;
}

/** The id of the draft; it is made when the first thing is typed or dropped. */
export function ensureDraft() {
  draft ??= deliver(words.start).then((body) => {
    if (!body.id) throw new Error("no draft");
    words.id = body.id;
    form.action = `${words.start}${body.id}/`;
    history.replaceState(null, "", form.action);
    say(words.wordsSaved);
    return body.id;
  }).catch((problem) => { draft = null; throw problem; });
  return draft;
}

export function say(text) {
  savedAt = text === words.wordsSaved ? Date.now() : 0;
  line.textContent = text;
}
setInterval(() => {
  const seconds = Math.round((Date.now() - savedAt) / 1000);
  if (savedAt && seconds >= 5) line.textContent = words.wordsAgo.replace("{n}", seconds);
}, 5000);

let saving = null;
let isStale = false;
function save() {
  isStale = Boolean(saving);
  saving ??= saveNow().finally(() => { saving = null; if (isStale) save(); });
  return saving;
}

async function saveNow() {
  line.textContent = words.wordsSaving;
  savedAt = 0;
  isStale ||= Boolean(unanswered);
  try {
    if (!words.id) { await ensureDraft(); return; }
    const body = await deliver(form.action);
    mark(body.errors || {});
    say(Object.keys(body.errors || {}).length ? words.wordsPart : words.wordsSaved);
  } catch (problem) {
    isStale = false;
    line.textContent = words.wordsLost;
    clearTimeout(timer);
    timer = setTimeout(save, RETRY_MS);
  }
}

// A button sends the form as it stands: not while an older state of it is on its way.
form.addEventListener("submit", (event) => {
  const busy = saving ?? (words.id ? null : draft);
  if (!busy) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  busy.catch(() => {}).finally(() => form.requestSubmit(button));
});

function mark(errors) {
  form.querySelectorAll("[data-marked]").forEach((note) => note.remove());
  for (const field of form.querySelectorAll(".field")) {
    const control = field.querySelector("input, select, textarea");
    const name = field.id ? field.id.slice(3) : control?.name;
    const texts = errors[name];
    field.classList.toggle("has-error", Boolean(texts));
    if (!texts) { if (!control?.matches("[aria-describedby$=_error]")) control?.removeAttribute("aria-invalid"); continue; }
    control.setAttribute("aria-invalid", "true");
    const note = document.createElement("p");
    note.className = "field-error";
    note.dataset.marked = "";
    note.textContent = texts.join(" ");
    field.append(note);
  }
}

if (words.isDraft) {
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_AFTER_MS);
  });
  addEventListener("online", () => { if (timer) save(); });
}

// --- you earn ---
const earn = form.querySelector("[data-earn] output");
let earnTimer = 0;
let asked = 0;
async function showEarning() {
  const question = ++asked;
  const what = new URLSearchParams({ price: form.elements.price.value, currency: form.elements.currency.value });
  const answer = await fetch(`${words.earning}?${what}`, { headers: { Accept: "application/json" } }).catch(() => null);
  if (question !== asked || !answer?.ok) return; // something else was typed meanwhile, or there is no connection
  earn.textContent = (await answer.json()).earning || "–";
}
function earnSoon() {
  clearTimeout(earnTimer);
  earnTimer = setTimeout(showEarning, EARN_AFTER_MS);
}
form.elements.price.addEventListener("input", earnSoon);
form.elements.currency.addEventListener("change", earnSoon);

// --- rows of sizes and flaws ---
form.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-row]");
  const drop = event.target.closest("[data-drop-row]");
  if (add) {
    const rows = add.parentElement.querySelector("[data-rowset]");
    const row = rows.lastElementChild.cloneNode(true);
    row.querySelectorAll("input, select").forEach((control) => { control.value = control.name === "quantity" ? "1" : ""; });
    rows.append(row);
    row.querySelector("input, select").focus();
  } else if (drop) {
    const row = drop.closest("[data-row]");
    if (row.parentElement.children.length > 1) row.remove();
    else row.querySelectorAll("input, select").forEach((control) => { control.value = control.name === "quantity" ? "1" : ""; });
    form.dispatchEvent(new Event("input"));
  }
});

// --- the sizes that go with the category ---
form.elements.category.addEventListener("change", async (event) => {
  const answer = await fetch(`${words.sizes}?category=${encodeURIComponent(event.target.value)}`).catch(() => null);
  if (answer?.ok) document.getElementById("size-names").innerHTML = await answer.text();
});

startSteps(form);
startPhotos({ form, ensureDraft, send, say });
