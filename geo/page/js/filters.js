// Filters: what is counted, who says it, on what evidence, and what was known on a day.

const UNITS = [
  "trip",
  "round_trip",
  "port_call",
  "container",
  "railcar",
  "train",
  "delivery",
  "round",
  "tonne",
  "persons",
  "guns",
];
let offered = null;

// The values that any fact has, found once.
function choices() {
  if (offered) return offered;
  const of = (column) => [...new Set(tables.facts.flatMap((fact) => several(fact[column])))].sort();
  const modes = new Set(tables.facts.map((fact) => fact.mode));
  const units = new Set(tables.facts.filter((fact) => fact.counts).map((fact) => fact.unit));
  offered = {
    unit: UNITS.filter((name) => units.has(name)),
    mode: ["sea", "rail", "air", "road"].filter((name) => modes.has(name)),
    claimant: [...new Set(tables.facts.map((fact) => fact.claimant))].sort(),
    vessel: of("vessel"),
    stance: ["asserts", "suspects", "denies"],
    evidence: of("evidence"),
    reading: ["high", "medium", "low"],
  };
  return offered;
}

function drawFilters() {
  const told = choices();
  const used = FILTERS.filter((name) => state[name]).length + Number(state.known !== null);
  const form = byId("filters");
  const toggle = button(
    say("filter.more"),
    () => {
      form.classList.toggle("open");
      drawFilters();
    },
    {
      class: "toggle",
      "aria-expanded": String(form.classList.contains("open")),
      "data-key": "toggle",
    },
  );
  refill(
    form,
    select("unit", told.unit, (v) => capital(unit(v))),
    knownChoice(),
    toggle,
    select("mode", told.mode, (v) => say(`modename.${v}`)),
    select("claimant", told.claimant, (v) => v),
    select("vessel", told.vessel, (v) => v),
    select("stance", told.stance, (v) => say(`stance.${v}`)),
    select("evidence", told.evidence, (v) => v),
    select("reading", told.reading, (v) => say(`reading.${v}`)),
    proposalSwitch(),
    used
      ? button(say("filter.clear", { n: used }), clearFilters, {
          class: "quiet",
          "data-key": "clear",
        })
      : null,
  );
}

function select(name, values, shownAs) {
  const change = (event) => {
    cardsShown = CARDS_AT_ONCE;
    choose({ [name]: event.target.value });
  };
  const kind = name === "unit" ? "always" : state[name] ? "folding used" : "folding";
  return el(
    "label",
    { class: kind },
    el("span", {}, say(`filter.${name}`)),
    el(
      "select",
      { "data-key": `filter-${name}`, change },
      name === "unit" ? null : el("option", { value: "" }, say("all")),
      ...values.map((v) => el("option", { value: v, selected: state[name] === v }, shownAs(v))),
    ),
  );
}

function clearFilters() {
  choose({ ...Object.fromEntries(FILTERS.map((name) => [name, ""])), known: null });
}

// What was known on a day: a slider over the days on which something was published.
function knownChoice() {
  const days = tables.publishedOn;
  const at = state.known === null ? days.length - 1 : days.findLastIndex((d) => d <= state.known);
  const output = el("output", { for: "known-by" }, day(knownBy()));
  const take = (event) => {
    const k = Number(event.target.value);
    choose({ known: k === days.length - 1 ? null : days[k] });
  };
  const show = (event) => {
    output.textContent = day(days[Number(event.target.value)]);
  };
  return el(
    "label",
    { class: state.known === null ? "known" : "known used" },
    el("span", {}, say("filter.known"), " ", output),
    el("input", {
      type: "range",
      id: "known-by",
      min: 0,
      max: Math.max(0, days.length - 1),
      value: Math.max(0, at),
      "data-key": "known",
      "aria-valuetext": day(knownBy()),
      input: show,
      change: take,
    }),
  );
}
