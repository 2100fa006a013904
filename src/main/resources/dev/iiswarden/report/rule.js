// A rule for readers: its text with the conditions marked, the event's value for each condition, and the guide.

const OUTCOMES = {
  M: { name: "met", words: "met" },
  N: { name: "unmet", words: "not met" },
  D: { name: "depends", words: "depends on another event" },
  W: { name: "met", words: "met, together with the other events" },
  F: { name: "failed", words: "failed" },
};

/**
 * The text of a rule with conditions marked.
 * drl is the text; marks are { from, to, outcome, label }, where label names the evaluated event.
 */
function markedRule(drl, marks) {
  const code = el("code", {});
  let at = 0;
  const spans = new Map();
  for (const mark of marks.filter((m) => m.from !== undefined)) {
    // Several events may have met the same condition.
    const same = spans.get(mark.from);
    spans.set(mark.from, same && same.label !== mark.label ? { ...same, label: same.label + ", " + mark.label } : mark);
  }
  for (const mark of [...spans.values()].sort((a, b) => a.from - b.from)) {
    if (mark.from < at) {
      continue;
    }
    code.append(drl.slice(at, mark.from));
    code.append(el("mark", { class: OUTCOMES[mark.outcome].name }, drl.slice(mark.from, mark.to),
      el("span", { class: "by" }, (mark.label ? " " + mark.label : "") + " " + OUTCOMES[mark.outcome].words)));
    at = mark.to;
  }
  code.append(drl.slice(at));
  return el("pre", { class: "drl" }, code);
}

/** The outcomes of evidence: conditions that depend on other events were met, or there would be no alert. */
function ofEvidence(outcomes) {
  return outcomes.replaceAll("D", "W");
}

/** The conditions of a pattern, their outcomes, and the event's values. */
function conditionTable(pattern, outcomes, fields, caption) {
  return el("table", { class: "conditions" },
    el("caption", {}, caption),
    el("thead", {}, el("tr", {},
      el("th", { scope: "col" }, "Condition"), el("th", { scope: "col" }, "Outcome"), el("th", { scope: "col" }, "Value in the event"))),
    el("tbody", {}, pattern.conditions.map((condition, i) => {
      const outcome = OUTCOMES[outcomes[i]];
      const own = condition.field && outcomes[i] !== "D" && outcomes[i] !== "W";
      const value = own ? fieldValue(fields, condition.field) : null;
      return el("tr", {},
        el("td", {}, el("code", {}, condition.text)),
        el("td", {}, el("span", { class: "outcome " + outcome.name }, outcome.words)),
        el("td", {}, own
          ? [el("code", {}, condition.field), " ", value === null ? el("em", {}, "is missing") : visible(value)]
          : ""));
    })));
}

function marksOf(pattern, outcomes, label) {
  return pattern.conditions.map((condition, i) =>
    ({ from: condition.from, to: condition.to, outcome: outcomes[i], label }));
}

/** The guide of a rule, from its template. It comes from the rule's own Markdown and contains nothing from an event. */
function guideOf(rule) {
  if (rule.guide) {
    return el("div", { class: "guide" }, document.getElementById(rule.guide).content.cloneNode(true));
  }
  return rule.guideLink ? el("p", {}, "The guide of this rule: ", outside(rule.guideLink)) : null;
}

function listOf(title, texts) {
  return texts.length === 0 ? null
    : el("div", {}, el("h4", {}, title), el("ul", {}, texts.map((text) => el("li", {}, outside(text)))));
}

