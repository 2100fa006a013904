// Draws events to scale on lanes, with the alerts and the windows of rules above them.

const LANES = ["registry", "configuration", "file", "library", "process"];
const MARK = 12;
const LANE = 40;
const PILL = 24;
const BAR = 18;

/**
 * A timeline.
 *
 * model.events are { number, at, lane, label, event }, in the order of time; model.alerts
 * { number, at, severity, text, events: numbers }; model.windows { from, to, text }. model.open(number) is
 * called when the reader opens an event. Call draw on the result once it is in the page.
 */
function timeline(model) {
  const tip = el("div", { class: "tip", role: "group", "aria-label": "The event under the mark", id: "tip", hidden: true });
  const drawing = el("div", { class: "drawing" });
  const first = d3.min(model.events, (e) => e.at);
  const last = d3.max(model.events, (e) => e.at);
  const pad = Math.max((last - first) * 0.05, 500);
  const near = [first - pad, last + pad];
  const wide = [near[0], Math.max(near[1], (d3.max(model.windows, (w) => w.to) || last) + pad)];
  let whole = near;
  let pinned = null;
  let width = 0;
  let current = null;
  let leaving = 0;
  const zoom = d3.zoom().wheelDelta((event) => -Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 60) * 0.005)
    .filter((event) => !event.button && (event.type !== "wheel" || event.ctrlKey || event.metaKey)
      && (event.type !== "touchstart" || event.touches.length > 1))
    .on("zoom", (event) => draw(event.transform));
  const svg = d3.select(drawing).append("svg").attr("role", "group")
    .attr("aria-label", "Timeline of " + count(model.events.length, "event") + ". Use the arrow keys to move from event to event.");
  let transform = d3.zoomIdentity;

  const buttons = el("div", { class: "buttons", role: "group", "aria-label": "Timeline" },
    el("button", { type: "button", onclick: () => magnify(2) }, "Zoom in"),
    el("button", { type: "button", onclick: () => magnify(0.5) }, "Zoom out"),
    el("button", { type: "button", onclick: () => pan(-1) }, "Earlier"),
    el("button", { type: "button", onclick: () => pan(1) }, "Later"),
    el("button", { type: "button", onclick: () => frame(near) }, "All events"),
    model.windows.length === 0 ? null
      : el("button", { type: "button", onclick: () => frame(wide) }, "Whole windows"));
  const box = el("div", { class: "timeline" }, buttons, drawing, tip);

  /** Zooms in or out around the event viewed last, or else the one nearest to the middle. */
  function magnify(factor) {
    const x = scale();
    const middle = width / 2;
    const about = model.events.find((e) => e.number === current)
      || d3.least(model.events, (e) => Math.abs(x(e.at) - middle));
    svg.call(zoom.scaleBy, factor, [x(about.at), 0]);
  }

  /** Moves by half of the visible range. */
  function pan(direction) {
    const [left, right] = edges();
    svg.call(zoom.translateBy, (-direction * (right - left)) / 2 / transform.k, 0);
  }

  function edges() {
    return [width < 560 ? 16 : 116, width - 34];
  }

  function scale() {
    return transform.rescaleX(d3.scaleUtc(whole, edges()));
  }

  /** Limits zooming in to ten milliseconds. */
  function limit() {
    zoom.scaleExtent([1, Math.max(1, (whole[1] - whole[0]) / 10)]);
  }

  function frame(domain) {
    whole = domain;
    limit();
    svg.call(zoom.transform, d3.zoomIdentity);
  }

  function draw(next) {
    transform = next || transform;
    const focused = svg.node().contains(document.activeElement);
    width = drawing.clientWidth || 320;
    const plan = layout();
    svg.attr("width", width).attr("height", plan.height).attr("viewBox", [0, 0, width, plan.height]);
    svg.selectAll("*").remove();
    zoom.extent([[plan.left, 0], [plan.right, plan.height]]).translateExtent([[plan.left, 0], [plan.right, plan.height]]);
    const back = svg.append("g").attr("aria-hidden", "true");
    drawLanes(back, plan);
    drawWindows(back, plan);
    drawSequences(back, plan);
    drawAlerts(plan);
    drawMarks(plan, focused);
  }

  /** Computes the layout, from the top: alerts, windows, lanes, axis. */
  function layout() {
    const narrow = width < 560;
    const [left, right] = edges();
    const x = scale();
    const isVisible = (at) => x(at) >= left - MARK && x(at) <= right + MARK;
    const pills = pack(model.alerts.filter((a) => isVisible(a.at)), (a) => x(a.at), (a) => 20 + a.text.length * 6.9, left, right, 8);
    const bars = pack(model.windows.filter((w) => x(w.to) > left && x(w.from) < right),
      (w) => Math.max(left, x(w.from)), (w) => Math.max(w.text.length * 6.4 + 20, Math.min(right, x(w.to)) - Math.max(left, x(w.from))), left, right, 6);
    const alertsTop = narrow ? 20 : 6;
    const barsTop = alertsTop + Math.max(1, pills.rows) * (PILL + 4) + (pills.left > 0 ? 18 : 0) + (narrow ? 22 : 8);
    const lanesTop = barsTop + bars.rows * (BAR + 4) + 8;
    const bottom = lanesTop + LANES.length * LANE + 8;
    return { narrow, left, right, x, isVisible, pills, bars, alertsTop, barsTop, bottom, height: bottom + 28,
      laneY: (lane) => lanesTop + LANES.indexOf(lane) * LANE + LANE / 2 + 6,
      pillY: (pill) => alertsTop + pill.row * (PILL + 4) };
  }

  function drawLanes(back, { narrow, left, right, x, alertsTop, barsTop, bottom, bars, laneY }) {
    back.selectAll("line").data(LANES).join("line").attr("class", "lane")
      .attr("x1", left).attr("x2", right).attr("y1", laneY).attr("y2", laneY);
    const name = (text, y) => back.append("text").attr("class", "name").attr("x", narrow ? 2 : 4).attr("y", y).text(text);
    LANES.forEach((lane) => name(lane, narrow ? laneY(lane) - 15 : laneY(lane) + 4));
    name("alerts", narrow ? 12 : alertsTop + 16);
    if (bars.placed.length > 0) {
      name("windows" + (bars.left > 0 ? ", " + bars.left + " more" : ""), narrow ? barsTop - 5 : barsTop + 13);
    }
    back.append("g").attr("class", "axis").attr("transform", "translate(0," + bottom + ")")
      .call(d3.axisBottom(x).ticks(Math.max(2, width / 130), tickFormat(x.domain())).tickSizeOuter(0));
    if (!narrow) {
      name("UTC", bottom + 18);
    }
  }

  function drawWindows(back, { left, right, x, bars, barsTop }) {
    for (const { item, row } of bars.placed) {
      const from = Math.max(left, x(item.from));
      const to = Math.min(right, x(item.to));
      const y = barsTop + row * (BAR + 4);
      const group = back.append("g").attr("class", "window" + (x(item.to) > right ? " goes-on" : ""))
        .attr("data-from", item.from).attr("data-to", item.to);
      group.append("rect").attr("x", from).attr("y", y).attr("width", Math.max(2, to - from)).attr("height", BAR).attr("rx", 3);
      const room = Math.floor((to - from - 12) / 6.4);
      const outside = room < item.text.length && item.text.length * 6.4 < right - to - 8;
      group.append("text").attr("x", outside ? to + 6 : from + 6).attr("y", y + 13)
        .text(outside || item.text.length <= room ? item.text : room > 4 ? item.text.slice(0, room - 1) + "\u2026" : "");
      group.append("title").text(item.text);
    }
  }

  /** Draws a line through the events of each alert, and from the last one up to the alert. */
  function drawSequences(back, { x, pills, laneY, pillY }) {
    const byNumber = new Map(model.events.map((e) => [e.number, e]));
    const connect = d3.line((p) => p[0], (p) => p[1]).curve(d3.curveMonotoneX);
    for (const pill of pills.placed) {
      const points = pill.item.events.map((n) => byNumber.get(n)).map((e) => [x(e.at), laneY(e.lane)]);
      back.append("path").attr("class", "sequence " + pill.item.severity).attr("data-alert", pill.item.number)
        .attr("d", connect(points) + "M" + points[points.length - 1] + "L" + [x(pill.item.at), pillY(pill) + PILL]);
    }
  }

  function drawAlerts({ left, pills, alertsTop, pillY }) {
    const above = svg.append("g").attr("class", "alerts").attr("aria-hidden", "true");
    for (const pill of pills.placed) {
      const group = above.append("g").attr("class", "pill " + pill.item.severity).attr("data-alert", pill.item.number)
        .on("pointerenter", () => tellAlert(pill)).on("pointerleave", (event) => leave(event))
        .on("click", () => model.openAlert(pill.item.number));
      group.append("rect").attr("x", pill.x).attr("y", pillY(pill)).attr("width", pill.width).attr("height", PILL).attr("rx", 4);
      group.append("text").attr("x", pill.x + 8).attr("y", pillY(pill) + 16).text(pill.item.text);
    }
    if (pills.left > 0) {
      above.append("text").attr("class", "name").attr("x", left).attr("y", alertsTop + pills.rows * (PILL + 4) + 13)
        .text("and " + count(pills.left, "more alert") + ": zoom in, or see the list");
    }
  }

  /** The visible events; events that would overlap share one mark. */
  function groups({ x, isVisible }) {
    const marks = [];
    for (const lane of LANES) {
      let group = null;
      for (const event of model.events.filter((e) => e.lane === lane && isVisible(e.at))) {
        if (group !== null && x(event.at) - group.x < 2 * MARK) {
          group.events.push(event);
        } else {
          group = { lane, x: x(event.at), events: [event] };
          marks.push(group);
        }
      }
    }
    return marks.sort((a, b) => a.events[0].number - b.events[0].number);
  }

  function drawMarks(plan, focused) {
    const layer = svg.append("g").attr("class", "marks");
    for (const mark of groups(plan)) {
      const numbers = mark.events.map((e) => e.number);
      const node = layer.append("g").attr("class", "mark " + mark.lane).attr("role", "button")
        .attr("tabindex", "-1").attr("transform", "translate(" + mark.x + "," + plan.laneY(mark.lane) + ")")
        .attr("data-events", numbers.join(" "))
        .attr("aria-label", mark.events.slice(0, 5).map((e) => e.number + ": " + timeOfDay(e.event.time) + " " + e.label).join("; ")
          + (mark.events.length > 5 ? "; and " + (mark.events.length - 5) + " more" : ""))
        .on("pointerenter", () => tell(mark)).on("pointerleave", (event) => leave(event))
        .on("focus", () => { current = numbers[0]; tell(mark); }).on("blur", (event) => leave(event))
        .on("keydown", (event) => key(event, mark))
        .on("click", (event) => {
          if (event.pointerType === "touch" && pinned !== numbers[0]) {
            pinned = numbers[0];
            tell(mark);
          } else {
            model.open(numbers[0]);
          }
        });
      const text = mark.events.length === 1 ? String(numbers[0]) : numbers.join(",").length <= 5 ? numbers.join(",") : "\u00d7" + numbers.length;
      const half = Math.max(MARK, text.length * 3.6 + 6);
      node.append("rect").attr("x", -half).attr("y", -MARK).attr("width", 2 * half).attr("height", 2 * MARK).attr("rx", MARK);
      node.append("text").attr("y", 4).attr("text-anchor", "middle").text(text);
    }
    const stop = layer.selectAll(".mark").nodes().find((n) => n.dataset.events.split(" ").includes(String(current)))
      || layer.select(".mark").node();
    if (stop) {
      stop.setAttribute("tabindex", "0");
      if (focused) {
        stop.focus({ preventScroll: true });
      }
    }
  }

  function key(event, mark) {
    const nodes = svg.selectAll(".mark").nodes();
    const at = nodes.findIndex((n) => n.dataset.events.split(" ").includes(String(mark.events[0].number)));
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const next = nodes[at + step];
      const hidden = step > 0 ? model.events.find((e) => e.number > Math.max(...mark.events.map((m) => m.number)))
        : model.events.findLast((e) => e.number < mark.events[0].number);
      if (next) {
        nodes.forEach((n) => n.setAttribute("tabindex", n === next ? "0" : "-1"));
        next.focus();
      } else if (hidden) {
        current = hidden.number;
        svg.call(zoom.translateTo, d3.scaleUtc(whole, edges())(hidden.at), 0);
      }
      event.preventDefault();
    } else if (event.key === "Enter" || event.key === " ") {
      model.open(mark.events[0].number);
      event.preventDefault();
    }
  }

  function highlight(alerts) {
    svg.classed("some", alerts.length > 0);
    svg.selectAll("[data-alert]").classed("on", function () { return alerts.includes(Number(this.dataset.alert)); });
  }

  /** Shows the main fields of the events under a mark, below the drawing. */
  function tell(mark) {
    highlight(model.alerts.filter((a) => a.events.some((n) => mark.events.some((e) => e.number === n))).map((a) => a.number));
    tip.replaceChildren(...mark.events.slice(0, 4).map((e) =>
      el("div", {}, el("strong", {}, e.number + ". " + timeOfDay(e.event.time)), " " + e.label,
        el("dl", {}, mainFields(e.event).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, visible(value))])),
        el("button", { type: "button", onclick: () => { hide(); model.open(e.number); } }, "Show event " + e.number))),
      mark.events.length > 4 ? el("p", {}, "and " + (mark.events.length - 4) + " more: zoom in") : "");
    place(mark.x);
  }

  function tellAlert(pill) {
    const alert = pill.item;
    highlight([alert.number]);
    tip.replaceChildren(el("div", {}, severityBadge(alert.severity), " ", el("strong", {}, alert.name), " " + alert.text,
      el("p", {}, "from event" + (alert.events.length === 1 ? " " : "s ") + alert.events.join(", "))));
    place(pill.x);
  }

  /** Places the tip below the drawing, so that it covers no part of it. */
  function place(x) {
    clearTimeout(leaving);
    tip.hidden = false;
    tip.style.left = Math.min(Math.max(0, x - 40), Math.max(0, box.clientWidth - tip.offsetWidth)) + "px";
    tip.style.top = drawing.offsetTop + drawing.offsetHeight + 4 + "px";
  }

  /** Hides the tip, unless the pointer or the focus moves to it. */
  function leave(event) {
    if (!tip.contains(event.relatedTarget)) {
      clearTimeout(leaving);
      leaving = setTimeout(hide, event.type === "blur" ? 0 : 400);
    }
  }

  function hide() {
    clearTimeout(leaving);
    tip.hidden = true;
    pinned = null;
    highlight([]);
  }

  tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  tip.addEventListener("pointerleave", leave);
  tip.addEventListener("focusin", () => clearTimeout(leaving));
  tip.addEventListener("focusout", leave);
  document.addEventListener("keydown", function escape(event) {
    if (!box.isConnected) {
      document.removeEventListener("keydown", escape);
    } else if (event.key === "Escape") {
      hide();
    }
  });
  svg.call(zoom).on("dblclick.zoom", null);
  limit();
  new ResizeObserver(() => requestAnimationFrame(() => {
    if (drawing.isConnected && drawing.clientWidth !== width) {
      draw();
    }
  })).observe(drawing);
  box.draw = draw;
  return box;
}

