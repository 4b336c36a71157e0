// The timeline: low to high per month with the best line, on one axis with what was seen when.

const CHART_PX = 118;
const GUTTER_PX = 46;
const FADE_PX = 22;
// A period up to so long shows weeks when it is zoomed to.
const WEEKS_UP_TO_DAYS = 400;
let chart = null;
let plotted = "";
let span = null;

function drawTimeline(shown) {
  const box = byId("timeline");
  const plan = seriesShown();
  const wide = box.clientWidth - 40;
  const asked = [
    plan.scope.key,
    state.unit,
    plan.sum,
    wide,
    colour("ink"),
    filtered(),
    state.known,
    state.zoom,
    state.proposed,
    state.zoom && [state.from, state.to],
  ];
  if (JSON.stringify(asked) === plotted && byId("plot")) {
    refill(byId("timeline-head"), ...timelineHead(plan));
    markPeriod();
    drawMarks(shown);
    return;
  }
  plotted = JSON.stringify(asked);
  span = axisSpan();
  chart?.destroy();
  const plot = el("div", { class: "plot", id: "plot" });
  refill(
    box,
    el("header", { id: "timeline-head" }, ...timelineHead(plan)),
    plot,
    el("canvas", {
      class: "marks",
      id: "marks",
      height: MARKS_PX,
      role: "img",
      "aria-label": say("marks.label"),
    }),
    marksLegend(),
  );
  const note = filtered() ? "timeline.filtered" : plan.series.length ? "" : "timeline.none";
  if (note)
    plot.append(
      el("p", { class: "nothing" }, say(note, { unit: unit(state.unit), day: day(tables.latest) })),
    );
  // uPlot draws a moment later: the marks follow it, for they stand on its axis.
  const ready = () => {
    markPeriod();
    drawMarks(shown);
  };
  chart = new uPlot(chartOptions(wide, !note, ready), chartRows(plan), plot);
}

// What the chart shows: the counts of the scope chosen, else of the narrowest that holds it and has
// any; by the week when looked at closely; on a past day, what was known up to it.
function seriesShown() {
  const around_ = scopesAround(scopeChosen(), state.unit);
  const scope =
    around_.find((one) => seriesOf(one, state.unit).some((row) => row.cum_low > 0)) ??
    scopeChosen();
  const of = (sum, series) => ({ scope, sum, series });
  if (filtered()) return of(state.sum, []);
  if (state.sum === "known" || !countable()) return of("known", knownSeries(scope, state.unit));
  const [first, after] = axisSpan();
  const close = state.zoom && state.sum === "month" && after - first <= WEEKS_UP_TO_DAYS;
  const weeks = close ? weeksOf(scope, state.unit, first, after - 1) : [];
  return weeks.length ? of("week", weeks) : of(state.sum, seriesOf(scope, state.unit));
}

function timelineHead({ scope, sum, series }) {
  const title = say("timeline.title", { unit: capital(unit(state.unit)), scope: scopeName(scope) });
  const sums = [sum === "week" ? "week" : "month", "total"];
  if (sum === "known" || tables.totals.has(`${state.unit}.${scope.key}`)) sums.push("known");
  const past = !filtered() && !countable();
  const choices_ = sums.map((name) =>
    button(say(`timeline.by_${name}`), () => choose({ sum: name === "week" ? "month" : name }), {
      "aria-pressed": String(sum === name),
      disabled: past && name !== "known",
      "data-key": `sum-${name}`,
    }),
  );
  const parts = [
    el("h2", {}, title),
    el("p", { class: "readout", id: "readout" }, series.length ? say("timeline.help") : ""),
    periodChoice(),
    el("span", { class: "group", role: "group", "aria-label": say("timeline.sums") }, ...choices_),
  ];
  if (!wholeRecord()) {
    parts.push(
      button(say("timeline.zoom"), () => choose({ zoom: state.zoom ? "" : "yes" }), {
        "aria-pressed": String(Boolean(state.zoom)),
        "data-key": "zoom",
      }),
      button("×", () => choose({ from: null, to: null, zoom: "" }), {
        "data-key": "all-dates",
        title: say("timeline.all"),
        "aria-label": say("timeline.all"),
      }),
    );
  }
  return parts;
}

// The period in months, for those who do not drag.
function periodChoice() {
  const [first, last] = recordSpan();
  const months = [];
  for (let d = monthFloor(first); d <= last; d = monthNext(d)) months.push(d);
  const pick = (name, value, act) =>
    el(
      "select",
      {
        "aria-label": say(`timeline.${name}`),
        "data-key": `period-${name}`,
        change: (event) => act(Number(event.target.value)),
      },
      ...months.map((d) => el("option", { value: d, selected: d === value }, monthName(d))),
    );
  const from = monthFloor(state.from ?? first);
  const to = monthFloor(state.to ?? last);
  return el(
    "span",
    { class: "period" },
    pick("from", from, (d) => choose({ from: d, to: monthNext(Math.max(d, to)) - 1 })),
    " – ",
    pick("to", to, (d) => choose({ from: Math.min(from, d), to: monthNext(d) - 1 })),
  );
}

// First and last day that any fact or count speaks of.
function recordSpan() {
  if (tables.span) return tables.span;
  let [first, last] = [Infinity, -Infinity];
  for (const fact of tables.facts) {
    if (fact.start !== null) first = Math.min(first, fact.start);
    if (fact.end !== null) last = Math.max(last, fact.end);
  }
  tables.span = Number.isFinite(first) ? [first, last] : [tables.latest - 365, tables.latest];
  return tables.span;
}

