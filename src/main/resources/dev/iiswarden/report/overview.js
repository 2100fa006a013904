// The first view: all findings as a list of incidents.

const INCIDENTS_A_PAGE = 50;

function alertsOf(incident) {
  return incident.rules.reduce((sum, [, alerts]) => sum + alerts, 0);
}

function hostName(name) {
  return name === "" ? "(no host named)" : visible(name);
}

function spanText(start, end) {
  const same = start.slice(0, 10) === end.slice(0, 10);
  return clock(start) + (start === end ? "" : " to " + (same ? timeOfDay(end) : clock(end))) + " UTC";
}

/** The filters in the address: "#/?severity=high". */
function filtersOf(hash) {
  const named = new URLSearchParams(hash.split("?")[1] || "");
  return { text: named.get("text") || "", severity: named.get("severity") || "", rule: named.get("rule") || "", day: named.get("day") || "" };
}

function overview(index) {
  const hosts = new Set(index.incidents.map((incident) => incident.host));
  const filters = filtersOf(location.hash);
  const rules = d3.groups(index.rules, (r) => r.id).map(([, same]) => same[same.length - 1]);
  views++;
  const found = el("div", { id: "incidents" });
  const status = el("p", { role: "status" });
  const clear = el("button", { type: "button", onclick: () => set({ text: "", severity: "", rule: "", day: "" }) }, "Clear filters");
  const severity = el("select", { id: "by-severity", onchange: (e) => set({ severity: e.target.value }) },
    el("option", { value: "" }, "any"), ["medium", "high"].map((s) => el("option", { value: s }, s === "high" ? s : s + " and above")));
  const rule = el("select", { id: "by-rule", onchange: (e) => set({ rule: e.target.value, day: "" }) },
    el("option", { value: "" }, "any"), [...rules].sort((a, b) => a.name.localeCompare(b.name)).map((r) => el("option", { value: r.id }, r.name)));
  const text = el("input", { id: "by-text", type: "search", oninput: (e) => set({ text: e.target.value }) });

  function matches(incident) {
    const words = [hostName(incident.host), ...incident.words, ...incident.rules.map(([r]) => index.rules[r].id + " " + index.rules[r].name)]
      .join(" ").toLowerCase();
    return words.includes(filters.text.toLowerCase())
      && (filters.severity === "" || SEVERITIES.indexOf(incident.severity) >= SEVERITIES.indexOf(filters.severity))
      && (filters.rule === "" || incident.rules.some(([r]) => index.rules[r].id === filters.rule))
      && (filters.day === "" || (incident.start.slice(0, 10) <= filters.day && incident.end.slice(0, 10) >= filters.day));
  }

  function set(changed) {
    Object.assign(filters, changed);
    const named = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== "")).toString();
    history.replaceState(null, "", "#/" + (named === "" ? "" : "?" + named));
    list();
  }

  function list() {
    remember("iiswarden-filters:" + location.pathname, location.hash.startsWith("#/?") ? location.hash.slice(2) : "");
    severity.value = filters.severity;
    rule.value = filters.rule;
    if (text.value !== filters.text) {
      text.value = filters.text;
    }
    clear.hidden = Object.values(filters).every((value) => value === "");
    document.querySelectorAll(".heat button").forEach((button) =>
      button.setAttribute("aria-pressed", String(button.dataset.rule === filters.rule && button.dataset.day === filters.day)));
    const some = index.incidents.filter(matches);
    status.textContent = (some.length === index.incidents.length ? count(some.length, "incident")
      : some.length === 0 ? "No incident matches; there are " + index.incidents.length.toLocaleString("en")
        : some.length.toLocaleString("en") + " of " + count(index.incidents.length, "incident"))
      + (filters.day === "" ? "" : ", on " + filters.day);
    found.replaceChildren(pagedList(some, (incident) => incidentCard(index, incident), INCIDENTS_A_PAGE, "incidents", { class: "cards" }));
  }

  show("Report", [],
    el("h1", {}, (index.interrupted ? "Interrupted run: " : "") + (index.incidents.length === 0 ? "No alerts" : headline(index, hosts.size))),
    el("p", { class: "lead" }, lead(index)),
    problems(index),
    index.incidents.length === 0 ? null : el("section", { "aria-labelledby": "h-incidents" },
      el("h2", { id: "h-incidents" }, "Incidents"),
      el("p", { class: "note" }, "An incident is the alerts of one host that share a DLL, a process, a registration or an event, with no more than a day between them. Open one to see what happened, in what order, and why it was reported."),
      el("div", { class: "filters" },
        el("span", {}, el("label", { for: "by-text" }, "Host, rule, program, file or user"), " ", text),
        el("span", {}, el("label", { for: "by-severity" }, "Severity"), " ", severity),
        el("span", {}, el("label", { for: "by-rule" }, "Rule"), " ", rule), clear),
      status, found),
    index.incidents.length === 0 ? null : heatMap(index, (ruleId, day) => {
      set({ rule: ruleId, day });
      document.getElementById("h-incidents").scrollIntoView();
    }),
    index.incidents.length === 0 ? null : hostTable(index),
    read(index));
  list();
}

