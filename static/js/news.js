// The number beside "News", live. The link is there without this script; its number comes after the first paint, so a
// page for everybody stays one page (docs/adr/0015).

const FIRST_WAIT = 1000, LONGEST_WAIT = 60000, SETTLE_MS = 800;
const SESSION_ENDED = 4001, FLOODING = 4008, STORED = "news";

/** Shows how many entries are unread in the head of the page, from now on. */
export function startNews(link) {
  if (!link) return forget();
  const badge = link.querySelector("[data-badge]");
  let wait = FIRST_WAIT, timer;
  const more = document.querySelector("[data-news-more]"); // on the page of the news itself, which has read them
  if (more) forget();
  // What the last page knew, so that the number does not come and go from page to page.
  show(remembered());
  timer = setTimeout(connect, SETTLE_MS); // who only passes through opens no connection
  addEventListener("pagehide", () => clearTimeout(timer));

  function connect() {
    const socket = new WebSocket(link.dataset.news);
    socket.addEventListener("message", (event) => {
      const frame = JSON.parse(event.data);
      if (frame.type !== "news") return;
      wait = FIRST_WAIT;
      const text = frame.unread ? `${frame.unread}${frame.more ? "+" : ""}` : "";
      try { sessionStorage.setItem(STORED, text); } catch (blocked) { /* known to this page only */ }
      show(text);
      if (more) more.hidden = !text;
    });
    socket.addEventListener("close", (event) => {
      if (event.code === SESSION_ENDED) return forget();
      const pause = (event.code === FLOODING ? LONGEST_WAIT : wait) * (0.5 + Math.random());
      wait = Math.min(wait * 2, LONGEST_WAIT);
      timer = setTimeout(connect, pause);
    });
  }

  function show(text) {
    badge.textContent = text;
    badge.hidden = !text;
    link.setAttribute("aria-label", text ? `${link.dataset.say}: ${text} ${link.dataset.sayNew}` : link.dataset.say);
  }
}

function remembered() {
  try { return sessionStorage.getItem(STORED) || ""; } catch (blocked) { return ""; }
}

function forget() {
  try { sessionStorage.removeItem(STORED); } catch (blocked) { /* nothing was stored */ }
}
