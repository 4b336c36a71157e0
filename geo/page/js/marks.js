// Below the chart, on the same axis: windows as bars, days as ticks, denials and absences.

const ROW_PX = 5;
const MOST_ROWS = 8;
const MARKS_PX = MOST_ROWS * ROW_PX + 34;
const DAYS_OF_A_TICK = 3;
const PROPOSED_PX = 12;
let marked = [];

function drawMarks(shown) {
  const canvas = byId("marks");
  if (!canvas || !chart) return;
  const wide = byId("timeline").clientWidth - 40;
  const told = [...shown.on, ...shown.wider, ...shown.near].filter(
    (fact) => !fact.absent && fact.start !== null,
  );
  const close = new Set(shown.on);
  const long = told.filter((fact) => fact.end - fact.start > DAYS_OF_A_TICK);
  const own = packedRows(long.filter((fact) => close.has(fact)));
  const rows = [...own, ...packedRows(long.filter((fact) => !close.has(fact)))];
  const crowded = own.length > MOST_ROWS * 3;
  const bars = MOST_ROWS * ROW_PX;
  const proposed = shown.proposed.filter((claim) => claim.start !== null);
  const tall = MARKS_PX + (proposed.length ? PROPOSED_PX : 0);
  const pen = cleared(canvas, wide, tall);
  const x = (d) => chart.valToPos(d * 86400, "x") + GUTTER_PX;
  marked = [];
  pen.save();
  pen.beginPath();
  pen.rect(GUTTER_PX, 0, chart.over.clientWidth + 1, tall);
  pen.clip();
  if (crowded) drawDensity(pen, long, x, bars);
  else
    rows
      .slice(0, MOST_ROWS)
      .forEach((row, k) =>
        row.forEach((fact) => drawBar(pen, fact, x, k * ROW_PX + 2, close.has(fact))),
      );
  told
    .filter((fact) => fact.end - fact.start <= DAYS_OF_A_TICK)
    .slice(0, 4000)
    .forEach((fact) => drawTick(pen, fact, x, bars + 5, close.has(fact)));
  shown.denied
    .filter((fact) => fact.end !== null)
    .forEach((fact) => drawDenial(pen, fact, x, bars + 26));
  proposed.forEach((claim) => drawProposal(pen, claim, x, tall - PROPOSED_PX));
  drawVoyage(pen, x, tall);
  pen.restore();
}

function cleared(canvas, wide, tall) {
  const scale = devicePixelRatio || 1;
  canvas.width = wide * scale;
  canvas.height = tall * scale;
  canvas.style.width = `${wide}px`;
  canvas.style.height = `${tall}px`;
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  canvas.onmousemove = (event) => pointAt(event, false);
  canvas.onclick = (event) => pointAt(event, true);
  return pen;
}

// Windows in as few rows as hold them without overlap, the longest first.
function packedRows(facts) {
  const rows = [];
  for (const fact of [...facts].sort((a, b) => a.start - b.start || b.end - a.end)) {
    let row = rows.find((one) => one.at(-1).end < fact.start);
    if (!row && rows.length > MOST_ROWS * 3) return rows;
    if (!row) rows.push((row = []));
    row.push(fact);
  }
  return rows;
}

function drawBar(pen, fact, x, top, close) {
  const left = Math.max(GUTTER_PX, x(fact.start));
  const right = Math.max(left + 2, x(fact.end + 1));
  pen.fillStyle = colour(close ? "accent" : "bar");
  pen.globalAlpha = close ? 0.75 : 0.6;
  pen.fillRect(left, top, right - left, ROW_PX - 2);
  pen.globalAlpha = 1;
  marked.push({ fact, left, right, top: top - 1, bottom: top + ROW_PX - 1 });
}

function drawTick(pen, fact, x, top, close) {
  const left = x(fact.start);
  pen.fillStyle = colour(close ? "accent" : "bar");
  pen.fillRect(left, top, Math.max(1.75, x(fact.end + 1) - left), 11);
  marked.push({ fact, left: left - 2, right: left + 4, top, bottom: top + 11 });
}

function drawDenial(pen, fact, x, middle) {
  const at = x(fact.end);
  pen.strokeStyle = colour("deny");
  pen.lineWidth = 1.25;
  pen.beginPath();
  if (fact.stance === "denies") {
    pen.moveTo(at - 3, middle - 3);
    pen.lineTo(at + 3, middle + 3);
    pen.moveTo(at + 3, middle - 3);
    pen.lineTo(at - 3, middle + 3);
  } else pen.arc(at, middle, 3, 0, 2 * Math.PI);
  pen.stroke();
  marked.push({ fact, left: at - 5, right: at + 5, top: middle - 5, bottom: middle + 5 });
}

// Hollow: nobody has reviewed it.
function drawProposal(pen, claim, x, top) {
  const left = Math.max(GUTTER_PX, x(claim.start));
  const right = Math.max(left + 4, x(claim.end + 1));
  pen.strokeStyle = colour("ink-soft");
  pen.lineWidth = 1;
  pen.strokeRect(left + 0.5, top + 1.5, right - left, 7);
}

// Too many windows for bars: how many hold each stretch of days.
function drawDensity(pen, facts, x, tall) {
  const wide = Math.ceil(pen.canvas.clientWidth);
  const steps = new Int32Array(wide + 2);
  for (const fact of facts) {
    const left = Math.max(0, Math.min(wide, Math.round(x(fact.start))));
    steps[left] += 1;
    steps[Math.max(left + 1, Math.min(wide + 1, Math.round(x(fact.end + 1))))] -= 1;
  }
  const sums = steps.map(
    (
      (sum) => (step) =>
        (sum += step)
    )(0),
  );
  const most = sums.reduce((a, b) => Math.max(a, b), 1);
  pen.fillStyle = colour("bar");
  sums.forEach((n, k) => pen.fillRect(k, tall - (n / most) * tall, 1, (n / most) * tall));
}

// The window of the trip being stepped through.
function drawVoyage(pen, x, tall) {
  const fact = voyageChosen();
  if (!fact || fact.start === null) return;
  const left = x(fact.start);
  pen.strokeStyle = colour("ink");
  pen.lineWidth = 1.5;
  pen.strokeRect(left - 2, 1, Math.max(5, x(fact.end + 1) - left + 4), tall - 2);
}

function pointAt(event, click) {
  const hit = marked
    .filter(
      (mark_) =>
        event.offsetX >= mark_.left - 1 &&
        event.offsetX <= mark_.right + 1 &&
        event.offsetY >= mark_.top - 1 &&
        event.offsetY <= mark_.bottom + 1,
    )
    .at(-1);
  byId("marks").classList.toggle("pointing", Boolean(hit));
  byId("readout").textContent = hit ? factLine(hit.fact) : say("timeline.help");
  if (hit && click) choose({ fact: hit.fact.id, tab: hit.fact.absent ? "denials" : "evidence" });
}

function factLine(fact) {
  return [`${fact.claimant}: ${factNumber(fact)}`, windowOf(fact.date_start, fact.date_end)].join(
    ", ",
  );
}

function marksLegend() {
  const one = (name) =>
    el("li", {}, el("span", { class: `key ${name}`, "aria-hidden": "true" }), say(`marks.${name}`));
  return el(
    "ul",
    { class: "marks-legend" },
    one("window"),
    one("day"),
    one("denied"),
    one("absent"),
    state.proposed ? one("proposed") : null,
  );
}
