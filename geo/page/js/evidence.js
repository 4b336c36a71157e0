// Evidence: every fact with its claims, who says it, where it was published and when.

const CARDS_AT_ONCE = 25;
const TELLINGS_AT_ONCE = 2;
let cardsShown = CARDS_AT_ONCE;

// Cards of some groups of facts, as many as fit; the rest on request.
function cards(groups, cardOf = card) {
  const parts = [];
  let left = cardsShown;
  let rest = 0;
  for (const [head, facts] of groups) {
    if (!facts.length) continue;
    const made = inOrder(facts, left).map(cardOf);
    left -= made.length;
    rest += facts.length - made.length;
    if (head && made.length) parts.push(el("h3", {}, head, count(facts.length)));
    parts.push(...made);
  }
  if (!parts.length) parts.push(el("p", { class: "lead" }, say("evidence.none")));
  if (rest) parts.push(more(rest));
  return parts;
}

function count(n) {
  return el("span", { class: "count" }, number(n));
}

function more(rest) {
  const act = () => {
    cardsShown += CARDS_AT_ONCE;
    redraw();
  };
  return button(say("evidence.more", { n: rest }), act, { class: "more", "data-key": "more" });
}

// Those that count the chosen unit, the largest first, then the latest.
function inOrder(facts, most) {
  if (most <= 0) return [];
  const size = (fact) => {
    return (fact.unit === state.unit && fact.counts ? fact.low + 1 : 0) * 1e5 + fact.published;
  };
  const sizes = Float64Array.from(facts, size);
  const least = sizes.slice().sort()[Math.max(0, sizes.length - most)];
  return facts
    .filter((fact, k) => sizes[k] >= least)
    .sort((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1))
    .slice(0, most);
}

function card(fact) {
  const chosen = state.fact === fact.id;
  const when = windowOf(fact.date_start, fact.date_end);
  return el(
    "article",
    { class: chosen ? "card chosen" : "card", "aria-label": fact.claimant },
    el(
      "header",
      {},
      el("span", { class: "claimant" }, fact.claimant),
      el("span", { class: "kind" }, fact.evidence),
    ),
    el("p", { class: "number" }, capital(factNumber(fact))),
    el("p", { class: "way" }, mark(fact.mode), [wayOf(fact), when].filter(Boolean).join(" · ")),
    el("p", { class: "stance" }, ...stances(fact)),
    tellings(fact),
    differences(fact),
    coding(fact),
    permalink(fact),
  );
}

function mark(mode) {
  return el("span", { class: `mark ${mode || "none"}`, "aria-hidden": "true" });
}

// What the claimant holds of the movement and of the cargo, and what kind of statement it is.
function stances(fact) {
  if (fact.absent && fact.stance !== "denies") return [];
  const parts = [el("span", { class: fact.stance }, say(`stance.movement.${fact.stance}`))];
  if (fact.cargo_stance !== fact.stance)
    parts.push(el("span", { class: fact.cargo_stance }, say(`stance.cargo.${fact.cargo_stance}`)));
  if (fact.kind === "capacity") parts.push(el("span", {}, say("kind.capacity")));
  if (fact.scope === "snapshot") parts.push(el("span", {}, say("scope.snapshot")));
  if (fact.vessel) parts.push(el("span", {}, several(fact.vessel).join(", ")));
  return parts;
}

function tellings(fact) {
  const lead = leadingClaim(fact);
  const told = [lead, ...claimsOf(fact).filter((claim) => claim !== lead)].filter(Boolean);
  const first = told.length > TELLINGS_AT_ONCE + 1 ? told.slice(0, TELLINGS_AT_ONCE) : told;
  const rest = told.slice(first.length);
  const shown = el("ul", { class: "tellings" }, ...first.map((claim) => telling(claim, fact)));
  if (!rest.length) return shown;
  const box = el(
    "div",
    {},
    shown,
    el(
      "details",
      {},
      el("summary", {}, say("evidence.tellings", { n: rest.length })),
      el("ul", { class: "tellings" }, ...rest.map((claim) => telling(claim, fact))),
    ),
  );
  return box;
}

function telling(claim, fact) {
  const source = tables.source.get(claim.source_id);
  if (!source) return el("li", {}, claim.source_id);
  const said = words(claim.quantifier, claim.low, claim.best, claim.high);
  const notes = [];
  if (ownPage(claim)) notes.push(say("evidence.own"));
  else if (claim.claimant === fact.claimant)
    notes.push(say("evidence.repeats", { name: claim.claimant }));
  else notes.push(say("evidence.credits", { name: claim.claimant }));
  if (said && said !== factWords(fact)) notes.push(say("evidence.said", { words: said }));
  return el(
    "li",
    {},
    link(source.url, source.title),
    el("span", { class: "publisher" }, `${source.publisher}, ${published(source.published)}`),
    el("span", { class: "notes" }, notes.join(" · ")),
  );
}

// What the tellings of one fact disagree on, side by side.
function differences(fact, open = false) {
  const found = tables.differing.get(factKey(fact));
  if (!found) return null;
  const shownAs = (d) =>
    ["origin", "destination"].includes(d.column) ? ends(d.value) : d.value.replace(/_/g, " ");
  const rows = [...grouped(found, (d) => d.column)].map(([column, values]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, say(`column.${column}`)),
      el(
        "td",
        {},
        ...values.map((d) => el("span", {}, shownAs(d), count(several(d.claims).length))),
      ),
    ),
  );
  return el(
    "details",
    { class: "differ", open },
    el("summary", {}, say("evidence.differ", { n: rows.length })),
    el("table", {}, el("tbody", {}, ...rows)),
  );
}

// How each claim was read from its source, and how surely.
function coding(fact) {
  const rows = claimsOf(fact).map((claim) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, claim.claim_id),
      el(
        "td",
        {},
        el("span", {}, [say(`reading.${claim.reading}`), claim.note].filter(Boolean).join("; ")),
      ),
    ),
  );
  return el(
    "details",
    { class: "differ" },
    el("summary", {}, say("evidence.coding")),
    el("table", {}, el("tbody", {}, ...rows)),
  );
}

function permalink(fact) {
  return el(
    "a",
    {
      class: "permalink",
      href: `#fact=${encodeURIComponent(fact.id)}`,
      title: say("evidence.link"),
    },
    `# ${fact.fact_id}`,
  );
}
