// Functions of all pages. They insert text as text nodes: nothing from an event is ever treated as markup.

/** Creates an element. Attributes that are null or false are omitted; those beginning with "on" are listeners. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Unpacks the value that the page holds under this id. */
async function unpack(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

/** "2026-03-04 03:12:49.640" for an ISO time in UTC. */
function clock(iso) {
  const [day, time] = iso.replace("Z", "").split("T");
  return day + " " + shortTime(time);
}

/** "03:12:49.640" for an ISO time. */
function timeOfDay(iso) {
  return shortTime(iso.replace("Z", "").split("T")[1]);
}

function shortTime(time) {
  const [seconds, fraction] = (time.length === 5 ? time + ":00" : time).split(".");
  return seconds + "." + ((fraction || "") + "000").slice(0, 3);
}

/** "+42.4 s" from the first time to the second, both in milliseconds. */
function offset(from, to) {
  return "+" + duration(to - from);
}

/** "42.4 s", "5 min 3 s", "1 h", "1 d 2 h". */
function duration(millis) {
  const units = [["d", 86400000], ["h", 3600000], ["min", 60000]];
  if (millis < 60000) {
    return (millis / 1000).toFixed(millis % 1000 === 0 && millis >= 1000 ? 0 : 1) + " s";
  }
  let left = Math.floor(millis / 1000) * 1000;
  const parts = [];
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) {
      parts.push(count + " " + unit);
    }
  }
  if (left > 0) {
    parts.push(left / 1000 + " s");
  }
  return parts.slice(0, 2).join(" ");
}

/** "1 alert", "1,234 alerts". */
function count(number, what) {
  return number.toLocaleString("en") + " " + what + (number === 1 ? "" : "s");
}

const SEVERITIES = ["low", "medium", "high", "critical"];

function severityBadge(severity) {
  return el("span", { class: "severity " + (SEVERITIES.includes(severity) ? severity : "low") }, severity);
}

/** The fields of an event as pairs of a dotted name, such as "process.name", and a value. */
function flatten(fields, prefix = "") {
  return Object.entries(fields).flatMap(([name, value]) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? flatten(value, prefix + name + ".")
      : [[prefix + name, Array.isArray(value) ? value.join(", ") : String(value)]]);
}

/** The value of a field, or of a whole field set; null if it is missing. */
function fieldValue(fields, path) {
  const all = flatten(fields);
  const found = all.find(([name]) => name === path);
  const below = all.filter(([name]) => name.startsWith(path + "."));
  return found ? found[1]
    : below.length > 0 ? below.map(([name, value]) => name.slice(path.length + 1) + ": " + value).join(", ") : null;
}

function fieldTable(fields) {
  return el("table", { class: "fields" },
    el("caption", {}, "All fields of the event, under their ECS names"),
    el("tbody", {}, flatten(fields).map(([name, value]) =>
      el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, visible(value))))));
}

/** Escapes control and format characters: an override character must not reverse a line of the page. */
function visible(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (c) =>
    "\\u" + c.codePointAt(0).toString(16).padStart(4, "0"));
}

/** A link out of the page if its scheme is https, otherwise its text. */
function outside(url) {
  return /^https:\/\//.test(url)
    ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url)
    : el("span", {}, url);
}

/** A list that shows some of its items, and more on request. */
function pagedList(items, render, size, what, attributes) {
  const list = el("ol", attributes || {});
  const earlier = el("button", { type: "button", class: "more", onclick: () => draw(Math.max(0, from - size), to, from - size) });
  const more = el("button", { type: "button", class: "more", onclick: () => draw(from, Math.min(items.length, to + size), to) });
  let from = 0;
  let to = 0;

  /** Shows the items from first up to but not including end, and focuses one of them. */
  function draw(first, end, focus) {
    if (first === from && end > to) {
      list.append(...items.slice(to, end).map(render));
    } else {
      list.replaceChildren(...items.slice(first, end).map(render));
    }
    from = first;
    to = end;
    earlier.hidden = from === 0;
    earlier.textContent = "Show earlier " + what;
    more.hidden = to >= items.length;
    more.textContent = "Show more " + what + " (" + to.toLocaleString("en") + " of " + items.length.toLocaleString("en") + ")";
    const target = focus === undefined ? null : list.children[Math.max(0, focus - from)];
    if (target) {
      target.setAttribute("tabindex", "-1");
      target.focus();
    }
  }

  draw(0, Math.min(size, items.length));
  const box = el("div", {}, earlier, list, more);
  /** Shows the part of the list with this item, unless it is shown already. */
  box.reveal = (index) => {
    if (index < from || index >= to) {
      const page = index - (index % size);
      draw(page, Math.min(items.length, page + size));
    }
  };
  return box;
}

/** Counts the views, so that a view that was slow to unpack does not replace one requested later. */
let views = 0;

/** Reports that the page cannot be drawn, and why, instead of leaving it empty. */
function fail(error) {
  document.getElementById("main").replaceChildren(el("h1", {}, "This page cannot be drawn"),
    el("p", {}, typeof DecompressionStream === "undefined"
      ? "This browser cannot unpack the page. Use Chrome or Edge from 123, Firefox from 120, or Safari from 17.5."
      : String(error)));
}

function show(title, crumbs, ...content) {
  document.title = title + " - iiswarden";
  document.getElementById("crumbs").replaceChildren(...crumbs);
  const main = document.getElementById("main");
  main.replaceChildren(...content.filter((part) => part !== null));
  return main;
}

/** Returns a value that this page stored in the browser, if the browser stores values for files. */
function remembered(key) {
  try {
    return sessionStorage.getItem(key) || "";
  } catch {
    return "";
  }
}

function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // The value is lost; the reader has to choose again.
  }
}

/** Marks the page as ready once it is drawn. */
function ready() {
  // A drawing learns its size in one frame and is drawn in the next.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => { document.documentElement.dataset.ready = "true"; })));
}

function furnish(footer) {
  const theme = document.getElementById("theme");
  function dress() {
    if (theme.value) {
      document.documentElement.dataset.theme = theme.value;
    } else {
      delete document.documentElement.dataset.theme;
    }
  }
  theme.value = remembered("iiswarden-theme");
  dress();
  theme.addEventListener("change", () => {
    dress();
    remember("iiswarden-theme", theme.value);
  });
  document.getElementById("print").addEventListener("click", () => window.print());
  // Printing opens all events; rules and guides are printed only if the reader has opened them.
  const folded = [];
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open]):not(.long)")) {
      details.open = true;
      folded.push(details);
    }
  });
  window.addEventListener("afterprint", () => {
    folded.splice(0).forEach((details) => { details.open = false; });
  });
  document.getElementById("footer").append(el("p", {}, footer));
}

