// The live thread of a listing. Without this script it is a page with a form; with it, it moves.
//
// Every change comes as a frame with the comment's id, revision and rendered words, the same for every reader. A frame
// may come twice (live, and replayed after a lost connection): each (id, revision) is shown once, the newest wins.

import { startTyping } from "./thread-typing.js";
import { relative } from "./thread-time.js";

const FIRST_WAIT = 500, LONGEST_WAIT = 15000, REFRESH_MS = 30000, SPREAD_MS = 5000;
const NOT_FOUND = 4004, FLOODING = 4008;

for (const box of document.querySelectorAll("[data-thread]")) start(box);

function start(box) {
  const list = box.querySelector("[data-comments]");
  const line = box.querySelector("[data-line]");
  const pill = box.querySelector("[data-pill]");
  const form = box.querySelector("[data-write]");
  const me = box.dataset.me;
  const pending = new Map(); // key -> row of a comment that is on its way
  let socket, wait = FIRST_WAIT, unseen = 0, watching = 0, wasOpen = false, beat;
  // With nothing said yet there is no newest comment to go on from: then it is the time the page was made.
  let since = newest() || Number(box.dataset.since);

  const typing = startTyping({ box, send, say: status });
  list.querySelectorAll(".comment").forEach(dress);
  setInterval(() => list.querySelectorAll(".comment").forEach(dress), REFRESH_MS);
  pill.addEventListener("click", () => { list.lastElementChild?.scrollIntoView({ block: "center" }); seen(); });
  new IntersectionObserver((entries) => { if (entries[0].isIntersecting) seen(); }).observe(line);
  list.addEventListener("click", onClick);
  if (form) enhance(form);
  connect();

  function newest() {
    return Math.max(0, ...[...list.querySelectorAll(".comment")].map((row) => Number(row.dataset.changed || 0)));
  }

  function connect() {
    socket = new WebSocket(box.dataset.thread);
    socket.addEventListener("open", () => {
      wait = FIRST_WAIT;
      wasOpen = true;
      line.classList.remove("is-lost");
      status();
      send({ type: "hello", since });
      clearInterval(beat);
      beat = setInterval(() => send({ type: "here" }), Number(box.dataset.heartbeatSeconds) * 1000);
      for (const [key, row] of pending) send({ type: "comment", key, body: row.dataset.body });
    });
    socket.addEventListener("message", (event) => handle(JSON.parse(event.data)));
    socket.addEventListener("close", (event) => {
      clearInterval(beat);
      if (event.code === NOT_FOUND) return;
      line.classList.add("is-lost");
      line.textContent = box.dataset.sayLost;
      const pause = (event.code === FLOODING ? LONGEST_WAIT : wait) * (0.5 + Math.random());
      wait = Math.min(wait * 2, LONGEST_WAIT);
      setTimeout(connect, pause);
    });
  }

  function send(frame) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  function handle(frame) {
    if (frame.type === "comment") show(frame);
    else if (frame.type === "watching") { watching = frame.count; status(); }
    else if (frame.type === "typing" && frame.username !== me) typing.heard(frame);
    else if (frame.type === "accepted") { pending.get(frame.key)?.remove(); pending.delete(frame.key); }
    else if (frame.type === "refused" && pending.has(frame.key)) fail(frame);
    else if (frame.type === "lock") lock(frame.is_locked);
    else if (frame.type === "reload") setTimeout(reload, Math.random() * SPREAD_MS); // not all watchers at once
  }

  function show(frame) {
    since = Math.max(since, frame.changed_at);
    const old = list.querySelector(`#comment-${frame.id}`);
    if (old && Number(old.dataset.revision) >= frame.revision) return;
    const template = document.createElement("template");
    template.innerHTML = frame.html;
    const row = template.content.querySelector(".comment");
    dress(row);
    typing.gone(row.dataset.author);
    if (old) { old.replaceWith(row); return; }
    const first = list.querySelector(".comment");
    // An edit of a comment older than what is shown here has no place on this page.
    if (first && frame.id < first.dataset.id && list.querySelector(".thread-earlier")) return;
    const after = [...list.querySelectorAll(".comment[data-id]")].reverse().find((other) => other.dataset.id < frame.id);
    if (after) after.after(row); else if (first) first.before(row); else list.append(row);
    box.querySelector("[data-empty]")?.remove();
    row.classList.add("is-new");
    if (row.dataset.author !== me && line.getBoundingClientRect().top > innerHeight) {
      unseen += 1;
      pill.hidden = false;
      pill.textContent = `${unseen} ${box.dataset.sayNew}`;
    }
  }

  // The form gives way to a sentence, and comes back; what is typed in it stays.
  function lock(isLocked) {
    const mayWrite = box.dataset.moderator === "seller" || !isLocked;
    box.querySelector("[data-locked]").hidden = mayWrite;
    const write = box.querySelector("[data-may-write]");
    if (write) write.hidden = !mayWrite;
    const button = box.querySelector("[name=lock]");
    if (!button) return;
    button.value = isLocked ? "0" : "1";
    button.textContent = isLocked ? box.dataset.sayUnlock : box.dataset.sayLock;
  }

  // More has changed than is sent one by one: the newest rows anew, as the page would show them.
  async function reload() {
    const answer = await fetch(box.dataset.rows, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    const kept = [...list.querySelectorAll(".comment[data-key]")];
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    list.replaceChildren(template.content, ...kept);
    window.htmx?.process(list);
    list.querySelectorAll(".comment").forEach(dress);
    box.querySelector("[data-empty]")?.remove();
    since = Math.max(since, newest());
  }

  function seen() { unseen = 0; pill.hidden = true; }

  function status() {
    if (line.classList.contains("is-lost")) return;
    const words = watching > 1 ? [`${watching} ${box.dataset.sayWatching}`] : [];
    line.textContent = [...words, ...typing.words()].join(" · ");
  }

  // Times as people say them, and the buttons that are this reader's.
  function dress(row) {
    const time = row.querySelector("time");
    if (time) { time.title = new Date(time.dateTime).toLocaleString(); time.textContent = relative(time.dateTime); }
    const actions = row.querySelector(".comment-actions");
    if (!actions) return;
    const mine = me && row.dataset.author === me;
    const age = Date.now() - Date.parse(row.dataset.at);
    const edit = actions.querySelector("[data-edit]");
    edit.hidden = !mine || age > Number(box.dataset.editMinutes) * 60000;
    actions.querySelector("[data-remove]").hidden = !(mine || box.dataset.moderator);
    actions.hidden = !(mine || box.dataset.moderator);
  }

  async function onClick(event) {
    const remove = event.target.closest("[data-remove]");
    if (remove && confirm(box.dataset.sayRemove)) {
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      await fetch(remove.dataset.remove, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" } });
    }
    const again = event.target.closest("[data-again]");
    if (again) post(again.closest(".comment"));
  }

  function enhance(form) {
    const words = form.elements.body;
    form.addEventListener("submit", (event) => {
      if (!wasOpen) return; // where sockets are blocked the plain form still works; a lost one is waited for
      event.preventDefault();
      if (!words.value.trim()) return words.focus();
      const row = document.createElement("li");
      row.className = "comment is-sending";
      row.dataset.key = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
      row.dataset.body = words.value;
      const body = document.createElement("div");
      body.className = "comment-body";
      const text = document.createElement("p");
      text.className = "typed quiet";
      text.textContent = words.value;
      body.append(text);
      row.append(document.createElement("span"), body);
      list.append(row);
      words.value = "";
      words.focus();
      post(row);
    });
    words.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    words.addEventListener("input", () => typing.mine());
  }

  function post(row) {
    row.classList.remove("is-failed");
    row.querySelector("[data-problem]")?.remove();
    pending.set(row.dataset.key, row);
    send({ type: "comment", key: row.dataset.key, body: row.dataset.body });
  }

  function fail(frame) {
    const row = pending.get(frame.key);
    pending.delete(frame.key);
    row.classList.add("is-failed");
    const problem = document.createElement("p");
    problem.dataset.problem = "";
    problem.className = "small";
    problem.textContent = `${box.dataset.sayFailed} ${frame.message} `;
    const again = document.createElement("button");
    again.type = "button";
    again.dataset.again = "";
    again.className = "button button-quiet";
    again.textContent = box.dataset.sayAgain;
    problem.append(again);
    row.querySelector(".comment-body").append(problem);
  }
}
