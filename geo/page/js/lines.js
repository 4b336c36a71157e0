// Corridors as lines: core as wide as the low, halo as wide as the high, dashed as inferred.

const ARROW_EVERY_PX = 230;
const TAPER_PX = 46;
const APART_PX = 6;
const THINNEST_PX = 1.6;
const WIDEST_PX = 8;
const lanes = new Map();

// A line moved sideways on the screen, so that corridors over the same water stay apart, with
// arrowheads along it.
const Lane = L.Polyline.extend({
  onAdd(onMap) {
    L.Polyline.prototype.onAdd.call(this, onMap);
    if (!this.options.arrow) return;
    this._arrow = L.SVG.create("path");
    this._arrow.setAttribute("class", `arrow ${this.options.arrow}`);
    this._renderer._rootGroup.append(this._arrow);
    this._drawArrows();
  },
  _updatePath() {
    if (this.options.shift)
      this._parts = this._parts.map((part) => shifted(part, this.options.shift));
    L.Polyline.prototype._updatePath.call(this);
    if (this._arrow) this._drawArrows();
  },
  _drawArrows() {
    const size = 4.5 + this.options.weight * 0.6;
    this._arrow.setAttribute(
      "d",
      this._parts.flatMap((part) => arrows(part, size)).join("") || "M0 0",
    );
  },
});

function shifted(part, by) {
  const dense = densified(part);
  const run = [0];
  for (let k = 1; k < dense.length; k += 1)
    run.push(run[k - 1] + dense[k].distanceTo(dense[k - 1]));
  return dense.map((point, k) => {
    const a = dense[Math.max(0, k - 1)];
    const b = dense[Math.min(dense.length - 1, k + 1)];
    const length = a.distanceTo(b) || 1;
    const off = (by * Math.min(1, run[k] / TAPER_PX, (run.at(-1) - run[k]) / TAPER_PX)) / length;
    return L.point(point.x - (b.y - a.y) * off, point.y + (b.x - a.x) * off);
  });
}

function densified(part) {
  const step = TAPER_PX / 3;
  return part.flatMap((point, k) => {
    if (k === 0) return [point];
    const before = part[k - 1];
    const pieces = Math.min(400, Math.ceil(before.distanceTo(point) / step));
    return Array.from({ length: pieces }, (_, i) =>
      L.point(
        before.x + ((point.x - before.x) * (i + 1)) / pieces,
        before.y + ((point.y - before.y) * (i + 1)) / pieces,
      ),
    );
  });
}

// Arrowheads at even distances along a line, none at its very ends.
function arrows(part, size) {
  let total = 0;
  for (let k = 1; k < part.length; k += 1) total += part[k].distanceTo(part[k - 1]);
  if (total < 60) return [];
  const many = Math.max(1, Math.min(12, Math.round(total / ARROW_EVERY_PX)));
  const found = [];
  let run = 0;
  for (let k = 1; k < part.length; k += 1) {
    const length = part[k].distanceTo(part[k - 1]);
    const next = () => (total * (found.length + 0.5)) / many;
    while (length && found.length < many && run + length >= next()) {
      found.push(arrowhead(part[k - 1], part[k], (next() - run) / length, size));
    }
    run += length;
  }
  return found;
}

function arrowhead(a, b, share, size) {
  const length = a.distanceTo(b);
  const [x, y] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const [px, py] = [a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share];
  const corner = (along, across) =>
    `${(px + x * along - y * across).toFixed(1)} ${(py + y * along + x * across).toFixed(1)}`;
  return `M${corner(size, 0)}L${corner(-size * 0.7, size * 0.85)}L${corner(-size * 0.7, -size * 0.85)}Z`;
}

