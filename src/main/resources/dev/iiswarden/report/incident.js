// One incident, or all incidents of a host: the timeline, the events in order, and why each alert was raised.

const unpacked = new Map();

function chunk(number) {
  if (!unpacked.has(number)) {
    unpacked.set(number, unpack("chunk-" + number));
  }
  return unpacked.get(number);
}

/** Returns the alerts of some incidents, and their events numbered in the order of time. */
async function load(index, incidents) {
  const ids = new Set(incidents.flatMap((incident) => incident.ids));
  const numbers = [...new Set(incidents.flatMap((incident) => incident.chunks))].sort((a, b) => a - b);
  const alerts = [];
  const events = new Map();
  for (const number of numbers) {
    const part = await chunk(number);
    for (const alert of part.alerts.filter((a) => ids.has(a.incident))) {
      alerts.push({ ...alert, rule: index.rules[alert.rule], evidence: alert.evidence.map((e) => {
        const event = part.events[e.event];
        const key = event.time + JSON.stringify(event.fields);
        if (!events.has(key)) {
          events.set(key, { event, at: Date.parse(event.time), alerts: [] });
        }
        return { ...e, of: events.get(key), pattern: e.pattern === undefined ? null : index.patterns[e.pattern] };
      }) });
    }
  }
  const nanos = (entry) => entry.event.time.replace("Z", "");
  const inOrder = [...events.values()].sort((a, b) => a.at - b.at || (nanos(a) < nanos(b) ? -1 : nanos(a) > nanos(b) ? 1 : 0));
  inOrder.forEach((entry, i) => { entry.number = i + 1; });
  alerts.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  alerts.forEach((alert, i) => {
    alert.number = i + 1;
    alert.evidence.forEach((e) => e.of.alerts.push(alert));
  });
  return { alerts, events: inOrder };
}

function gravestOf(incidents) {
  return incidents.map((incident) => incident.severity).sort((a, b) => SEVERITIES.indexOf(b) - SEVERITIES.indexOf(a))[0];
}

async function incidentView(index, title, crumbs, incidents) {
  const view = ++views;
  show(title, crumbs, el("h1", {}, title), el("p", { role: "status" }, "Unpacking the alerts"));
  const { alerts, events } = await load(index, incidents);
  if (view !== views) {
    return;
  }
  const start = events[0].at;
  const days = new Set(events.map((entry) => entry.event.time.slice(0, 10))).size;
  const eventList = pagedList(events, (entry) => eventItem(entry, start, days > 1, openAlert), 100, "events", { class: "events" });
  const sorted = [...alerts].sort((a, b) =>
    SEVERITIES.indexOf(b.rule.severity) - SEVERITIES.indexOf(a.rule.severity) || a.number - b.number);
  const alertList = pagedList(sorted, (alert) => alertItem(alert, openEvent), 25, "alerts", { class: "cards" });

  function openEvent(number) {
    eventList.reveal(number - 1);
    const details = document.querySelector("#event-" + number + " details");
    details.open = true;
    details.scrollIntoView({ block: "center" });
    details.querySelector("summary").focus();
  }

  function openAlert(number) {
    alertList.reveal(sorted.findIndex((alert) => alert.number === number));
    const heading = document.querySelector("#alert-" + number + " h3");
    heading.setAttribute("tabindex", "-1");
    heading.scrollIntoView({ block: "start" });
    heading.focus();
  }

  const drawing = timeline({
    events: events.map((entry) => ({ number: entry.number, at: entry.at, lane: entry.event.lane, label: lineOf(entry.event), event: entry.event })),
    alerts: alerts.map((alert) => ({ number: alert.number, at: Date.parse(alert.time), severity: alert.rule.severity,
      text: alert.rule.id, name: alert.rule.name, events: alert.evidence.map((e) => e.of.number) })),
    windows: windowsOf(alerts),
    open: openEvent,
    openAlert,
  });
  show(title, crumbs,
    el("h1", {}, title),
    el("p", { class: "lead" }, severityBadge(gravestOf(incidents)), " ", spanText(events[0].event.time, events[events.length - 1].event.time) + ": "
      + count(alerts.length, "alert") + " from " + count(events.length, "event") + "."),
    incidents.length === 1 ? el("p", { class: "verdict" }, visible(incidents[0].verdict) + " (score " + incidents[0].score + ")") : null,
    incidents.length > 1 ? pagedList(incidents, (incident) => el("li", {},
      severityBadge(incident.severity), " ",
      el("a", { href: "#/incident/" + incident.id }, spanText(incident.start, incident.end)),
      " " + count(alertsOf(incident), "alert") + ": " + visible(incident.verdict)), 20, "incidents", { class: "plain" }) : null,
    el("section", { "aria-labelledby": "h-timeline" },
      el("h2", { id: "h-timeline" }, "Timeline"),
      el("p", { class: "note" }, "Each number is an event of the list below, placed at its time. Lines lead from the events of an alert to the alert. "
        + "Below the alerts are the windows of rules: how long each rule waits for the next event."),
      drawing),
    el("section", { "aria-labelledby": "h-events" },
      el("h2", { id: "h-events" }, "What happened, in order"),
      el("p", { class: "note" }, "This list contains only events that led to an alert. Open an event to see all its fields."),
      eventList),
    el("section", { "aria-labelledby": "h-alerts" },
      el("h2", { id: "h-alerts" }, "Why it was reported"), alertList));
  drawing.draw();
}