/** Distributes overlapping items over rows; items that do not fit are only counted. */
function pack(items, xOf, widthOf, left, right, mostRows) {
  const ends = [];
  const placed = [];
  let over = 0;
  for (const item of items) {
    const width = Math.min(widthOf(item), right - left);
    const x = Math.max(left, Math.min(xOf(item) - 10, right - width));
    let row = ends.findIndex((end) => end + 6 <= x);
    if (row < 0 && ends.length < mostRows) {
      row = ends.push(0) - 1;
    }
    if (row < 0) {
      over++;
    } else {
      ends[row] = x + width;
      placed.push({ item, x, width, row });
    }
  }
  return { placed, rows: ends.length, left: over };
}

/** The shortest time format that distinguishes the ticks. */
function tickFormat([from, to]) {
  const span = to - from;
  return d3.utcFormat(span < 10000 ? "%H:%M:%S.%L" : span < 1200000 ? "%H:%M:%S" : span < 86400000 ? "%H:%M" : span < 86400000 * 300 ? "%d %b %H:%M" : "%Y-%m-%d");
}

/** The few fields of an event that matter most. */
function mainFields(event) {
  const first = ["registry.path", "registry.data.strings", "file.path", "dll.path", "iis.configuration", "process.command_line",
    "process.executable", "process.parent.executable", "user.name"];
  const all = new Map(flatten(event.fields));
  return first.filter((name) => all.has(name)).slice(0, 4).map((name) => [name, all.get(name)]);
}

