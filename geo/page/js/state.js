// What the reader has chosen, kept in the address so that a link shows the same page.

const HOME = "sea.rajin.dunai";
const START = {
  scope: "",
  unit: "trip",
  mode: "",
  claimant: "",
  stance: "",
  vessel: "",
  evidence: "",
  reading: "",
  proposed: "",
  from: null,
  to: null,
  known: null,
  view: "corridor",
  tab: "evidence",
  sum: "month",
  zoom: "",
  fact: "",
  trip: "",
};
const CHOICES = Object.keys(START);
const DAYS = ["from", "to", "known"];
const FILTERS = ["mode", "claimant", "stance", "vessel", "evidence", "reading"];
const state = { ...START };
let redraw = () => {};

// Where the page opens: on Rajin to Dunai, else on the corridor most reports speak of.
function home() {
  tables.home ??= tables.scope.has(HOME) ? HOME : busiest();
  return tables.home;
}

function busiest() {
  const used = tables.corridors.map(() => 0);
  for (const fact of tables.facts) for (const row of fact.corridors) used[row] += 1;
  return (
    tables.corridors[used.indexOf(Math.max(...used))]?.key ?? tables.scope.keys().next().value ?? ""
  );
}

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  Object.assign(state, START, { scope: home() });
  for (const name of CHOICES) {
    if (!asked.has(name)) continue;
    const value = asked.get(name);
    state[name] = DAYS.includes(name) ? dayNumber(value) : value;
  }
  if (!tables.scope.has(state.scope)) state.scope = home();
  if (state.fact) showFact(state.fact);
}

// A link to a fact opens a scope that shows it.
function showFact(id) {
  const fact = tables.facts.find((f) => f.id === id && f.until === null);
  if (!fact) return;
  state.tab = fact.absent ? "denials" : "evidence";
  if (!fact.absent && relation(fact, scopeChosen()) === "") state.scope = scopeOf(fact);
}

function scopeOf(fact) {
  if (fact.corridors.length) return tables.corridors[fact.corridors[0]].key;
  const on = [...tables.scope.values()].filter((scope) => relation(fact, scope) !== "");
  return (on.find((scope) => relation(fact, scope) === "on") ?? on[0])?.key ?? home();
}

function address() {
  const said = new URLSearchParams();
  for (const name of CHOICES) {
    const usual = name === "scope" ? home() : START[name];
    if (state[name] === usual || state[name] === null) continue;
    said.set(name, DAYS.includes(name) ? isoDay(state[name]) : state[name]);
  }
  return said.toString();
}

// Another corridor or fact is a step that the browser's Back takes back; a finer choice is none.
function choose(part) {
  const step = ["scope", "fact"].some((name) => name in part && part[name] !== state[name]);
  Object.assign(state, part);
  const hash = address();
  const url = hash ? `#${hash}` : location.pathname + location.search;
  if (step) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
  redraw();
}

function scopeChosen() {
  return tables.scope.get(state.scope) ?? { key: "", mode: "", origin: "", destination: "" };
}

function filtered() {
  return FILTERS.some((name) => state[name]);
}

function wholeRecord() {
  return state.from === null && state.to === null;
}

// The day the page speaks of: the one asked for, else the last on which anything was published.
function knownBy() {
  return state.known ?? tables.asOf ?? tables.latest;
}

// Whether a fact held, in this version, on the day the page speaks of.
function held(fact) {
  if (state.known === null) return fact.until === null;
  return fact.since <= state.known && (fact.until === null || state.known < fact.until);
}

// Whether a fact passes the filters, whatever its scope.
function passes(fact) {
  if (!held(fact)) return false;
  if (state.mode && fact.mode !== state.mode) return false;
  if (state.claimant && fact.claimant !== state.claimant) return false;
  if (state.stance && fact.stance !== state.stance) return false;
  if (state.evidence && fact.evidence !== state.evidence) return false;
  if (state.vessel && !several(fact.vessel).includes(state.vessel)) return false;
  if (state.reading && !claimsOf(fact).some((claim) => claim.reading === state.reading))
    return false;
  if (state.from !== null && fact.end !== null && fact.end < state.from) return false;
  return !(state.to !== null && fact.start !== null && fact.start > state.to);
}

// The facts that the page shows now, by their relation to the scope chosen.
function selection() {
  const scope = scopeChosen();
  const shown = {
    on: [],
    wider: [],
    near: [],
    denied: [],
    denials: [],
    unlocated: [],
    passing: [],
    trips: [],
    proposed: [],
  };
  for (const fact of tables.facts) {
    fact.passing = passes(fact);
    if (!fact.passing) continue;
    shown.passing.push(fact);
    if (fact.absent) shown.denials.push(fact);
    if (fact.unlocated) shown.unlocated.push(fact);
    const how = relation(fact, scope);
    if (how) shown[how].push(fact);
  }
  shown.proposed = proposalsShown(scope);
  shown.trips = tables.trips.filter((fact) => fact.passing);
  return shown;
}
