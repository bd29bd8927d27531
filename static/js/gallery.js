// Dots, thumbnails and arrows follow the picture that is in view; the swiping itself is the browser's own.
export function startGalleries(behavior) {
  for (const gallery of document.querySelectorAll("[data-gallery]")) start(gallery, behavior);
}

function start(gallery, behavior) {
  const track = gallery.querySelector(".gallery-track");
  const slides = [...track.children];
  const dots = [...gallery.querySelectorAll(".gallery-dots i")];
  const thumbs = [...gallery.querySelectorAll(".gallery-thumbs a")];
  let here = 0;

  function mark(index) {
    here = index;
    dots.forEach((dot, i) => dot.classList.toggle("is-here", i === index));
    thumbs.forEach((thumb, i) => (i === index ? thumb.setAttribute("aria-current", "true") : thumb.removeAttribute("aria-current")));
  }
  function go(index) {
    const slide = slides[Math.max(0, Math.min(index, slides.length - 1))];
    // Not scrollIntoView: that would move the page as well.
    track.scrollTo({ left: slide.offsetLeft - track.offsetLeft, behavior });
  }

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) mark(slides.indexOf(entry.target));
  }, { root: track, threshold: 0.6 });
  slides.forEach((slide) => watcher.observe(slide));

  thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => { event.preventDefault(); go(index); }));
  gallery.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) go(here + Number(step.dataset.step));
    const zoom = event.target.closest("[data-zoom]");
    if (zoom) requestAnimationFrame(() => document.getElementById(zoom.dataset.zoom)?.scrollIntoView({ block: "start" }));
  });
  track.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    go(here + (document.documentElement.dir === "rtl" ? -step : step));
  });
}