// Corridors that share an end and a mode lie side by side, in the order of their bearings.
function sideways() {
  const bundles = new Map();
  const shared = (corridor, end) =>
    tables.corridors.filter(
      (other) => other.mode === corridor.mode && other[end] === corridor[end],
    );
  for (const corridor of tables.corridors) {
    const from = shared(corridor, "origin");
    const to = shared(corridor, "destination");
    const bundle = from.length >= to.length ? from : to;
    const order = [...bundle].sort((a, b) => bearing(a) - bearing(b));
    const back = tables.corridor.has(
      scopeKey({ ...corridor, origin: corridor.destination, destination: corridor.origin }),
    );
    bundles.set(
      corridor,
      (order.indexOf(corridor) - (order.length - 1) / 2 + (back ? 0.5 : 0)) * APART_PX,
    );
  }
  return bundles;
}

function bearing({ latlngs }) {
  const [a, b] = [latlngs[0], latlngs.at(-1)];
  return Math.atan2((b[1] - a[1]) * Math.cos((a[0] * Math.PI) / 180), b[0] - a[0]);
}

function addCorridors() {
  const shifts = sideways();
  for (const corridor of tables.corridors) addCorridor(corridor, shifts.get(corridor));
}

function addCorridor(corridor, shift) {
  const of = (pane, name, line = corridor.latlngs, more = {}) =>
    new Lane(line, {
      pane,
      shift,
      className: `${name} ${corridor.mode}`,
      smoothFactor: 1,
      interactive: name === "hit",
      ...more,
    });
  const lane = {
    halo: of("halo", "halo"),
    core: of("core", "core", corridor.latlngs, { arrow: corridor.mode }),
    estimated: of("core", "estimated", corridor.estimated),
    hit: of("core", "hit"),
    joins: of("halo", "joins", joins(corridor), { shift: 0 }),
  };
  lane.hit.on("click", (at) => openCorridor(corridor, at.latlng));
  lane.hit.on("mouseover mouseout", (at) =>
    lane.core.getElement().classList.toggle("hover", at.type === "mouseover"),
  );
  lanes.set(corridor.key, lane);
  Object.values(lane).forEach((part) => part.addTo(map));
}

// Where a route ends off its place, a thin line joins them: nobody reported the berth or siding.
function joins({ origin, destination, latlngs }) {
  const gaps = [
    [tables.place.get(origin), latlngs[0]],
    [tables.place.get(destination), latlngs.at(-1)],
  ];
  return gaps.filter(([place]) => place).map(([place, point]) => [[place.lat, place.lon], point]);
}

function width(n, most) {
  return n ? THINNEST_PX + 1 + (WIDEST_PX - THINNEST_PX - 1) * Math.sqrt(n / most) : THINNEST_PX;
}

// Whether the line had another weight before.
function weigh(line, weight) {
  if (line.options.weight === weight) return false;
  line.setStyle({ weight });
  return true;
}

// The figure of every corridor: counted where it can be, else its largest single report.
function corridorFigures(passing) {
  const on = tables.corridors.map(() => []);
  for (const fact of passing) {
    if (!fact.absent) for (const row of fact.corridors) on[row].push(fact);
  }
  return tables.corridors.map((corridor, row) => ({
    corridor,
    facts: on[row],
    figure: figureOf(corridor, state.unit, on[row], (fact) => fact.alternatives < 2),
  }));
}

function drawCorridors(figures) {
  const most = Math.max(1, ...figures.map(({ figure }) => figure.low ?? 0));
  for (const { corridor, facts, figure } of figures) {
    const lane = lanes.get(corridor.key);
    const core = width(figure.low, most);
    weigh(lane.halo, Math.max(core + 5, width(figure.high ?? figure.best, most) + 3));
    if (weigh(lane.core, core)) lane.core.redraw();
    const classes = {
      off: !facts.length,
      chosen: corridor.key === state.scope,
      open: figure.high === null,
      other: Boolean(tables.corridor.get(state.scope)) && corridor.key !== state.scope,
      numberless: figure.how === "none",
    };
    if (classes.chosen) setFigure(figure.how === "none" ? "" : figureWords(figure));
    const nodes = [...Object.values(lane).map((part) => part.getElement()), lane.core._arrow];
    for (const [name, is] of Object.entries(classes))
      nodes.forEach((node) => node.classList.toggle(name, is));
  }
}
