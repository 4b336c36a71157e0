// Opening the page: unpack, draw, and draw again at every choice.

async function open() {
  const page = byId("page");
  if (typeof DecompressionStream === "undefined") {
    page.replaceChildren(el("p", { class: "notice" }, page.dataset.old));
    return;
  }
  document.documentElement.classList.toggle("embed", embedded());
  await openTables();
  readAddress();
  redraw = draw;
  startMap();
  draw();
  showView();
  window.addEventListener("hashchange", () => {
    readAddress();
    draw();
    showView();
  });
  document.addEventListener("click", closeMenu);
  document.addEventListener("keydown", closeMenu);
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth !== width) draw();
    width = window.innerWidth;
  });
  // On paper everything is laid out anew, and again on the way back.
  matchMedia("print").addEventListener("change", () => {
    draw();
    showView();
  });
  new ResizeObserver(() => map.invalidateSize({ animate: false, pan: false })).observe(
    map.getContainer(),
  );
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    drawLand();
    draw();
  });
  document.documentElement.dataset.ready = "yes";
}

// The small form, for a frame in an article: ?embed
function embedded() {
  return new URLSearchParams(location.search).has("embed");
}

function draw() {
  const shown = selection();
  const figures = corridorFigures(shown.passing);
  refill(
    byId("known"),
    say("known", {
      day: day(knownBy()),
      sources: say("n.sources", {
        n: tables.sources.filter((s) => s.published_by <= knownBy()).length,
      }),
    }),
  );
  drawTools();
  drawAnswer(shown);
  drawFilters();
  drawSide(shown, figures);
  drawReplay(shown);
  drawTimeline(shown);
  drawCorridors(figures);
  drawRings(shown.proposed);
  placeLabelsAnew();
}

open();
