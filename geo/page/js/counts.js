// Counts: read from the table of counts, never worked out here.

function seriesOf(scope, unitName) {
  return tables.series.get(`${unitName}.${scope.key}`) ?? [];
}

// Monthly counts hold for all claims and the day the page was made for, and for nothing less.
function countable() {
  return !filtered() && (state.known === null || state.known >= tables.latest);
}

// The total of a scope as it was known on an earlier day, where it was counted.
function totalThen(scope, unitName) {
  if (filtered() || countable() || !wholeRecord()) return null;
  const days = tables.totals.get(`${unitName}.${scope.key}`) ?? [];
  return days.findLast((row) => row.as_of <= state.known) ?? null;
}

// Weeks between two days, those with nothing too. Units without weeks have none.
function weeksOf(scope, unitName, first, last) {
  const found = tables.weekly.get(`${unitName}.${scope.key}`);
  if (!found) return [];
  const held_ = new Map(found.map((row) => [row.start, row]));
  const weeks = [];
  for (let start = weekFloor(first); start <= last; start += 7)
    weeks.push(held_.get(start) ?? { start, after: start + 7, low: 0, best: 0, high: null });
  return weeks;
}

// Low and high of all time as they stood on each day on which more was published. Drawn as the other
// series are, with the low as the line: what was certain.
function knownSeries(scope, unitName) {
  const days = tables.totals.get(`${unitName}.${scope.key}`) ?? [];
  const until = knownBy() + 1;
  return days
    .filter((row) => row.as_of < until)
    .map((row, k, all) => ({
      start: row.as_of,
      after: all[k + 1]?.as_of ?? until,
      low: null,
      best: row.low,
      high: row.high,
    }));
}

// The largest figure that one report gives, of those that may be taken: a floor that always holds.
function largest(facts, unitName, taken = () => true) {
  let top = null;
  for (const fact of facts) {
    const more = fact.unit === unitName && fact.counts && (!top || fact.low > top.low);
    if (more && taken(fact)) top = fact;
  }
  return top;
}

// Facts told by any of these claims, as they are known now.
function factsBehind(claims) {
  const wanted = new Set(several(claims));
  return wanted.size
    ? tables.facts.filter((fact) => held(fact) && fact.claims.some((c) => wanted.has(c.claim_id)))
    : [];
}

// Low, best and high of a scope; how they came about ("combined" by all reports, "months" of a
// period, the largest "single" report, or "none"); and the facts behind them, found when asked.
function figureOf(scope, unitName, facts, taken = () => true) {
  const then = totalThen(scope, unitName);
  if (then?.low > 0)
    return {
      ...combined(then.low, null, then.high, then.claims_low, unitName),
      asserted: then.low_asserted,
    };
  const series = countable() ? seriesOf(scope, unitName) : [];
  if (wholeRecord() && series.length && series.at(-1).cum_low > 0) {
    const last = series.at(-1);
    const { cum_low: low, cum_best: best, cum_high: high, claims_low: claims } = last;
    return { ...combined(low, best, high, claims, unitName), asserted: last.cum_low_asserted };
  }
  const within = wholeRecord() ? taken : (fact) => taken(fact) && inPeriod(fact);
  const top = largest(facts, unitName, within);
  const months = wholeRecord() ? null : monthsOf(series);
  if (months && months.best > 0 && months.low >= (top?.low ?? 0))
    return { how: "months", ...months, behind: () => [] };
  if (!top)
    return months && months.best > 0 ? { how: "months", ...months, behind: () => [] } : nothing();
  return { how: "single", low: top.low, best: top.best, high: top.high, behind: () => [top] };
}

function combined(low, best, high, claims, unitName) {
  return {
    how: "combined",
    low,
    best,
    high,
    behind: () => factsBehind(claims).filter((f) => f.unit === unitName),
  };
}

function nothing() {
  return { how: "none", low: null, best: null, high: null, behind: () => [] };
}

function inPeriod(fact) {
  return (
    fact.date_start !== null &&
    fact.date_end !== null &&
    (state.from === null || fact.date_start >= state.from) &&
    (state.to === null || fact.date_end <= state.to)
  );
}

// Of the months of a period: each month's own low, best and high, added up.
function monthsOf(series) {
  const within = series.filter(
    (row) =>
      (state.from === null || row.start >= state.from) &&
      (state.to === null || row.after - 1 <= state.to),
  );
  const sum = (name) => within.reduce((total, row) => total + row[name], 0);
  return {
    low: sum("low"),
    best: sum("best"),
    high: within.some((row) => row.high === null) ? null : sum("high"),
  };
}
