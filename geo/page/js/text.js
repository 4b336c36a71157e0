// Words, numbers and days for people. Days are whole days since 1970-01-01, in UTC throughout.

const DAY_MS = 86400000;
let strings = {};
let plurals = null;
let dayFormat = null;
let numberFormat = null;

function speak(found) {
  strings = found;
  plurals = new Intl.PluralRules(found.lang);
  numberFormat = new Intl.NumberFormat(found.lang, { maximumFractionDigits: 1 });
  dayFormat = new Intl.DateTimeFormat(found.lang, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}

// The text of that name, its {holes} filled. `n` also chooses the plural form.
function say(name, holes = {}) {
  let text = strings[name];
  if (text === undefined) return name;
  if (typeof text === "object") text = text[plurals.select(holes.n ?? 2)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, hole) => {
    const value = holes[hole];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value) : value;
  });
}

function number(value) {
  return numberFormat.format(value);
}

function unit(name, n = 2) {
  return say(`unit.${name}`, { n });
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function list(names) {
  return new Intl.ListFormat(strings.lang, { type: "conjunction" }).format(names);
}

// At most so many names, then how many others there are.
function fewNames(names, most = 3) {
  const distinct = [...new Set(names)];
  if (distinct.length <= most) return list(distinct);
  const rest = distinct.length - most + 1;
  return list([...distinct.slice(0, most - 1), say("others", { n: rest })]);
}

function day(number) {
  return dayFormat.format(number * DAY_MS);
}

// A day without its year, where the year follows.
function dayOnly(number) {
  return formatted(number, { day: "numeric", month: "short" });
}

function monthName(number) {
  return formatted(number, { month: "short", year: "numeric" });
}

function monthShort(number) {
  return formatted(number, { month: "short" });
}

// Formats are costly to make: each is made once.
const formats = new Map();

function formatted(number, parts) {
  const key = Object.keys(parts).join();
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(strings.lang, { timeZone: "UTC", ...parts }));
  }
  return formats.get(key).format(number * DAY_MS);
}

// A large number in little room.
function compact(n) {
  return new Intl.NumberFormat(strings.lang, {
    notation: "compact",
    maximumFractionDigits: 1,
  }).format(n);
}

function isoDay(number) {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

function dayNumber(iso) {
  const stamp = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(stamp) ? null : Math.floor(stamp / DAY_MS);
}

// First days of the month and of the week (Monday) that hold a day, and of the month after.
function monthFloor(d) {
  return dayNumber(`${isoDay(d).slice(0, 7)}-01`);
}

function monthNext(d) {
  const [year, month] = isoDay(d).split("-").map(Number);
  return Math.floor(Date.UTC(year, month, 1) / DAY_MS);
}

function weekFloor(d) {
  return d - ((d + 3) % 7);
}

// An ISO prefix as precise as it was given: a year and a month stay a year and a month.
function published(prefix) {
  const parts = prefix.split("-");
  if (parts.length === 3) return day(dayNumber(prefix));
  const first = dayNumber([...parts, "01", "01"].slice(0, 3).join("-"));
  return parts.length === 2 ? monthName(first) : formatted(first, { year: "numeric" });
}

// Days that do not break over lines.
function unbroken(text) {
  return text.replace(/(\d) (\D)/g, "$1\u00a0$2").replace(/ (\d{4})/g, "\u00a0$1");
}

function windowOf(first, last) {
  if (first === null && last === null) return say("window.none");
  if (first === null) return say("window.by", { day: day(last) });
  if (last === null) return say("window.from", { day: day(first) });
  if (first === last) return day(first);
  return dayFormat.formatRange(first * DAY_MS, last * DAY_MS).replace(/\u2009/g, " ");
}

// A number in the words of its claim, from what the claim said.
function words(quantifier, low, best, high) {
  const said = best ?? low ?? high;
  if (quantifier === "none_seen" || quantifier === "none") return say(`words.${quantifier}`);
  if (said === null) return quantifier.replace(/_/g, " ");
  if (quantifier === "range") return say("words.range", { low: low ?? best, high: high ?? best });
  const known = strings[`words.${quantifier}`];
  if (known) return say(`words.${quantifier}`, { n: said });
  return quantifier ? `${quantifier.replace(/_/g, " ")} ${number(said)}` : number(said);
}

// A fact holds the interval of its wording; "more than n" begins at n + 1.
function factWords(fact) {
  const less = fact.quantifier === "more_than" ? 1 : 0;
  const minus = (n) => (n === null ? null : n - less);
  return words(fact.quantifier, minus(fact.low), minus(fact.best), fact.high);
}

function factNumber(fact, told = factWords(fact)) {
  const said = fact.best ?? fact.low ?? fact.high;
  if (fact.stance === "denies") return say("fact.denies");
  if (fact.absent) return say(`fact.${fact.quantifier}`, { unit: unit(fact.unit) });
  if (!fact.unit) return told ? `“${told}”` : say("unit.", { n: 1 });
  if (said === null) return told ? `${unit(fact.unit)}: “${told}”` : unit(fact.unit);
  if (fact.quantifier === "seen") return say("fact.seen", { n: said, unit: unit(fact.unit, said) });
  return `${told} ${unit(fact.unit, said)}`;
}