/** The windows: each starts at the event after which a rule waited and lasts as long as it waited; duplicates are dropped. */
function windowsOf(alerts) {
  const windows = new Map();
  for (const alert of alerts.filter((a) => a.rule.window > 0 && a.evidence.length > 1)) {
    const from = alert.evidence[alert.evidence.length - 2].of.at;
    const length = Math.floor(alert.rule.window / 1000) * 1000;
    windows.set(alert.rule.id + from, { from, to: from + length, text: alert.rule.id + ": " + duration(length) });
  }
  return [...windows.values()].sort((a, b) => a.from - b.from);
}

function lineOf(event) {
  const object = visible(event.object);
  return event.action + " " + (object.length > 200 ? object.slice(0, 200) + "\u2026" : object);
}

function eventItem(entry, start, dated, openAlert) {
  return el("li", { id: "event-" + entry.number, value: entry.number },
    el("details", {},
      el("summary", {},
        el("span", { class: "chip " + entry.event.lane }, String(entry.number)), " ",
        el("time", { datetime: entry.event.time }, dated ? clock(entry.event.time) : timeOfDay(entry.event.time)), " ",
        el("span", { class: "offset" }, offset(start, entry.at)), " ",
        el("span", { class: "what" }, entry.event.action + " ", el("strong", {}, visible(entry.event.object))), " ",
        el("span", { class: "by" }, "by " + visible(entry.event.by))),
      el("div", { class: "of" }, el("h3", {}, "Evidence of"), el("ul", {}, entry.alerts.slice(0, 25).map((alert) =>
        el("li", {}, severityBadge(alert.rule.severity), " ",
          el("button", { type: "button", class: "link", onclick: () => openAlert(alert.number) }, alert.rule.name)))),
        entry.alerts.length > 25 ? el("p", {}, "and " + count(entry.alerts.length - 25, "more alert")) : null),
      entry.event.place ? el("p", {}, "Read from ", el("code", {}, visible(entry.event.place))) : null,
      fieldTable(entry.event.fields)));
}

