// Elements. Text only ever becomes a text node, and only http and https addresses become links.

const SVG = "http://www.w3.org/2000/svg";

function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// A link to an outside page, or its bare text where the address is none.
function link(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return el("span", {}, text);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return el("span", {}, text);
  return el("a", { href: url.href, rel: "noopener noreferrer nofollow", target: "_blank" }, text);
}

function button(text, act, attributes = {}, ...children) {
  return el("button", { type: "button", click: act, ...attributes }, text, ...children);
}

function byId(id) {
  return document.getElementById(id);
}

// Replace what an element holds, and keep the keyboard where it was.
function refill(node, ...children) {
  const key =
    document.activeElement && node.contains(document.activeElement)
      ? document.activeElement.dataset.key
      : null;
  node.replaceChildren(
    ...children.filter((child) => child !== null && child !== undefined && child !== ""),
  );
  if (!key) return;
  const again = [...node.querySelectorAll("[data-key]")].find((n) => n.dataset.key === key);
  if (again) again.focus({ preventScroll: true });
}
