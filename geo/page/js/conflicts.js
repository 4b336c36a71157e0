// Conflicts: what reports, or the tellings of one report, disagree on, side by side.

// Tellings that differ in wording alone stand with their fact; these stand in a list of their own.
const GRAVE = ["clash", "two_places", "not_seen", "retelling", "figures", "definition"];

// The conflicts that touch a fact shown, of claims that were known by the day.
function conflictsShown(shown) {
  const here = new Map(
    [...shown.on, ...shown.wider, ...shown.near].map((fact) => [fact.fact_id, fact]),
  );
  const known = (id) =>
    tables.source.get(tables.claim.get(id)?.source_id)?.published_by <= knownBy();
  return tables.conflicts.filter(
    (conflict) =>
      GRAVE.includes(conflict.kind) &&
      several(conflict.facts).some((id) => here.has(id)) &&
      several(conflict.claims).every(known),
  );
}

function conflictCards(found) {
  const parts = [el("p", { class: "lead" }, say("conflicts.lead"))];
  for (const kind of GRAVE) {
    const same = found.filter((conflict) => conflict.kind === kind);
    if (!same.length) continue;
    parts.push(
      el("h3", {}, say(`conflict.${kind}`), count(same.length)),
      ...same.slice(0, cardsShown).map(conflictCard),
    );
  }
  return parts.length > 1 ? parts : [el("p", { class: "lead" }, say("conflicts.none"))];
}

function conflictCard(conflict) {
  const facts = tables.facts.filter(
    (fact) =>
      held(fact) &&
      several(conflict.facts).includes(fact.fact_id) &&
      (!conflict.unit || fact.unit === conflict.unit || several(conflict.facts).length > 1),
  );
  const aside = new Set(several(conflict.set_aside));
  const told =
    facts.length === 1
      ? [side(facts[0], aside), differences(facts[0], true)]
      : facts.map((fact) => side(fact, aside));
  return el("article", { class: "card sides" }, ...told);
}

function side(fact, aside) {
  return el(
    "div",
    { class: "side-by" },
    el("p", { class: "claimant" }, fact.claimant),
    el("p", { class: "number" }, capital(factNumber(fact))),
    el(
      "p",
      { class: "way" },
      mark(fact.mode),
      [wayOf(fact), windowOf(fact.date_start, fact.date_end)].filter(Boolean).join(" · "),
    ),
    aside.has(fact.fact_id) ? el("p", { class: "reason" }, say("conflict.aside")) : null,
    button(
      `# ${fact.fact_id}`,
      () => choose({ fact: fact.id, scope: scopeOf(fact), tab: "evidence" }),
      { class: "link permalink", "data-key": `conflict-${fact.id}` },
    ),
  );
}
