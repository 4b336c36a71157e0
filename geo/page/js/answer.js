// The answer: one sentence, and the same count asked of wider scopes.

function drawAnswer(shown) {
  const scope = scopeChosen();
  const figure = figureOf(scope, state.unit, shown.on);
  refill(
    byId("answer"),
    el("p", { class: "where" }, mark(scope.mode), scopeName(scope)),
    sentence(figure),
    wider(scope, shown.passing),
    behind(figure, shown),
  );
}

function sentence(figure) {
  const asOf = el("span", { class: "as-of" }, say("as_of", { day: day(knownBy()) }));
  const many = unit(state.unit, figure.low ?? 2);
  if (figure.how === "none") {
    return el("p", { class: "sentence" }, say("answer.none", { unit: many }), " ", asOf);
  }
  return el(
    "p",
    { class: "sentence" },
    ...figureParts(figure, many),
    " ",
    el("span", { class: "when" }, unbroken(whenOf(figure))),
    " ",
    asOf,
  );
}

// "At least 6 trips reported"; where nothing is certain, that first and the best after it.
function figureParts({ low, best, high }, many) {
  if (!low && high !== 0) {
    return [
      el("strong", {}, say("answer.uncertain")),
      "; ",
      say("answer.best", { best: Math.round(best * 10) / 10, unit: many }),
    ];
  }
  const words_ =
    high === null
      ? say("answer.at_least", { n: low })
      : low === high
        ? number(low)
        : say("answer.range", { low, high });
  return [el("strong", {}, words_), " ", say("answer.reported", { unit: many })];
}

// The window of the facts behind a figure; a period that the reader chose stands as chosen.
function whenOf(figure) {
  if (figure.how === "months") return betweenDays(state.from, state.to);
  const facts = figure.behind();
  if (!facts.length) return "";
  const first = facts.some((f) => f.date_start === null)
    ? null
    : Math.min(...facts.map((f) => f.date_start));
  const last = Math.max(...facts.map((f) => f.date_end ?? -Infinity));
  return betweenDays(first, Number.isFinite(last) ? last : null);
}

function betweenDays(first, last) {
  if (first === null && last === null) return "";
  if (first === null) return say("answer.by", { day: day(last) });
  if (last === null) return say("window.from", { day: day(first) });
  if (first === last) return say("answer.on", { day: day(first) });
  const sameYear = isoDay(first).slice(0, 4) === isoDay(last).slice(0, 4);
  return say("answer.between", { first: sameYear ? dayOnly(first) : day(first), last: day(last) });
}

// The scope chosen among those that hold it: how far the same reports reach.
function wider(scope, passing) {
  const rows = scopesAround(scope, state.unit).map((other) => {
    const on = passing.filter((fact) => relation(fact, other) === "on");
    return scopeRow(other, figureOf(other, state.unit, on), other.key === scope.key);
  });
  const head = (name) => el("th", { scope: "col", title: say(`${name}.long`) }, say(name));
  return el(
    "table",
    { class: "scopes" },
    el("caption", { class: "unseen" }, say("scopes.caption", { unit: unit(state.unit) })),
    el(
      "thead",
      {},
      el(
        "tr",
        {},
        el("th", { scope: "col" }, capital(unit(state.unit))),
        head("low"),
        head("best"),
        head("high"),
      ),
    ),
    el("tbody", {}, ...rows),
  );
}

function scopeRow(scope, figure, chosen) {
  const open = button(
    scopeName(scope),
    () => choose({ scope: scope.key, fact: "", tab: "evidence" }),
    { class: "link", "aria-pressed": String(chosen), "data-key": `scope-${scope.key}` },
  );
  const cell = (value, none) =>
    el(
      "td",
      value === null ? { class: "unknown", title: none } : {},
      value === null ? "–" : number(value),
    );
  return el(
    "tr",
    chosen ? { class: "chosen" } : {},
    el("th", { scope: "row" }, open),
    cell(figure.low, say("unstated")),
    cell(figure.best, say("unstated")),
    cell(figure.high, say("no_ceiling")),
  );
}

function behind(figure, shown) {
  const parts = [];
  if (figure.how !== "none") {
    const names = fewNames(figure.behind().map((fact) => fact.claimant));
    if (names || figure.how === "months")
      parts.push(say(`answer.${figure.how}`, { claimants: names }));
  }
  if (figure.asserted < figure.low)
    parts.push(say(figure.asserted ? "answer.asserted" : "answer.suspected", { n: figure.asserted }));
  if (figure.how !== "none" && figure.high === null) parts.push(say("answer.no_high"));
  if (figure.how === "combined" && figure.best === null)
    parts.push(say("answer.no_best", { day: day(tables.latest) }));
  const denials = shown.denied
    .filter((fact) => fact.stance === "denies")
    .sort((a, b) => b.claims.length - a.claims.length || b.published - a.published);
  const line = el("p", { class: "behind" }, parts.join(" "));
  if (denials.length) {
    line.append(
      " ",
      button(
        say("answer.denied", {
          names: fewNames(
            denials.map((f) => f.claimant),
            2,
          ),
        }),
        () => choose({ tab: "denials" }),
        { class: "link deny", "data-key": "denied" },
      ),
    );
  }
  return line;
}
