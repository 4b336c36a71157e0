// The data island, unpacked: rows as objects, and the ways from one table to another.

const tables = {};

async function unpack(text) {
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let k = 0; k < packed.length; k += 1) bytes[k] = packed.charCodeAt(k);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

// What is worked out for every row, once.
const DERIVED = {
  facts: ["row", "id", "start", "end", "absent", "counts", "way", "passing"],
  claims: ["fact_id"],
  counts: ["start", "after"],
  weeks: ["after"],
  proposed: [
    "claims",
    "fact_id",
    "id",
    "since",
    "until",
    "corridors",
    "of",
    "port",
    "via",
    "start",
    "end",
    "absent",
    "counts",
    "way",
  ],
};

// Rows of a table. All begin as copies of one empty row: a browser makes these quickest.
function rowsOf(columns, derived = []) {
  const names = Object.keys(columns).filter((name) => name !== "claim_steps");
  const cells = names.map((name) => {
    const column = columns[name];
    return Array.isArray(column) ? column : column.rows.map((k) => column.values[k]);
  });
  const empty = Object.fromEntries([...names, ...derived].map((name) => [name, null]));
  return Array.from({ length: cells.length ? cells[0].length : 0 }, (_, k) => {
    const row = { ...empty };
    for (let c = 0; c < names.length; c += 1) row[names[c]] = cells[c][k];
    // The last day of a window is counted from its first.
    if (typeof row.date_end === "number" && row.date_start !== null) row.date_end += row.date_start;
    return row;
  });
}

function indexed(rows, key) {
  return new Map(rows.map((row) => [row[key], row]));
}

function grouped(rows, keyOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (groups.has(key)) groups.get(key).push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

// The values of a cell that holds several.
function several(cell) {
  return cell ? cell.split(";") : [];
}

// Points of a line written as steps: latitude before longitude, as Leaflet has them.
function points(steps, perDegree) {
  const line = [];
  let x = 0;
  let y = 0;
  for (let k = 0; k < steps.length; k += 2) {
    x += steps[k];
    y += steps[k + 1];
    line.push([y / perDegree, x / perDegree]);
  }
  return line;
}

async function openTables() {
  const content = await unpack(byId("tables").textContent);
  speak(content.strings);
  tables.asOf = content.as_of ? dayNumber(content.as_of) : null;
  tables.latest = content.latest ? dayNumber(content.latest) : null;
  tables.basemap = content.basemap;
  for (const name of [
    "sources",
    "places",
    "claims",
    "facts",
    "differences",
    "counts",
    "weeks",
    "known",
    "proposed",
    "corridors",
    "conflicts",
  ]) {
    tables[name] = rowsOf(content[name], DERIVED[name]);
  }
  tables.source = indexed(tables.sources, "source_id");
  tables.place = indexed(tables.places, "place_id");
  tables.claim = indexed(tables.claims, "claim_id");
  readClaims(content.facts.claim_steps);
  tables.ways = new Map();
  tables.facts.forEach(readFact);
  tables.proposed.forEach(readProposal);
  tables.trips = tables.facts
    .filter((fact) => fact.of === "trip" && fact.corridors.length)
    .sort((a, b) => (a.start ?? 0) - (b.start ?? 0) || a.row - b.row);
  tables.differing = grouped(tables.differences, factKey);
  tables.publishedOn = [...new Set(tables.sources.map((s) => s.published_by))].sort(
    (a, b) => a - b,
  );
  const perDegree = content.route_steps_per_degree;
  for (const corridor of tables.corridors) {
    corridor.key = scopeKey(corridor);
    corridor.latlngs = points(corridor.line, perDegree);
    corridor.estimated = corridor.estimated.map((part) => points(part, perDegree));
  }
  readScopes();
}

// Claims of each fact, from the steps between their numbers.
function readClaims(steps) {
  let at = 0;
  let claim = 0;
  for (const fact of tables.facts) {
    const told = [];
    for (const last = at + fact.claims; at < last; at += 1)
      told.push(tables.claims[(claim += steps[at])]);
    fact.claims = told;
    for (const one of told) one.fact_id = fact.fact_id;
  }
}

function readFact(fact, row) {
  fact.row = row;
  fact.since ??= fact.published;
  fact.id = [fact.fact_id, fact.unit, fact.direction].filter(Boolean).join("~");
  readWindow(fact);
  fact.counts =
    fact.low !== null &&
    fact.low > 0 &&
    !fact.absent &&
    fact.unit !== "" &&
    fact.kind !== "capacity" &&
    fact.scope !== "snapshot";
  readWay(fact);
}

function readWindow(fact) {
  fact.start = fact.date_start ?? fact.date_end;
  fact.end = fact.date_end ?? fact.date_start;
  fact.absent =
    fact.stance === "denies" || fact.quantifier === "none_seen" || fact.quantifier === "none";
}

// All that decides what a fact is to a scope.
function readWay(fact) {
  const way = `${fact.mode}|${fact.origin}|${fact.destination}|${fact.port}|${fact.absent}|${fact.of !== ""}`;
  if (!tables.ways.has(way)) tables.ways.set(way, tables.ways.size);
  fact.way = tables.ways.get(way);
}

// Names a row of facts in one version.
function factKey(row) {
  return [row.fact_id, row.version, row.unit, row.direction].join("~");
}

function placeName(id) {
  return tables.place.get(id)?.name ?? id;
}

function ends(cell) {
  return several(cell)
    .map(placeName)
    .join(` ${say("or")} `);
}

// From where to where, as far as it was told.
function wayOf(fact) {
  if (fact.port) return say("way.port", { port: ends(fact.port) });
  if (!fact.origin && !fact.destination) return "";
  return `${ends(fact.origin) || "…"} → ${ends(fact.destination) || "…"}`;
}

// Claims of a fact in the order in which they were published.
function claimsOf(fact) {
  const when = (claim) => tables.source.get(claim.source_id)?.published_by ?? 0;
  return [...fact.claims].sort((a, b) => when(a) - when(b) || (a.claim_id < b.claim_id ? -1 : 1));
}

// Whether the claimant published it; a copy says so in brackets after the publisher.
function ownPage(claim) {
  const source = tables.source.get(claim.source_id);
  return Boolean(source) && source.publisher.split(" (")[0].trim() === claim.claimant;
}

// The claimant's own page where there is one, else the first to tell.
function leadingClaim(fact) {
  const told = claimsOf(fact);
  return told.find(ownPage) ?? told[0] ?? null;
}
