// Photos: dropped or chosen, shown at once, uploaded two at a time with their progress, ordered by drag or arrow keys.
const AT_ONCE = 2;

export function startPhotos({ form, ensureDraft, send, say }) {
  const list = form.querySelector("[data-photos]");
  const drop = form.querySelector("[data-drop]");
  const input = drop.querySelector("input");
  const template = form.querySelector("[data-photo-template]");
  const waiting = [];
  let busy = 0;
  let held = null; // the button that was pressed while photos were still on their way

  const tiles = () => [...list.children];
  const address = (rest = "") => `${form.dataset.start}${form.dataset.id}/photos/${rest}`;

  // --- in ---
  function take(files) {
    for (const file of files) {
      const tile = template.content.firstElementChild.cloneNode(true);
      const picture = tile.querySelector("img");
      picture.src = URL.createObjectURL(file);
      picture.onload = () => { picture.hidden = false; URL.revokeObjectURL(picture.src); };
      tile.draggable = true;
      list.append(tile);
      waiting.push({ file, tile });
    }
    number();
    next();
  }

  async function next() {
    while (busy < AT_ONCE && waiting.length) {
      const job = waiting.shift();
      busy += 1;
      upload(job).finally(() => { busy -= 1; next(); });
    }
    if (!busy && !waiting.length && held) {
      const button = held;
      held = null;
      form.requestSubmit(button);
    }
  }

  async function upload({ file, tile }) {
    try {
      await ensureDraft();
      const answer = await post(file, (percent) => { tile.querySelector("progress").value = percent; });
      const photo = answer.photos?.[0];
      if (!photo) return fail(tile, answer.errors?.[0]?.message || "");
      tile.dataset.key = photo.key;
      tile.querySelector("progress").remove();
      say(form.dataset.wordsSaved);
      await order();
    } catch (problem) {
      fail(tile, form.dataset.wordsLost);
    }
  }

  // fetch cannot tell how far an upload is; XMLHttpRequest can.
  function post(file, onProgress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const data = new FormData();
      data.append("photos", file);
      request.open("POST", address());
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
      request.responseType = "json";
      request.upload.onprogress = (event) => onProgress((event.loaded / event.total) * 100);
      request.onload = () => (request.response ? resolve(request.response) : reject(new Error(String(request.status))));
      request.onerror = reject;
      request.send(data);
    });
  }

  function fail(tile, text) {
    tile.classList.add("has-failed");
    tile.querySelector("progress")?.remove();
    const note = tile.querySelector(".frame-note");
    note.hidden = false;
    note.textContent = text;
    tile.querySelector("img").remove();
  }

  input.addEventListener("change", () => { take(input.files); input.value = ""; });
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); drop.classList.add("is-over"); } });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); drop.classList.remove("is-over"); take(event.dataTransfer.files); });

  // --- order ---
  function number() {
    tiles().forEach((tile, index) => tile.setAttribute("aria-label", `${index + 1} / ${tiles().length}`));
    form.querySelector("#photos-keys").hidden = tiles().length < 2;
  }
  async function order() {
    number();
    const ready = tiles().filter((tile) => tile.dataset.key);
    // While others are on their way the server does not know them yet; it is told when the last one is there.
    if (ready.length < 2 || busy > 1 || waiting.length) return;
    const data = new FormData();
    ready.forEach((tile) => data.append("key", tile.dataset.key));
    const { ok } = await send(address("order/"), data);
    if (ok) say(form.dataset.wordsSaved);
  }
  function move(tile, step) {
    const other = step < 0 ? tile.previousElementSibling : tile.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(tile);
    else other.after(tile);
    tile.focus();
    order();
  }
  async function remove(tile) {
    if (tile.dataset.key) {
      const data = new FormData();
      data.append("key", tile.dataset.key);
      const { ok, body } = await send(address("remove/"), data);
      if (!ok) { say(body.errors[0].message); return; }
    }
    (tile.nextElementSibling || tile.previousElementSibling || input).focus();
    tile.remove();
    number();
    say(form.dataset.wordsSaved);
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest(".photo-tools button");
    if (!button) return;
    event.preventDefault();
    const verb = button.dataset.do || button.value.split(":")[0];
    const tile = button.closest(".photo");
    if (verb === "remove") remove(tile);
    else move(tile, verb === "up" ? -1 : 1);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!event.target.matches(".photo") || !(step || event.key === "Delete")) return;
    event.preventDefault();
    if (step) move(event.target, document.documentElement.dir === "rtl" ? -step : step);
    else remove(event.target);
  });

  number();
  let dragged = null;
  tiles().forEach((tile) => { tile.draggable = true; });
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest(".photo");
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("is-dragged");
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest(".photo");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    if (tiles().indexOf(over) < tiles().indexOf(dragged)) over.before(dragged);
    else over.after(dragged);
  });
  list.addEventListener("drop", (event) => { if (dragged) event.preventDefault(); });
  list.addEventListener("dragend", () => { dragged?.classList.remove("is-dragged"); dragged = null; order(); });

  // --- out: nobody loses a photo by being quick ---
  form.addEventListener("submit", (event) => {
    if (!busy && !waiting.length) return;
    event.preventDefault();
    held = event.submitter;
  });
}
