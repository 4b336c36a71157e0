// The panel beside the map: evidence, corridors, denials, and what is not on the map.

const TABS = ["evidence", "conflicts", "corridors", "denials", "unlocated"];

function drawSide(shown, figures) {
  const used = figures.filter((figure) => figure.facts.length);
  const disagreeing = conflictsShown(shown);
  const sizes = {
    conflicts: disagreeing.length,
    evidence: shown.on.length + shown.wider.length + shown.near.length,
    corridors: used.length,
    denials: shown.denials.length,
    unlocated: shown.unlocated.length,
  };
  const bodies = {
    evidence: () => evidencePanel(shown),
    conflicts: () => conflictCards(disagreeing),
    corridors: () => [lead("corridors.lead"), ...corridorButtons(used)],
    denials: () => [lead("denials.lead"), ...cards([["", shown.denials]])],
    unlocated: () => [lead("unlocated.lead"), ...cards([["", shown.unlocated]], unlocatedCard)],
  };
  if (!bodies[state.tab]) state.tab = "evidence";
  refill(
    byId("side"),
    el(
      "div",
      { class: "tabs", role: "tablist", "aria-label": say("tab.label"), keydown: walkTabs },
      ...TABS.map((name) => tab(name, sizes[name])),
    ),
    el(
      "div",
      {
        class: "panel",
        id: "panel",
        role: "tabpanel",
        tabindex: "0",
        "aria-labelledby": `tab-${state.tab}`,
      },
      ...bodies[state.tab](),
    ),
  );
}

function lead(name) {
  return el("p", { class: "lead" }, say(name));
}

function tab(name, size) {
  const chosen = state.tab === name;
  return button(
    "",
    () => openTab(name),
    {
      role: "tab",
      id: `tab-${name}`,
      "aria-selected": String(chosen),
      "aria-controls": "panel",
      tabindex: chosen ? "0" : "-1",
      "data-key": `tab-${name}`,
    },
    say(`tab.${name}`),
    count(size),
  );
}

function openTab(name) {
  cardsShown = CARDS_AT_ONCE;
  choose({ tab: name, fact: "" });
}

// Arrow keys walk a list of tabs.
function walkTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  openTab(TABS[(TABS.indexOf(state.tab) + step + TABS.length) % TABS.length]);
  byId(`tab-${state.tab}`).focus();
}

function evidencePanel(shown) {
  const told = [...shown.on, ...shown.wider, ...shown.near];
  const claims = new Set(told.flatMap((fact) => fact.claims));
  const sources = new Set([...claims].map((claim) => claim.source_id));
  const linked = state.fact ? told.find((fact) => fact.id === state.fact) : null;
  return [
    el(
      "p",
      { class: "lead totals", id: "totals" },
      say("evidence.totals", {
        facts: say("n.facts", { n: told.length }),
        claims: say("n.claims", { n: claims.size }),
        sources: say("n.sources", { n: sources.size }),
      }),
    ),
    ...proposalsPart(shown.proposed),
    ...(linked ? [el("h3", {}, say("evidence.linked")), card(linked)] : []),
    ...cards([
      [say("evidence.on"), shown.on],
      [say("evidence.wider"), shown.wider],
      [say("evidence.near"), shown.near],
    ]),
  ];
}

function unlocatedCard(fact) {
  const node = card(fact);
  node.querySelector(".way").after(el("p", { class: "reason" }, fact.unlocated));
  return node;
}

// The same lines as on the map, for the keyboard and for those who cannot see it.
function corridorButtons(figures) {
  const size = (f) => f.figure.low ?? 0;
  return [...figures]
    .sort(
      (a, b) =>
        size(b) - size(a) ||
        b.facts.length - a.facts.length ||
        (a.corridor.key < b.corridor.key ? -1 : 1),
    )
    .map(corridorButton);
}

function corridorButton({ corridor, facts, figure }) {
  const perhaps = figure.how === "none" ? largest(facts, state.unit) : null;
  const told = figure.how === "none" ? say("n.facts", { n: facts.length }) : figureWords(figure);
  return button(
    "",
    () => openCorridor(corridor),
    {
      class: "corridor",
      "aria-pressed": String(corridor.key === state.scope),
      "data-key": corridor.key,
    },
    mark(corridor.mode),
    el("span", { class: "name" }, corridorName(corridor)),
    el("span", { class: "n" }, told),
    el(
      "span",
      { class: "note" },
      perhaps ? say("corridor.perhaps", { words: factNumber(perhaps) }) : lengthOf(corridor),
    ),
  );
}

function figureWords({ low, high }) {
  const words_ =
    high === null
      ? say("words.at_least", { n: low })
      : low === high
        ? number(low)
        : say("words.range", { low, high });
  return `${words_} ${unit(state.unit, high ?? low)}`;
}

function lengthOf(corridor) {
  const round = (km) => number(Math.round(km));
  const [km, low, high] = [corridor.length_km, corridor.low_km, corridor.high_km].map(round);
  const told =
    low === high ? say("corridor.short", { km }) : say("corridor.length", { km, low, high });
  if (!corridor.estimated_km || corridor.estimated_km < 1) return told;
  return `${told}; ${say("corridor.estimated", { km: round(corridor.estimated_km) })}`;
}
