// Identified trips, one by one: the window in which a ship was under way, and the line it may have
// taken. Nobody saw where on the line it was, so the whole line shows, fainter for a wider window.

const STEP_MS = 2600;
const SPEEDS = ["1", "2", "4"];
let playing = null;
let speed = "1";
let voyageLine = null;

let trips = [];

function voyageChosen() {
  return state.trip ? (trips.find((fact) => fact.id === state.trip) ?? null) : null;
}

function drawReplay(shown) {
  trips = shown.trips;
  const chosen = voyageChosen();
  const box = byId("replay");
  drawVoyageLine(chosen);
  if (!trips.length) {
    refill(box);
    return;
  }
  const at = trips.indexOf(chosen);
  const step = (by) =>
    button(by < 0 ? "‹" : "›", () => stepTo(at < 0 ? 0 : (at + by + trips.length) % trips.length), {
      "aria-label": say(by < 0 ? "replay.back" : "replay.next"),
      "data-key": `step${by}`,
    });
  const parts = [
    el("span", { class: "title" }, say("replay.title"), count(trips.length)),
    step(-1),
    button(playing ? "❚❚" : "▶", playing ? pause : play, {
      "aria-label": say(playing ? "replay.pause" : "replay.play"),
      "data-key": "play",
    }),
    step(1),
    speedChoice(),
  ];
  if (chosen) {
    const leave = () => {
      pause();
      choose({ trip: "" });
    };
    parts.push(
      button("×", leave, { "aria-label": say("replay.close"), "data-key": "close-replay" }),
      el("p", { class: "voyage", "aria-live": "polite" }, voyageWords(chosen, at, trips.length)),
    );
  }
  refill(box, ...parts);
}

function speedChoice() {
  return el(
    "select",
    {
      "aria-label": say("replay.speed"),
      "data-key": "speed",
      change: (event) => {
        speed = event.target.value;
        if (playing) play();
      },
    },
    ...SPEEDS.map((value) => el("option", { value, selected: value === speed }, `${value}×`)),
  );
}

function voyageWords(fact, at, many) {
  const ship = several(fact.vessel).join(", ") || say("replay.unnamed");
  return `${at + 1}/${many} · ${[ship, wayOf(fact), windowOf(fact.date_start, fact.date_end), fact.claimant].join(" · ")}`;
}

function stepTo(k) {
  if (trips[k]) choose({ trip: trips[k].id });
}

function play() {
  clearInterval(playing);
  playing = setInterval(
    () => {
      const next = trips.indexOf(voyageChosen()) + 1;
      if (next >= trips.length) pause();
      else stepTo(next);
    },
    STEP_MS / Number(speed),
  );
  stepTo((trips.indexOf(voyageChosen()) + 1) % trips.length);
}

function pause() {
  clearInterval(playing);
  playing = null;
  redraw();
}

function drawVoyageLine(fact) {
  voyageLine?.remove();
  voyageLine = null;
  if (!fact) return;
  map.closePopup();
  const days = fact.start === null ? 30 : fact.end - fact.start + 1;
  const parts = fact.corridors.map((row) => {
    const { key, latlngs } = tables.corridors[row];
    return new Lane(latlngs, {
      pane: "voyage",
      shift: lanes.get(key).core.options.shift,
      interactive: false,
      className: `voyage-line ${fact.mode}`,
      weight: 18,
      opacity: Math.max(0.2, 0.9 / Math.sqrt(days)),
    });
  });
  voyageLine = L.featureGroup(parts).addTo(map);
  if (!map.getBounds().contains(voyageLine.getBounds()))
    map.fitBounds(voyageLine.getBounds(), { padding: [60, 60], maxZoom: CLOSEST_FIT });
}
