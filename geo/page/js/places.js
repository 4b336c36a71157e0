// Places at the ends of corridors, and labels that never cover each other.

const labels = [];
const figureLabel = { text: "", from: Infinity, to: 20, kind: "figure" };
const MARK_PX = 7;
// Between a label and a line.
const ROOM_PX = { place: 1, figure: 11, country: 6, sea: 6 };
// A line under a label is worse than lines close by.
const OVER_A_LINE = 4;
// Stations at the border stand on one another until this zoom.
const MINOR_ZOOM = 10;

function addPlaces() {
  const used = new Set(tables.corridors.flatMap((c) => [c.origin, c.destination]));
  for (const id of [...used].sort()) {
    const place = tables.place.get(id);
    if (!place) continue;
    const minor = place.kind === "border_crossing" || place.kind === "border_station";
    const icon = L.divIcon({
      html: el("span", { class: `place ${place.kind}` }),
      className: minor ? "spot minor" : "spot",
      iconSize: [22, 22],
    });
    L.marker([place.lat, place.lon], { icon, pane: "places", title: place.name, alt: place.name })
      .bindPopup(() => placeBubble(place), { className: "bubble", maxWidth: 300 })
      .addTo(map);
    labels.push({
      id,
      text: place.name,
      lat: place.lat,
      lon: place.lon,
      from: minor ? MINOR_ZOOM : 2,
      to: 20,
      kind: "place",
    });
  }
}

function placeBubble(place) {
  const naming = tables.facts.filter(
    (fact) =>
      held(fact) &&
      [fact.origin, fact.destination, fact.port, fact.via].some((cell) =>
        several(cell).includes(place.place_id),
      ),
  );
  const where = `${place.lat.toFixed(3)}, ${place.lon.toFixed(3)}`;
  return el(
    "div",
    { class: "bubble-text" },
    el("h3", {}, place.name),
    el("p", {}, say("place.where", { where, km: place.radius_km })),
    el("p", {}, say("place.named", { facts: say("n.facts", { n: naming.length }) })),
  );
}

function addLabels() {
  for (const [key, lat, lon, from, to, kind] of NAMES)
    labels.push({ text: say(key), lat, lon, from, to, kind });
  labels.push(figureLabel);
  for (const label of labels) {
    label.node = el("span", { class: `label ${label.kind}`, "aria-hidden": "true" }, label.text);
    map.getPane("labels").append(label.node);
    label.size = [label.node.offsetWidth, label.node.offsetHeight];
    label.node.hidden = true;
  }
}

// What decides where labels stand, besides the view: which lines show, the one chosen, its figure.
let labelled = "";

function placeLabelsAnew() {
  const lines_ = [...lanes].filter(([, { core }]) => !core.getElement().classList.contains("off"));
  const asked = JSON.stringify([state.scope, figureLabel.text, lines_.map(([key]) => key)]);
  if (asked === labelled) return;
  labelled = asked;
  placeLabels();
}

// Put each label where it covers no other; one that finds no room waits for a closer zoom.
function placeLabels() {
  const zoom = map.getZoom();
  const chosen = scopeChosen();
  const rank = (label) =>
    label.id && (label.id === chosen.origin || label.id === chosen.destination)
      ? 0
      : { figure: 1, place: 2, country: 3, sea: 4 }[label.kind];
  aimFigure(chosen);
  const spotsTaken = labels
    .filter((label) => label.kind === "place" && zoom >= label.from)
    .map((label) => {
      const at = map.latLngToLayerPoint([label.lat, label.lon]);
      return [at.x - MARK_PX, at.y - MARK_PX, at.x + MARK_PX, at.y + MARK_PX];
    });
  const taken = [...spotsTaken, ...coveredByControls()];
  const corner = map.containerPointToLayerPoint([0, 0]);
  const view = [corner.x, corner.y, corner.x + map.getSize().x, corner.y + map.getSize().y];
  const lines_ = linePoints();
  for (const label of [...labels].sort((a, b) => rank(a) - rank(b))) {
    label.node.hidden = zoom < label.from || zoom >= label.to;
    if (label.node.hidden) continue;
    const free = spots(label).filter(
      (box) => inside(box, view) && !taken.some((other) => meets(box, other)),
    );
    const near =
      label.kind === "figure" ? free.filter((box) => nearestIsChosen(box, lines_)) : free;
    const spot = clearest(near, lines_, label.kind);
    label.node.hidden = !spot;
    if (!spot) continue;
    taken.push(spot);
    label.node.classList.toggle("end", rank(label) === 0);
    L.DomUtil.setPosition(label.node, L.point(Math.round(spot[0]), Math.round(spot[1])));
  }
}

