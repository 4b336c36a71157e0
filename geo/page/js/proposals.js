// Proposals: claims read from texts by rule that nobody has reviewed. Never counted, hollow wherever
// they show, and hidden until asked for.

let rings = null;

// A proposal stands like a fact of one claim, so that filters and scopes hold for it alike.
function readProposal(claim) {
  claim.claims = [claim];
  claim.fact_id = claim.claim_id;
  claim.id = `proposal~${claim.claim_id}`;
  claim.since = claim.published_by;
  claim.corridors = [];
  const moves = ["count", "movement", "transfer"].includes(claim.kind);
  claim.of = moves && claim.scope !== "snapshot" ? "flow" : "";
  claim.port = claim.unit === "port_call" ? claim.destination || claim.origin : "";
  readWindow(claim);
  readWay(claim);
}

function proposalsShown(scope) {
  return state.proposed
    ? tables.proposed.filter((claim) => passes(claim) && relation(claim, scope))
    : [];
}

function proposalsPart(proposed) {
  if (!proposed.length) return [];
  const latest = [...proposed].sort((a, b) => b.since - a.since || (a.id < b.id ? -1 : 1));
  return [
    el("h3", {}, say("proposed.title"), count(proposed.length)),
    el("p", { class: "lead" }, say("proposed.lead")),
    ...latest.slice(0, cardsShown).map(proposalCard),
  ];
}

function proposalCard(claim) {
  const said = words(claim.quantifier, claim.low, claim.best, claim.high);
  const when = windowOf(claim.date_start, claim.date_end);
  return el(
    "article",
    { class: "card proposed", "aria-label": claim.claimant },
    el(
      "header",
      {},
      el("span", { class: "claimant" }, claim.claimant),
      el("span", { class: "kind" }, say("proposed.kind")),
    ),
    el("p", { class: "number" }, capital(factNumber(claim, said))),
    el("p", { class: "way" }, mark(claim.mode), [wayOf(claim), when].filter(Boolean).join(" · ")),
    el("p", { class: "stance" }, ...stances(claim)),
    el("blockquote", {}, claim.sentence),
    sourceOf(claim),
  );
}

function sourceOf(claim) {
  const source = tables.source.get(claim.source_id) ?? claim;
  return el(
    "p",
    { class: "publisher" },
    source.title ? link(source.url, source.title) : claim.source_id,
    source.publisher ? ` ${source.publisher}, ${published(source.published)}` : "",
  );
}

// Rings round the places that proposals name.
function drawRings(proposed) {
  rings?.remove();
  byId("caption").classList.toggle("proposing", Boolean(state.proposed));
  const named = new Set(
    proposed.flatMap((claim) => [...several(claim.origin), ...several(claim.destination)]),
  );
  const drawn = [...named]
    .map((id) => tables.place.get(id))
    .filter((place) => place && !depth(place.place_id));
  rings = L.layerGroup(
    drawn.map((place) =>
      L.circleMarker([place.lat, place.lon], {
        pane: "core",
        radius: 9,
        className: "ring",
        interactive: false,
      }),
    ),
  ).addTo(map);
}

function proposalSwitch() {
  if (!tables.proposed.length) return null;
  return el(
    "label",
    { class: state.proposed ? "folding used switch" : "folding switch" },
    el("span", {}, say("filter.proposed")),
    el(
      "span",
      { class: "box" },
      el("input", {
        type: "checkbox",
        checked: Boolean(state.proposed),
        "data-key": "filter-proposed",
        change: (event) => choose({ proposed: event.target.checked ? "yes" : "" }),
      }),
      number(tables.proposed.length),
    ),
  );
}
