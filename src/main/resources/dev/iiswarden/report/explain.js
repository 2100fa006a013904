// Why an event did or did not match: a list of records and, for the chosen record, each rule with its conditions.

const unpacked = new Map();

/** The verdicts of rules on a record, for its entry in the list. */
function verdicts(record) {
  return record.nothing ? [] : [["met", "fires: ", record.fires], ["depends", "needs other events: ", record.waits], ["depends", "noted: ", record.notes]]
    .filter(([, , rules]) => rules.length > 0).map(([name, words, rules]) => [name, words + rules.join("; ")]);
}

async function eventOf(record) {
  if (!unpacked.has(record.chunk)) {
    unpacked.set(record.chunk, unpack("chunk-" + record.chunk));
  }
  return (await unpacked.get(record.chunk))[record.at];
}

function verdict(pattern, outcomes) {
  const met = [...outcomes].filter((o) => o === "M").length;
  const open = [...outcomes].filter((o) => o === "D").length;
  if (met + open < outcomes.length) {
    return met + " of " + count(outcomes.length, "condition") + " met" + (open > 0 ? ", " + open + " undecidable from this event alone" : "");
  }
  if (open > 0 || pattern.others.length > 0) {
    return "all of its own conditions met; it fires only together with other events";
  }
  return pattern.id ? "it fires" : "it notes the event for other rules and raises no alert";
}

/** One pattern of a rule, evaluated on the event. */
function trialItem(index, event, trial, open) {
  const pattern = index.patterns[trial.pattern];
  const rule = index.rules.find((r) => r.id === pattern.id);
  return el("details", { class: "trial", open },
    el("summary", {}, el("strong", {}, pattern.rule), " ", el("span", { class: "note" }, verdict(pattern, trial.outcomes))),
    conditionTable(pattern, trial.outcomes, event.fields, "Conditions on this event" + (pattern.id ? ", rule " + pattern.id : "")),
    pattern.others.length === 0 ? null : el("div", {}, el("h4", {}, "What else the rule requires"),
      el("ul", {}, pattern.others.map((other) => el("li", {}, el("code", {}, other))))),
    pattern.drl ? el("div", {}, el("p", { class: "note" }, "From ", el("code", {}, pattern.file + ":" + pattern.line)),
      markedRule(pattern.drl, marksOf(pattern, trial.outcomes, ""))) : null,
    rule ? el("details", { class: "long" }, el("summary", {}, "Guide of the rule"), guideOf(rule)) : null);
}

/** The sort order: rules that fire first, then those that note the event, those that may fire, and the closest others. */
function distance(pattern, outcomes) {
  const unmet = [...outcomes].filter((o) => o !== "M" && o !== "D").length;
  return unmet * 10 + (outcomes.includes("D") || pattern.others.length > 0 ? 2 : pattern.id ? 0 : 1);
}

async function explain(index, record, target) {
  const heading = el("h2", { tabindex: "-1", id: "h-record" }, visible(record.where));
  if (record.nothing) {
    target.replaceChildren(heading, el("p", {}, record.shape === "" ? "Not recognised" : "Recognised as " + record.shape), el("p", {}, visible(record.nothing)));
    return heading;
  }
  const view = ++views;
  const event = await eventOf(record);
  if (view !== views) {
    return null;
  }
  // The closest rules first: readers usually look for these.
  const trials = [...event.trials].sort((a, b) => distance(index.patterns[a.pattern], a.outcomes)
    - distance(index.patterns[b.pattern], b.outcomes) || index.patterns[a.pattern].rule.localeCompare(index.patterns[b.pattern].rule));
  const about = new Set(trials.map((trial) => index.patterns[trial.pattern].id));
  const others = index.rules.filter((rule) => !about.has(rule.id)).map((rule) => rule.id).sort();
  target.replaceChildren(...[heading,
    el("p", { class: "lead" }, clock(event.time) + " UTC: " + event.action + " ", el("strong", {}, visible(event.object)), ", by " + visible(event.by)),
    el("p", {}, "Recognised as ", el("code", {}, record.shape), ", read as ", el("code", {}, event.fact), "."),
    el("h3", {}, "Rules on this event"),
    el("p", { class: "note" }, "Rules that fire come first, then the rules that come closest to firing."),
    ...trials.map((trial, i) => trialItem(index, event, trial, i === 0)),
    trials.length === 0 ? el("p", {}, "No rule evaluates such events.") : null,
    others.length === 0 ? null : el("p", { class: "note" }, "Rules on other kinds of events: " + others.join(", ")),
    el("details", {}, el("summary", {}, "All fields"), fieldTable(event.fields))].filter((part) => part !== null));
  return heading;
}

async function start() {
  const index = await unpack("index");
  furnish("Made by iiswarden " + index.version + ". Times are UTC.");
  const target = el("section", { "aria-labelledby": "h-record" });
  const list = el("div", {});
  const status = el("p", { role: "status" });
  let text = "";
  let onlyMet = false;
  let chosen = null;

  async function choose(record, button) {
    chosen = record;
    list.querySelectorAll("[aria-current]").forEach((b) => b.removeAttribute("aria-current"));
    button.setAttribute("aria-current", "true");
    const heading = await explain(index, record, target);
    if (heading === null) {
      return;
    }
    heading.focus({ preventScroll: true });
    if (target.getBoundingClientRect().top > 200) {
      target.scrollIntoView();
    }
  }

  function item(record) {
    const button = el("button", { type: "button", "aria-current": record === chosen ? "true" : null, onclick: () => choose(record, button) },
      el("span", { class: "note" }, visible(record.where) + (record.time ? " " + timeOfDay(record.time) : "")), el("br", {}),
      record.nothing ? visible(record.nothing) : record.action + " " + visible(record.object),
      verdicts(record).map(([name, words]) => [el("br", {}), el("span", { class: "outcome " + name }, words)]));
    return el("li", {}, button);
  }

  function filter() {
    const some = index.records.filter((r) => (!onlyMet || verdicts(r).length > 0)
      && (r.where + " " + (r.nothing || r.action + " " + r.object + " " + verdicts(r).join(" "))).toLowerCase().includes(text.toLowerCase()));
    status.textContent = some.length === index.records.length ? count(some.length, "record")
      : some.length.toLocaleString("en") + " of " + count(index.records.length, "record");
    list.replaceChildren(pagedList(some, item, 100, "records", { class: "plain" }));
  }

  filter();
  show("Explain", [],
    el("h1", {}, "Explanation of " + visible(index.input)),
    el("p", { class: "note" }, "Choose a record to see why rules fired on it or did not."
      + (index.left > 0 ? " " + count(index.left, "more record") + " are not on this page: select them with --line." : "")),
    el("div", { class: "filters" },
      el("span", {}, el("label", { for: "by-text" }, "Find"), " ",
        el("input", { id: "by-text", type: "search", oninput: (e) => { text = e.target.value; filter(); } })),
      el("span", {}, el("input", { id: "only-met", type: "checkbox", onchange: (e) => { onlyMet = e.target.checked; filter(); } }), " ",
        el("label", { for: "only-met" }, "Only where a rule fires or may fire"))),
    el("div", { class: "explain" }, el("nav", { "aria-label": "Records" }, status, list), target));
  const first = index.records.find((r) => verdicts(r).length > 0) || index.records[0];
  if (first) {
    chosen = first;
    filter();
    await explain(index, first, target);
  }
  ready();
}

start().catch(fail);