// The first box that fewest lines cross. A place keeps its name even over a line; the name of a
// sea waits for clear water.
function clearest(boxes, lines_, kind) {
  const room = ROOM_PX[kind];
  let best = null;
  for (const box of boxes) {
    let crossed = 0;
    for (const p of lines_) {
      const off = gapTo(box, p);
      if (off < room) crossed += off ? 1 : OVER_A_LINE;
    }
    if (!crossed) return box;
    if (!best || crossed < best.crossed) best = { box, crossed };
  }
  return kind === "sea" || !best ? null : best.box;
}

// What the controls over the map cover, in the map's own pixels.
function coveredByControls() {
  const frame = map.getContainer().getBoundingClientRect();
  const corner = map.containerPointToLayerPoint([0, 0]);
  return [...document.querySelectorAll(".controls > *, .replay")].map((node) => {
    const box = node.getBoundingClientRect();
    const [x, y] = [box.left - frame.left + corner.x, box.top - frame.top + corner.y];
    return [x, y, x + box.width, y + box.height];
  });
}

// Points along the lines that are drawn: a label keeps off them where it can.
function linePoints() {
  const found = [];
  for (const [key, { core }] of lanes) {
    if (core.getElement().classList.contains("off")) continue;
    for (const part of core._parts) {
      for (const { x, y } of densified(part)) found.push({ x, y, key });
    }
  }
  return found;
}

// Where a label may stand: round its place, the best spot first; a name of a sea may move a little.
function spots(label) {
  const [w, h] = label.size;
  const box = (x, y) => [x, y, x + w, y + h];
  if (label.kind === "figure") {
    return alongLine().flatMap((point) => besideLine(point, w, h).map(([x, y]) => box(x, y)));
  }
  const at = map.latLngToLayerPoint([label.lat, label.lon]);
  if (label.kind !== "place")
    return [0, 26, -26, 52, -52].map((off) => box(at.x - w / 2, at.y - h / 2 + off));
  const gap = MARK_PX + 4;
  return [
    box(at.x + gap, at.y - h / 2),
    box(at.x - w - gap, at.y - h / 2),
    box(at.x - w / 2, at.y - h - gap),
    box(at.x - w / 2, at.y + gap),
    box(at.x + gap, at.y - h),
    box(at.x - w - gap, at.y),
  ];
}

// Round a point of a line at growing distances, below right first: clear water on a north-east run.
function besideLine(at, w, h) {
  return [14, 24, 36, 50, 68, 88].flatMap((off) => [
    [at.x + off, at.y + off - 4],
    [at.x - w - off, at.y - h - off + 4],
    [at.x + off, at.y - h - off + 4],
    [at.x - w - off, at.y + off - 4],
  ]);
}

function inside(box, view) {
  return box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];
}

// The figure of the corridor chosen shows beside its line; a wider scope has no line.
function aimFigure(scope) {
  figureLabel.from = scope.latlngs && figureLabel.text ? 5 : Infinity;
}

// Points of the chosen corridor's line as it is on the screen, the middle first.
function alongLine() {
  const line = lanes.get(state.scope).core._parts.flatMap(densified);
  return line.length
    ? [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map(
        (share) => line[Math.floor(share * (line.length - 1))],
      )
    : [];
}

// A figure beside another line would be taken for that line's.
function nearestIsChosen(box, lines_) {
  let nearest = null;
  for (const point of lines_) {
    const far = gapTo(box, point);
    if (!nearest || far < nearest.far) nearest = { far, key: point.key };
  }
  return nearest?.key === state.scope;
}

function gapTo(box, { x, y }) {
  return Math.hypot(Math.max(box[0] - x, 0, x - box[2]), Math.max(box[1] - y, 0, y - box[3]));
}

function setFigure(text) {
  figureLabel.text = text;
  figureLabel.node.textContent = text;
  figureLabel.node.hidden = false;
  figureLabel.size = [figureLabel.node.offsetWidth, figureLabel.node.offsetHeight];
}

function meets(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