function headline(index, hosts) {
  return count(index.counts.alerts - index.counts.suppressed, "alert") + " on " + count(hosts, "host");
}

function lead(index) {
  const parts = [count(index.counts.events, "record") + " read"
    + (index.span ? ", from " + spanText(index.span[0], index.span[1]) : "") + "."];
  const bySeverity = SEVERITIES.map((s) => [s, d3.sum(index.incidents, (i) =>
    d3.sum(i.rules, ([r, n]) => (index.rules[r].severity === s ? n : 0)))]).filter(([, n]) => n > 0).reverse();
  if (bySeverity.length > 0) {
    parts.push("Severity: " + bySeverity.map(([s, n]) => n.toLocaleString("en") + " " + s).join(", ") + ".");
  }
  if (index.counts.suppressed > 0) {
    parts.push(count(index.counts.suppressed, "more alert") + " suppressed.");
  }
  return parts.join(" ");
}

function problems(index) {
  if (index.problems.length === 0) {
    return null;
  }
  const lost = index.counts.unrecognised + index.counts.withoutTime + index.counts.malformed;
  return el("details", { class: "problems" },
    el("summary", {}, count(index.problems.length + index.moreProblems, "problem") + " while reading"
      + (lost > 0 ? ": " + count(lost, "record") + " lost and not evaluated" : "")),
    el("ul", {}, index.problems.map((problem) => el("li", {}, el("code", {}, visible(problem))))),
    index.moreProblems > 0 ? el("p", {}, "and " + index.moreProblems.toLocaleString("en") + " more") : null);
}

function incidentCard(index, incident) {
  const rules = [...incident.rules].sort(([a], [b]) =>
    SEVERITIES.indexOf(index.rules[b].severity) - SEVERITIES.indexOf(index.rules[a].severity));
  return el("li", {},
    el("h3", {}, severityBadge(incident.severity), " ",
      el("a", { href: "#/incident/" + incident.id }, hostName(incident.host)),
      el("span", { class: "when" }, " " + spanText(incident.start, incident.end))),
    el("p", {}, visible(incident.verdict) + " (score " + incident.score + ")"),
    el("p", { class: "note" }, visible(incident.words.slice(0, 8).join(", ")) + (incident.words.length > 8 ? " and more" : "")),
    el("ul", { class: "rules" }, rules.map(([rule, alerts]) =>
      el("li", {}, index.rules[rule].name, alerts > 1 ? el("span", { class: "note" }, " \u00d7" + alerts.toLocaleString("en")) : null))));
}

/** Rules by day, as a table that is readable without colours. */
function heatMap(index, choose) {
  const dates = index.days.map((day) => day.date);
  const all = daysBetween(dates[0], dates[dates.length - 1]);
  const gaps = all === null;
  const days = gaps ? dates : all;
  const byDay = new Map(index.days.map((day) => [day.date, day.alerts]));
  const alertsOn = (day, id) => d3.sum(Object.entries(byDay.get(day) || {}), ([number, alerts]) => (index.rules[number].id === id ? alerts : 0));
  const most = d3.max(index.days, (day) => d3.max(Object.values(day.alerts)));
  const level = d3.scaleQuantize([0, Math.log(Math.max(most, 40) + 1)], [1, 2, 3, 4, 5]);
  const rules = d3.groups(index.rules, (rule) => rule.id).map(([, same]) => same[same.length - 1])
    .sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || a.name.localeCompare(b.name));
  return el("section", { "aria-labelledby": "h-days" },
    el("h2", { id: "h-days" }, "Rules by day"),
    el("p", { class: "note" }, "Number of alerts per rule and day (UTC)." + (gaps ? " Days without alerts are left out." : "")
      + " Choose a number to see the incidents."),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of rules by day" },
      el("table", { class: "heat" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Rule"), days.map((day) => el("th", { scope: "col" }, day.slice(5))))),
        el("tbody", {}, rules.map((rule) => el("tr", {},
          el("th", { scope: "row" }, severityBadge(rule.severity), " ", rule.name),
          days.map((day) => {
            const alerts = alertsOn(day, rule.id);
            return alerts === 0 ? el("td", {}) : el("td", {}, el("button", {
              type: "button", class: "level" + level(Math.log(alerts + 1)), "data-rule": rule.id, "data-day": day,
              "aria-label": count(alerts, "alert") + " of " + rule.name + " on " + day + ": show the incidents",
              onclick: () => choose(rule.id, day),
            }, alerts.toLocaleString("en")));
          })))))));
}

