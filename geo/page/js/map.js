// The map: panes, views, controls, legend and the bubble of a corridor.

const map = map_corridor;
const PANES = [
  ["land", 200],
  ["halo", 410],
  ["core", 420],
  ["voyage", 405],
  ["places", 620],
  ["labels", 640],
];
const CLOSEST_FIT = 9.5;
// What the base map covers, with room to pan.
const EXTENT = [
  [-38, -23],
  [82, 188],
];

function startMap() {
  for (const [name, z] of PANES) map.createPane(name).style.zIndex = z;
  map.getPane("labels").style.pointerEvents = "none";
  drawLand();
  addCorridors();
  addPlaces();
  addLabels();
  addControls();
  map.on("moveend zoomend resize", placeLabels);
  map.on("zoomend", markZoom);
  // Leaflet leaves its drawings between two pixels, blurred, after a view is set at once.
  map.on("viewreset", () => map.fire("moveend"));
  markZoom();
}

function markZoom() {
  map.getContainer().classList.toggle("wide", map.getZoom() < MINOR_ZOOM);
}

function showView() {
  map.invalidateSize({ animate: false });
  const corridor = tables.corridor.get(state.scope) ?? tables.corridor.get(home());
  const shown = state.view === "corridor" && corridor ? [corridor] : tables.corridors;
  const bounds = L.latLngBounds(shown.flatMap((one) => one.latlngs));
  const narrow = map.getSize().x < 600;
  const padding = narrow ? [26, 40] : [70, 56];
  if (bounds.isValid()) map.fitBounds(bounds, { padding, maxZoom: CLOSEST_FIT, animate: false });
}

function openCorridor(corridor, at) {
  choose({ scope: corridor.key, tab: "evidence", fact: "" });
  const middle = corridor.latlngs[Math.floor(corridor.latlngs.length / 2)];
  if (!at) {
    showView();
    return;
  }
  L.popup({ maxWidth: 340, className: "bubble" })
    .setLatLng(at ?? middle)
    .setContent(bubble(corridor))
    .openOn(map);
}

// What the reports say of a corridor: the figure, then its leading facts with their sources.
function bubble(corridor) {
  const shown = selection();
  const facts = [...inOrder(shown.on, 3), ...inOrder(shown.wider, 3)].slice(0, 3);
  return el(
    "div",
    { class: "bubble-text" },
    el("h3", {}, mark(corridor.mode), `${corridorName(corridor)}, ${say(`mode.${corridor.mode}`)}`),
    el("p", {}, lengthOf(corridor)),
    el("ul", {}, ...facts.map(bubbleFact)),
    el(
      "p",
      {},
      say("popup.more", { facts: say("n.facts", { n: shown.on.length + shown.wider.length }) }),
    ),
  );
}

function bubbleFact(fact) {
  const claim = leadingClaim(fact);
  const source = claim ? tables.source.get(claim.source_id) : null;
  return el(
    "li",
    {},
    el("b", {}, capital(factNumber(fact))),
    ` · ${fact.claimant}`,
    el("span", { class: "bounds" }, boundsOf(fact)),
    source
      ? el(
          "span",
          { class: "publisher" },
          link(source.url, source.title),
          ` ${source.publisher}, ${published(source.published)}`,
        )
      : null,
  );
}

function boundsOf(fact) {
  if (fact.low === null) return "";
  const cell = (name, value, none) => `${say(name)} ${value === null ? say(none) : number(value)}`;
  return [
    cell("low", fact.low, "unstated"),
    cell("best", fact.best, "unstated"),
    cell("high", fact.high, "no_ceiling"),
  ].join(" · ");
}

function addControls() {
  const tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", { maxZoom: 19 });
  const switchTiles = (event) => {
    if (event.target.checked) tiles.addTo(map);
    else tiles.remove();
    map.getContainer().classList.toggle("tiled", event.target.checked);
  };
  const box = el(
    "div",
    { class: "controls" },
    el(
      "div",
      { class: "zooms" },
      button("+", () => map.zoomIn(), { "aria-label": say("zoom.in") }),
      button("−", () => map.zoomOut(), { "aria-label": say("zoom.out") }),
    ),
    el(
      "details",
      { class: "layers" },
      el("summary", {}, say("layers")),
      ...["sea", "rail"].map(modeSwitch),
      el("label", {}, el("input", { type: "checkbox", change: switchTiles }), say("layers.tiles")),
    ),
  );
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  const container = map.getContainer();
  container.setAttribute("aria-describedby", "map-help");
  container.append(box);
  map.setMaxBounds(EXTENT);
  drawCaption();
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
}

function modeSwitch(mode) {
  const act = (event) => map.getContainer().classList.toggle(`no-${mode}`, !event.target.checked);
  return el(
    "label",
    {},
    el("input", { type: "checkbox", checked: true, change: act }),
    mark(mode),
    say(`modename.${mode}`),
  );
}

// Under the map as a caption: what the lines mean, and whose data they stand on.
function drawCaption() {
  const sample = (name, ...parts) =>
    el(
      "li",
      { class: `for-${name}` },
      svg("svg", { viewBox: "0 0 36 12", class: "sample", "aria-hidden": "true" }, ...parts),
      say(`legend.${name}`),
    );
  const line = (className, weight) =>
    svg("path", { d: "M2 6H34", class: className, "stroke-width": weight });
  refill(
    byId("caption"),
    el(
      "ul",
      { class: "legend", "aria-label": say("legend") },
      sample("sea", line("halo sea", 9), line("core sea", 4)),
      sample("rail", line("halo rail", 9), line("core rail", 4)),
      sample("width", line("halo sea open", 11), line("core sea", 3)),
      sample("estimated", line("core rail", 4), line("estimated rail", 2)),
      sample("proposed", svg("circle", { cx: 18, cy: 6, r: 5, class: "ring" })),
    ),
    embedded()
      ? el(
          "a",
          { href: location.pathname + location.hash, target: "_blank", rel: "noopener" },
          say("embed.open"),
        )
      : null,
    el(
      "p",
      {},
      `${say("legend.inferred")} ${say("legend.reported")} ${say("attribution.data")} ${say("attribution")}`,
    ),
  );
}
