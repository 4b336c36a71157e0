// Out of the page: a link, a table of the claims shown, a picture, paper.

// A spreadsheet runs a cell that begins with one of these (OWASP, CSV injection).
const FORMULA_STARTS = ["=", "+", "-", "@", "\t", "\r", "\n"];
const CLAIM_COLUMNS = [
  "claim_id",
  "fact_id",
  "claimant",
  "stance",
  "cargo_stance",
  "kind",
  "scope",
  "mode",
  "origin",
  "destination",
  "vessel",
  "date_start",
  "date_end",
  "low",
  "best",
  "high",
  "unit",
  "quantifier",
  "evidence",
  "reading",
  "note",
];
const SOURCE_COLUMNS = ["source_id", "publisher", "title", "published", "url", "language"];

// Once; a choice of view only marks its button, so that an open menu stays open.
function drawTools() {
  if (byId("save")) {
    for (const node of byId("tools").querySelectorAll("[data-view]")) {
      node.setAttribute("aria-pressed", String(node.dataset.view === state.view));
    }
    return;
  }
  const views = ["corridor", "overview"].map((view) =>
    button(
      say(`view.${view}`),
      () => {
        choose({ view });
        showView();
      },
      { "aria-pressed": String(state.view === view), "data-view": view },
    ),
  );
  refill(
    byId("tools"),
    el("span", { class: "group", role: "group", "aria-label": say("view.label") }, ...views),
    el(
      "details",
      { class: "save", id: "save" },
      el("summary", {}, say("save")),
      el(
        "div",
        { class: "menu" },
        button(say("save.link"), copyLink),
        button(say("save.csv"), saveTable),
        button(say("save.png"), savePicture),
        button(say("save.print"), () => window.print()),
        el("p", { id: "saved", role: "status" }),
      ),
    ),
  );
}

// The menu closes on Escape and on a click anywhere else.
function closeMenu(event) {
  const menu = byId("save");
  const left = event.type === "click" ? !menu.contains(event.target) : event.key === "Escape";
  if (!left || !menu.open) return;
  menu.open = false;
  if (event.type === "keydown") menu.querySelector("summary").focus();
}

function done(text) {
  byId("saved").textContent = text;
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    done(say("save.copied"));
  } catch {
    done(location.href);
  }
}

function cell(value) {
  if (value === null || value === undefined) return "";
  const text = String(value);
  const safe =
    typeof value === "string" && FORMULA_STARTS.some((start) => text.startsWith(start))
      ? `'${text}`
      : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

// The claims behind everything that passes the filters, with their sources.
function tableText() {
  const told = [...new Set(selection().passing.flatMap((fact) => fact.claims))];
  const lines_ = told
    .sort((a, b) => (a.claim_id < b.claim_id ? -1 : 1))
    .map((claim) => {
      const source = tables.source.get(claim.source_id) ?? {};
      const shown = (name) =>
        name.startsWith("date_") && claim[name] !== null ? isoDay(claim[name]) : claim[name];
      return [...CLAIM_COLUMNS.map(shown), ...SOURCE_COLUMNS.map((name) => source[name])]
        .map(cell)
        .join(",");
    });
  return [[...CLAIM_COLUMNS, ...SOURCE_COLUMNS].join(","), ...lines_].join("\r\n");
}

function saveTable() {
  saveFile(
    new Blob(["\ufeff", tableText(), "\r\n"], { type: "text/csv;charset=utf-8" }),
    `claims-${isoDay(knownBy())}.csv`,
  );
}

function saveFile(blob, name) {
  const url = URL.createObjectURL(blob);
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  done(say("save.done", { name }));
}
