// The base map: land, coast and borders drawn as lines, and the names of seas and countries.

const NAMES = [
  ["sea.japan", 40.6, 133.2, 4.5, 9, "sea"],
  ["sea.peter", 42.8, 131.62, 8, 13, "sea"],
  ["sea.yellow", 36.5, 123.5, 4.5, 8, "sea"],
  ["sea.okhotsk", 54, 148, 3, 7, "sea"],
  ["sea.black", 43.3, 34.5, 4.5, 9, "sea"],
  ["sea.caspian", 42, 50.5, 4, 9, "sea"],
  ["country.kp", 40.3, 127.2, 4.5, 8, "country"],
  ["country.kp", 42.15, 129.9, 8, 11, "country"],
  ["country.ru", 60, 95, 2, 6, "country"],
  ["country.ru", 43.75, 132.75, 7, 11, "country"],
  ["country.cn", 42.95, 130.1, 7, 10, "country"],
  ["country.cn", 36, 103, 2, 7, "country"],
  ["country.jp", 36.5, 138.2, 3.5, 9, "country"],
  ["country.kr", 36.4, 128, 5, 9, "country"],
  ["country.mn", 46.8, 104, 2.5, 8, "country"],
  ["country.kz", 48.2, 67, 2, 8, "country"],
  ["country.ua", 49.2, 32, 4, 8, "country"],
];
let landLayers = [];

// A colour of the style sheet, as it stands in the reader's light or dark.
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function drawLand() {
  landLayers.forEach((layer) => layer.remove());
  const renderer = L.canvas({ pane: "land", padding: 0.4 });
  const common = { renderer, pane: "land", interactive: false, smoothFactor: 1.2 };
  const fill = { ...common, stroke: false, fill: true, fillColor: colour("land"), fillOpacity: 1 };
  const line = (name, weight) => ({ ...common, fill: false, color: colour(name), weight });
  const { far, near } = tables.basemap;
  const lines = (base, name) => base[name].map((steps) => points(steps, base.per_degree));
  landLayers = [
    L.polygon(
      lines(far, "land").map((ring) => [ring]),
      fill,
    ),
    L.polygon(
      lines(near, "land").map((ring) => [ring]),
      fill,
    ),
    L.polyline(lines(far, "borders"), { ...line("border", 1), dashArray: "1 3", lineCap: "round" }),
    L.polyline(lines(far, "coast"), line("coast", 0.7)),
    L.polyline(lines(near, "coast"), line("coast", 0.7)),
  ];
  landLayers.forEach((layer) => layer.addTo(map));
}