function axisSpan() {
  const [first, last] = recordSpan();
  if (!state.zoom || wholeRecord()) return [monthFloor(first), monthNext(last)];
  return [state.from ?? first, (state.to ?? last) + 1];
}

// Each month or week as a step: from its first day to the first day of the next.
function chartRows({ sum, series }) {
  const names = sum === "total" ? ["cum_low", "cum_best", "cum_high"] : ["low", "best", "high"];
  if (!series.length) return [span.map((d) => d * 86400), ...names.map(() => [null, null])];
  const ends_ = [...series.map((row) => row.start), series.at(-1).after];
  return [
    ends_.map((d) => d * 86400),
    ...names.map((name) => [...series, series.at(-1)].map((row) => row[name])),
  ];
}

function chartOptions(wide, full, ready) {
  const paths = uPlot.paths.stepped({ align: 1 });
  const axis = {
    stroke: colour("ink-soft"),
    ticks: { show: false },
    font: `11.5px ${getComputedStyle(document.body).fontFamily}`,
  };
  const line = (name, weight) => ({
    paths,
    stroke: colour(name),
    width: weight,
    points: { show: false },
  });
  return {
    width: wide,
    height: CHART_PX,
    padding: [10, 34, 0, 0],
    tzDate: (stamp) => uPlot.tzDate(new Date(stamp * 1e3), "Etc/UTC"),
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: {
      x: { time: true, range: () => span.map((d) => d * 86400) },
      y: { range: (u, low, high) => [0, Math.max(2, (high ?? 1) * 1.3)] },
    },
    axes: [
      { ...axis, grid: { show: false }, size: 24, gap: 4, space: 70, values: tickNames },
      {
        ...axis,
        grid: { show: full, stroke: colour("rule"), width: 1 },
        size: GUTTER_PX,
        space: 30,
        values: (u, ticks) => ticks.map((n) => (full && Number.isInteger(n) ? compact(n) : "")),
      },
    ],
    series: [{}, line("accent-soft", 1), line("accent", 1.75), line("accent-soft", 1)],
    bands: [
      { series: [3, 2], fill: colour("band-high") },
      { series: [2, 1], fill: colour("band") },
    ],
    hooks: { setSelect: [dragged], ready: [ready], drawClear: [fadeUpward], setCursor: [readOut] },
  };
}

// Days when close, else months; the year where it changes.
function tickNames(u, ticks) {
  const days = ticks.map((stamp) => Math.round(stamp / 86400));
  const fine = days.length > 1 && days[1] - days[0] < 25;
  const year = (d) => isoDay(d).slice(0, 4);
  return days.map((d, k) => {
    const name = fine ? dayOnly(d) : monthShort(d);
    return k === 0 || year(d) !== year(days[k - 1]) ? `${name} ${year(d)}` : name;
  });
}

// Where no report states a ceiling, the band fades upward instead of ending.
function fadeUpward(u) {
  const [x, , best, high] = u.data;
  const pen = u.ctx;
  pen.save();
  pen.beginPath();
  pen.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  pen.clip();
  for (let k = 0; k + 1 < x.length; k += 1) {
    if (high[k] !== null || !best[k]) continue;
    const [left, right] = [u.valToPos(x[k], "x", true), u.valToPos(x[k + 1], "x", true)];
    const top = u.valToPos(best[k], "y", true);
    const fade = pen.createLinearGradient(0, top - FADE_PX * devicePixelRatio, 0, top);
    fade.addColorStop(0, colour("band-none"));
    fade.addColorStop(1, colour("band"));
    pen.fillStyle = fade;
    pen.fillRect(left, top - FADE_PX * devicePixelRatio, right - left, FADE_PX * devicePixelRatio);
  }
  pen.restore();
}

function readOut(u) {
  const readout = byId("readout");
  const k = u.cursor.idx;
  if (!readout) return;
  if (k === null || k === undefined || u.cursor.left < 0 || u.data[2][k] === null) {
    readout.textContent = say("timeline.help");
    return;
  }
  const d = Math.floor(u.posToVal(u.cursor.left, "x") / 86400);
  const row = u.data[0].findLastIndex((stamp) => stamp / 86400 <= d);
  if (row < 0 || row + 1 >= u.data[0].length) return;
  const [start, after] = [row, row + 1].map((k_) => u.data[0][k_] / 86400);
  const [, low, best, high] = u.data.map((column) => column[row]);
  readout.textContent = say(`timeline.read.${seriesShown().sum === "known" ? "known" : "period"}`, {
    period: after - start > 7 ? monthName(start) : say("timeline.week", { day: day(start) }),
    day: day(start),
    low: low ?? best,
    best: Math.round(best * 10) / 10,
    high: high === null ? "–" : number(high),
  });
}

// A drag chooses whole months, for counts are by the month.
function dragged(u) {
  if (u.select.width < 4) return;
  const at = (x) => Math.floor(u.posToVal(x, "x") / 86400);
  const [from, to] = [at(u.select.left), at(u.select.left + u.select.width)];
  choose({ from: monthFloor(from), to: monthNext(to) - 1 });
}

function markPeriod() {
  if (!chart || state.zoom) return;
  if (wholeRecord()) {
    chart.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    return;
  }
  const [from, to] = [state.from ?? span[0], (state.to ?? span[1]) + 1].map((d) =>
    chart.valToPos(d * 86400, "x"),
  );
  chart.setSelect(
    {
      left: Math.max(0, from),
      width: to - Math.max(0, from),
      top: 0,
      height: chart.over.clientHeight,
    },
    false,
  );
}