/** All days from one to another; null if there are too many for columns. */
function daysBetween(from, to) {
  const end = Date.parse(to) + 86400000;
  return end - Date.parse(from) > 62 * 86400000 ? null
    : d3.utcDay.range(new Date(from), new Date(end)).map((day) => day.toISOString().slice(0, 10));
}

function hostTable(index) {
  const hosts = d3.rollups(index.incidents, (incidents) => ({
    incidents: incidents.length,
    alerts: d3.sum(incidents, alertsOf),
    severity: incidents.map((i) => i.severity).sort((a, b) => SEVERITIES.indexOf(b) - SEVERITIES.indexOf(a))[0],
    start: d3.min(incidents, (i) => i.start),
    end: d3.max(incidents, (i) => i.end),
  }), (incident) => incident.host)
    .sort(([, a], [, b]) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.alerts - a.alerts);
  const body = el("tbody", {});
  const more = el("button", { type: "button", class: "more", onclick: () => grow() }, "Show more hosts");
  let shown = 0;
  function grow() {
    body.append(...hosts.slice(shown, shown + 25).map(([host, of]) => el("tr", {},
      el("th", { scope: "row" }, el("a", { href: "#/host/" + encodeURIComponent(host) }, hostName(host))),
      el("td", {}, severityBadge(of.severity)), el("td", { class: "number", "data-name": "alerts" }, of.alerts.toLocaleString("en")),
      el("td", { class: "number", "data-name": "incidents" }, of.incidents.toLocaleString("en")),
      el("td", {}, spanText(of.start, of.end)))));
    shown += 25;
    more.hidden = shown >= hosts.length;
  }
  grow();
  return el("section", { "aria-labelledby": "h-hosts" },
    el("h2", { id: "h-hosts" }, "Hosts"),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of hosts" },
      el("table", { class: "hosts" },
        el("thead", {}, el("tr", {}, ["Host", "Highest severity", "Alerts", "Incidents", "Time span"].map((t) => el("th", { scope: "col" }, t)))),
        body)),
    more);
}

function read(index) {
  const rows = [
    ["Logs", index.inputs.map(visible).join(", ")],
    ["Records", index.counts.events.toLocaleString("en")],
    ["Records not of interest to any rule", index.counts.notOfInterest.toLocaleString("en")],
    ["Records lost: unrecognised", index.counts.unrecognised.toLocaleString("en")],
    ["Records lost: without a time", index.counts.withoutTime.toLocaleString("en")],
    ["Records lost: malformed", index.counts.malformed.toLocaleString("en")],
    ...[["Events without a host name", index.counts.withoutHost],
      ["Events dated before the year 2000", index.counts.pastDated],
      ["Events dated too far in the future", index.counts.futureDated]]
      .filter(([, events]) => events > 0).map(([name, events]) => [name, events.toLocaleString("en")]),
    ["Alerts", index.counts.alerts.toLocaleString("en")],
    ["Alerts suppressed by the allowlist, as repeats or by the hourly limits", index.counts.suppressed.toLocaleString("en")],
    ["Actions logged a second time and left out", index.counts.repeated.toLocaleString("en")],
    ["Records read a second time and left out", index.counts.duplicates.toLocaleString("en")],
    ["Events too late to be ordered", index.counts.late.toLocaleString("en")],
    ["Rule failures", index.counts.ruleFailures.toLocaleString("en")],
    ["Rules over budget", index.counts.overBudget.toLocaleString("en")],
  ];
  return el("section", { "aria-labelledby": "h-read" },
    el("h2", { id: "h-read" }, "What was read"),
    el("table", { class: "fields" }, el("tbody", {}, rows.map(([name, value]) =>
      el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value))))),
    logTable(index));
}

/** What became of the records of each log, closed until a reader asks. */
function logTable(index) {
  if (index.logs.length === 0) {
    return null;
  }
  const columns = [["Records", "records"], ["Not of interest", "notOfInterest"], ["Unrecognised", "unrecognised"],
    ["Without a time", "withoutTime"], ["Malformed", "malformed"]];
  return el("details", { class: "logs" },
    el("summary", {}, "By log (" + (index.logs.length + index.moreLogs).toLocaleString("en") + ")"),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of logs" },
      el("table", { class: "hosts" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Log"), columns.map(([title]) => el("th", { scope: "col" }, title)))),
        el("tbody", {}, index.logs.map((log) => el("tr", {}, el("th", { scope: "row" }, visible(log.name)),
          columns.map(([title, key]) => el("td", { class: "number", "data-name": title.toLowerCase() }, log[key].toLocaleString("en")))))))),
    index.moreLogs > 0 ? el("p", {}, "and " + index.moreLogs.toLocaleString("en") + " more logs") : null);
}

