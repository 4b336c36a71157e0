// The map as a picture: what is on the screen, with title, legend, date and sources.

const PICTURE = { scale: 2, head: 84, foot: 96, margin: 22 };

function savePicture() {
  picture().toBlob((blob) => saveFile(blob, `map-${isoDay(knownBy())}.png`), "image/png");
}

function picture() {
  const size = map.getSize();
  const canvas = el("canvas", {
    width: size.x * PICTURE.scale,
    height: (size.y + PICTURE.head + PICTURE.foot) * PICTURE.scale,
  });
  const pen = canvas.getContext("2d");
  pen.scale(PICTURE.scale, PICTURE.scale);
  pen.fillStyle = colour("panel");
  pen.fillRect(0, 0, size.x, size.y + PICTURE.head + PICTURE.foot);
  pen.save();
  pen.translate(0, PICTURE.head);
  pen.beginPath();
  pen.rect(0, 0, size.x, size.y);
  pen.clip();
  pen.fillStyle = colour("water");
  pen.fillRect(0, 0, size.x, size.y);
  paintLand(pen);
  paintLines(pen);
  paintPlaces(pen);
  pen.restore();
  paintWords(pen, size);
  return canvas;
}

function tracePath(pen, latlngs) {
  latlngs.forEach((point, k) => {
    const at = map.latLngToContainerPoint(point);
    if (k) pen.lineTo(at.x, at.y);
    else pen.moveTo(at.x, at.y);
  });
}

function paintLand(pen) {
  const { far, near } = tables.basemap;
  for (const base of [far, near]) {
    pen.beginPath();
    base.land.forEach((steps) => tracePath(pen, points(steps, base.per_degree)));
    pen.fillStyle = colour("land");
    pen.fill("evenodd");
    pen.beginPath();
    base.coast.forEach((steps) => tracePath(pen, points(steps, base.per_degree)));
    pen.strokeStyle = colour("coast");
    pen.lineWidth = 0.7;
    pen.stroke();
  }
  pen.beginPath();
  far.borders.forEach((steps) => tracePath(pen, points(steps, far.per_degree)));
  pen.strokeStyle = colour("border");
  pen.setLineDash([1, 3]);
  pen.stroke();
  pen.setLineDash([]);
}

// The lines just as the browser has drawn them, from the same paths.
function paintLines(pen) {
  const shift = map.containerPointToLayerPoint([0, 0]);
  const paths = document.querySelectorAll(
    ".leaflet-halo-pane path, .leaflet-core-pane path, .leaflet-voyage-pane path",
  );
  pen.save();
  pen.translate(-shift.x, -shift.y);
  for (const path of paths) {
    const style = getComputedStyle(path);
    if (style.display === "none" || path.classList.contains("hit")) continue;
    const shape = new Path2D(path.getAttribute("d"));
    pen.globalAlpha = Number(style.strokeOpacity) * Number(style.opacity);
    if (path.classList.contains("arrow")) {
      pen.globalAlpha = Number(style.opacity);
      pen.fillStyle = style.fill;
      pen.strokeStyle = style.stroke;
      pen.lineWidth = parseFloat(style.strokeWidth);
      pen.setLineDash([]);
      pen.stroke(shape);
      pen.fill(shape);
      continue;
    }
    pen.strokeStyle = style.stroke;
    pen.lineWidth = parseFloat(style.strokeWidth);
    pen.setLineDash(
      style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat),
    );
    pen.lineCap = style.strokeLinecap;
    pen.stroke(shape);
  }
  pen.restore();
  pen.setLineDash([]);
}

function paintPlaces(pen) {
  for (const label of labels) {
    if (label.kind === "place" && map.getZoom() >= label.from) {
      const at = map.latLngToContainerPoint([label.lat, label.lon]);
      pen.beginPath();
      pen.arc(at.x, at.y, 4.5, 0, 2 * Math.PI);
      pen.fillStyle = colour("panel");
      pen.fill();
      pen.lineWidth = 1.6;
      pen.strokeStyle = colour("ink");
      pen.stroke();
    }
    if (label.node.hidden) continue;
    const spot = map.layerPointToContainerPoint(L.DomUtil.getPosition(label.node));
    const style = getComputedStyle(label.node);
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.letterSpacing = style.letterSpacing === "normal" ? "0px" : style.letterSpacing;
    pen.lineWidth = 3;
    pen.strokeStyle = colour(label.kind === "sea" ? "water" : "land");
    pen.lineJoin = "round";
    const text = label.kind === "country" ? label.text.toUpperCase() : label.text;
    pen.strokeText(text, spot.x, spot.y + label.size[1] / 2);
    pen.fillStyle = style.color;
    pen.fillText(text, spot.x, spot.y + label.size[1] / 2);
    pen.letterSpacing = "0px";
  }
}

function paintWords(pen, size) {
  const { margin, head } = PICTURE;
  const font = getComputedStyle(document.body).fontFamily;
  const serif = getComputedStyle(document.querySelector(".sentence")).fontFamily;
  const line = (text, y, style, shade) => {
    pen.font = style;
    pen.fillStyle = colour(shade);
    fitted(pen, text, size.x - 2 * margin).forEach((part, k) =>
      pen.fillText(part, margin, y + k * 15),
    );
  };
  pen.textBaseline = "alphabetic";
  line(document.querySelector(".where").textContent, 30, `13px ${font}`, "ink-soft");
  line(document.querySelector(".sentence").textContent, 60, `22px ${serif}`, "ink");
  const foot = head + size.y;
  paintLegend(pen, margin, foot + 18, font);
  line(
    `${say("legend.inferred")} ${say("legend.reported")}`,
    foot + 40,
    `12px ${font}`,
    "ink-soft",
  );
  line(say("attribution.data"), foot + 74, `10.5px ${font}`, "ink-soft");
}

function paintLegend(pen, left, y, font) {
  pen.font = `12px ${font}`;
  pen.setLineDash([11, 3]);
  pen.lineWidth = 4;
  let x = left;
  for (const mode of ["sea", "rail"]) {
    pen.strokeStyle = colour(mode);
    pen.beginPath();
    pen.moveTo(x, y - 4);
    pen.lineTo(x + 36, y - 4);
    pen.stroke();
    pen.fillStyle = colour("ink");
    pen.fillText(say(`legend.${mode}`), x + 44, y);
    x += 64 + pen.measureText(say(`legend.${mode}`)).width;
  }
  const rest = [say("legend.width"), state.proposed ? `◌ ${say("legend.proposed")}` : ""];
  pen.fillText(rest.filter(Boolean).join("     "), x, y);
  pen.setLineDash([]);
}

// Text in lines of at most so many pixels, at most two of them.
function fitted(pen, text, wide) {
  const lines_ = [""];
  for (const word of text.split(" ")) {
    const longer = lines_.at(-1) ? `${lines_.at(-1)} ${word}` : word;
    if (pen.measureText(longer).width <= wide || lines_.length === 2)
      lines_[lines_.length - 1] = longer;
    else lines_.push(word);
  }
  return lines_;
}
