// "Ada is typing": said at most once a moment, forgotten when no key follows.

/** `send` a frame, `say` that the words have changed; `mine()` on each key, `heard(frame)` of others, `words()` to show. */
export function startTyping({ box, send, say }) {
  const pause = Number(box.dataset.typingSeconds) * 1000;
  const others = new Map(); // username -> [name, timer]
  let told = 0;

  return {
    mine() {
      if (Date.now() - told < pause / 2) return;
      told = Date.now();
      send({ type: "typing" });
    },
    heard({ username, name }) {
      clearTimeout(others.get(username)?.[1]);
      others.set(username, [name, setTimeout(() => this.gone(username), pause)]);
      say();
    },
    gone(username) {
      if (!others.has(username)) return;
      clearTimeout(others.get(username)[1]);
      others.delete(username);
      say();
    },
    words() {
      return [...others.values()].slice(0, 2).map(([name]) => `${name} ${box.dataset.sayTyping}`);
    },
  };
}