function alertItem(alert, openEvent) {
  const rule = alert.rule;
  return el("li", { id: "alert-" + alert.number },
    el("h3", {}, severityBadge(rule.severity), " ", rule.name,
      el("span", { class: "when" }, " " + rule.confidence + " confidence")),
    el("p", {}, rule.description),
    el("p", { class: "evidence" }, "Raised because of ", alert.evidence.map((e, i) => [i === 0 ? "" : ", then ",
      el("button", { type: "button", class: "link", onclick: () => openEvent(e.of.number) }, "event " + e.of.number)]), "."),
    alert.repeats ? el("p", {}, "Repeats of this alert suppressed before: " + alert.repeats.toLocaleString("en") + ".") : null,
    el("details", { class: "long" }, el("summary", {}, "The rule and how each condition was met"), ruleParts(alert),
      alert.evidence.filter((e) => e.pattern !== null).map((e) =>
        conditionTable(e.pattern, ofEvidence(e.outcomes), e.of.event.fields, "Event " + e.of.number + ", evaluated by: " + e.pattern.rule))),
    el("details", { class: "long" }, el("summary", {}, "What to do: the guide"), guideOf(rule)),
    el("details", {}, el("summary", {}, "What else looks like this, and what the rule does not see"),
      listOf("False positives", rule.falsePositives), listOf("Blind spots", rule.blindSpots), listOf("References", rule.references)),
    el("dl", { class: "facts" },
      el("dt", {}, "rule"), el("dd", {}, el("code", {}, rule.id), " version " + rule.version),
      el("dt", {}, "technique"), el("dd", {}, rule.technique),
      el("dt", {}, "alert id"), el("dd", {}, el("code", {}, alert.id))));
}

/** The texts of the alert's rule and of the rules that prepared it, with the conditions marked. */
function ruleParts(alert) {
  const parts = new Map();
  for (const e of alert.evidence.filter((part) => part.pattern !== null && part.pattern.drl)) {
    if (!parts.has(e.pattern.rule)) {
      parts.set(e.pattern.rule, { file: e.pattern.file, line: e.pattern.line, drl: e.pattern.drl, marks: [] });
    }
    parts.get(e.pattern.rule).marks.push(...marksOf(e.pattern, ofEvidence(e.outcomes), "event " + e.of.number));
  }
  if (alert.rule.drl && !parts.has(alert.rule.name)) {
    parts.set(alert.rule.name, { file: alert.rule.file, line: alert.rule.line, drl: alert.rule.drl, marks: [] });
  }
  return [...parts.values()].map((part) => el("div", {},
    el("p", { class: "note" }, "From ", el("code", {}, part.file + ":" + part.line)), markedRule(part.drl, part.marks)));
}

function home() {
  return el("a", { href: "#/" + remembered("iiswarden-filters:" + location.pathname) }, "All incidents");
}

function isOverview(hash) {
  return !/^#\/(incident|host)\//.test(hash);
}

/** Decodes a part of the address; null if it is malformed. */
function decoded(argument) {
  try {
    return decodeURIComponent(argument);
  } catch {
    return null;
  }
}

async function route(index) {
  const [view, argument] = location.hash.replace(/^#\//, "").split("/");
  const incident = index.incidents.find((i) => view === "incident" && i.ids.includes(argument));
  const name = view === "host" ? decoded(argument || "") : null;
  const ofHost = index.incidents.filter((i) => i.host === name).sort((a, b) => a.start.localeCompare(b.start));
  if (incident) {
    await incidentView(index, hostName(incident.host), [home()], [incident]);
  } else if (ofHost.length > 0) {
    await incidentView(index, hostName(name), [home()], ofHost);
  } else {
    overview(index);
  }
}

async function start() {
  const index = await unpack("index");
  for (const rule of index.rules) {
    // Summaries of suppressed alerts contain the host's name.
    rule.name = visible(rule.name);
    rule.description = visible(rule.description);
  }
  furnish("Made by iiswarden " + index.version + ". Timelines are drawn with d3 (ISC licence, copyright Mike Bostock). Times are UTC.");
  await route(index);
  let overviewAt = 0;
  window.addEventListener("hashchange", async (event) => {
    if (location.hash === "" || location.hash.startsWith("#/")) {
      if (isOverview(new URL(event.oldURL).hash)) {
        overviewAt = window.scrollY;
      }
      await route(index).catch(fail);
      window.scrollTo(0, isOverview(location.hash) ? overviewAt : 0);
      document.getElementById("main").focus({ preventScroll: true });
    }
  });
  ready();
}

start().catch(fail);
