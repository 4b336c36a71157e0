// Scopes: what a count is asked of. A corridor is the narrowest; regions and countries hold more.

const ANY_END = "";
let around = new Map();

function scopeKey(scope) {
  return [scope.mode, scope.origin, scope.destination].join(".");
}

function readScopes() {
  around = new Map(tables.places.map((place) => [place.place_id, holders(place.place_id)]));
  tables.corridor = indexed(tables.corridors, "key");
  tables.scope = new Map(tables.corridors.map((corridor) => [corridor.key, corridor]));
  for (const row of tables.counts) {
    row.start = dayNumber(`${row.period}-01`);
    row.after = monthNext(row.start);
  }
  for (const row of tables.weeks) row.after = row.start + 7;
  tables.series = grouped(tables.counts, (row) => `${row.unit}.${scopeKey(row)}`);
  tables.weekly = grouped(tables.weeks, (row) => `${row.unit}.${scopeKey(row)}`);
  tables.totals = grouped(tables.known, (row) => `${row.unit}.${scopeKey(row)}`);
  for (const row of tables.counts) {
    const key = scopeKey(row);
    if (!tables.scope.has(key)) {
      tables.scope.set(key, {
        key,
        mode: row.mode,
        origin: row.origin,
        destination: row.destination,
      });
    }
  }
}

// A place and every larger place that holds it.
function holders(id, found = new Set()) {
  if (found.has(id)) return found;
  found.add(id);
  several(tables.place.get(id)?.within ?? "").forEach((larger) => holders(larger, found));
  return found;
}

function liesIn(id, larger) {
  return id === larger || Boolean(around.get(id)?.has(larger));
}

function scopeName(scope) {
  const from = placeName(scope.origin);
  const to = placeName(scope.destination);
  const way =
    scope.origin && scope.destination
      ? `${from} → ${to}`
      : say("way.port", { port: scope.origin ? from : to });
  return `${way}, ${say(`mode.${scope.mode || "any"}`)}`;
}

function corridorName(corridor) {
  return `${placeName(corridor.origin)} → ${placeName(corridor.destination)}`;
}

// How one cell of a fact fits an end of a scope: wholly, in part, or not.
function fit(cell, end) {
  if (end === ANY_END) return 2;
  if (!cell) return 1;
  const parts = several(cell);
  if (parts.every((part) => liesIn(part, end))) return 2;
  return parts.some((part) => liesIn(part, end) || liesIn(end, part)) ? 1 : 0;
}

// What a fact is to a scope: "on" it; "wider", so perhaps partly on it; seen "near", at its ends;
// "denied"; or nothing.
function relation(fact, scope) {
  scope.relations ??= [];
  return (scope.relations[fact.way] ??= related(fact, scope));
}

function related(fact, scope) {
  const mode = !scope.mode || fact.mode === scope.mode ? 2 : Number(!fact.mode);
  if (!mode) return "";
  if (fact.port) {
    if (!scope.destination) return fit(fact.port, scope.origin) === 2 ? "on" : "";
    return touches(fact.port, scope) ? "near" : "";
  }
  const least = Math.min(
    mode,
    fit(fact.origin, scope.origin),
    fit(fact.destination, scope.destination),
  );
  if (fact.absent) return least ? "denied" : "";
  if (!fact.of) return least || touches(`${fact.origin};${fact.destination}`, scope) ? "near" : "";
  return ["", "wider", "on"][least];
}

function touches(cell, scope) {
  return several(cell).some(
    (place) => place && (liesIn(place, scope.origin) || liesIn(place, scope.destination)),
  );
}

// The scope and those that hold it, narrowest first, of which a unit is counted.
function scopesAround(scope, unitName) {
  const wide = [...tables.scope.values()].filter(
    (other) =>
      holds(other, scope, unitName) &&
      (other.key === scope.key || tables.series.has(`${unitName}.${other.key}`)),
  );
  const size = (other) => Number(!other.mode) * 4 + depth(other.origin) + depth(other.destination);
  return wide.sort((a, b) => size(a) - size(b) || (a.key < b.key ? -1 : 1));
}

function holds(other, scope, unitName) {
  if (other.key === scope.key) return true;
  if (other.mode && other.mode !== scope.mode) return false;
  if (unitName === "port_call" && !other.destination) return touches(other.origin, scope);
  return (
    fit(scope.origin, other.origin) === 2 &&
    fit(scope.destination, other.destination) === 2 &&
    Boolean(other.origin && other.destination)
  );
}

// How wide a place is: a point 0, a region 1, a country 2.
function depth(id) {
  return { region: 1, country: 2 }[tables.place.get(id)?.kind] ?? 0;
}
