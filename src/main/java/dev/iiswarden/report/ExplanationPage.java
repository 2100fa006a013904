package dev.iiswarden.report;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.Shape;
import dev.iiswarden.event.Event;
import dev.iiswarden.rules.Explanation;
import dev.iiswarden.rules.Explanation.Outcome;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTML page that explains the records of a log: how each record was decoded and, for each rule,
 * which conditions it meets. The page is one file that opens without a network and without this
 * program. Made by the constructor, filled by {@link #add} and written by {@link #write}. Not safe
 * for use by several threads.
 */
public final class ExplanationPage {
  private static final int RECORDS_A_CHUNK = 200;
  private static final int MOST_RECORDS = 100_000;

  private final Rules rules;
  private final List<String> wanted;
  private final RuleCatalogue catalogue;
  private final List<Map<String, Object>> index = new ArrayList<>();
  private final List<PackedJson> packed = new ArrayList<>();
  private PackedList chunk = new PackedList();
  private long left;

  /**
   * Creates an empty page.
   *
   * @param wanted the ids of the rules to explain; empty for all
   * @param guideDirectories as for {@link HtmlReport}
   */
  public ExplanationPage(Rules rules, List<String> wanted, List<Path> guideDirectories) {
    this.rules = rules;
    this.wanted = List.copyOf(wanted);
    catalogue = new RuleCatalogue(guideDirectories);
    rules.all().stream()
        .filter(rule -> isWanted(rule.id()))
        .forEach(rule -> catalogue.number(rule, rules));
  }

  private boolean isWanted(String id) {
    return wanted.isEmpty() || wanted.contains(id);
  }

  /**
   * Adds a record, or each record of a document of several. Records beyond the first 100,000 are
   * only counted.
   *
   * @param where the record's file and line
   */
  public void add(String where, Decoded decoded) {
    decoded.records().forEach(record -> addRecord(where, record));
  }

  private void addRecord(String where, Decoded decoded) {
    if (index.size() >= MOST_RECORDS) {
      left++;
      return;
    }
    String shape = decoded.shape().map(Shape::label).orElse("");
    if (decoded.events().isEmpty()) {
      Map<String, Object> entry = entry(where, shape);
      entry.put(
          "nothing",
          decoded
              .malformed()
              .map(malformed -> malformed.outcome().label() + ": " + malformed.reason())
              .orElse("not an event that rules evaluate: its id or category is not covered"));
      index.add(entry);
    }
    decoded.events().forEach(event -> add(where, shape, event));
  }

  private static Map<String, Object> entry(String where, String shape) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("where", where);
    entry.put("shape", shape);
    return entry;
  }

  private void add(String where, String shape, Event event) {
    List<Map<String, Object>> trials = new ArrayList<>();
    Map<String, List<String>> said = new LinkedHashMap<>();
    List.of("fires", "waits", "notes").forEach(verdict -> said.put(verdict, new ArrayList<>()));
    for (Explanation explanation : rules.explain(event)) {
      String id = explanation.ruleId();
      if (id == null ? wanted.isEmpty() : isWanted(id)) {
        Map<String, Object> trial = new LinkedHashMap<>();
        trial.put("pattern", catalogue.number(explanation, rules));
        trial.put("outcomes", RuleCatalogue.outcomes(explanation));
        trials.add(trial);
        if (explanation.meetsOwnConditions()) {
          said.computeIfAbsent(verdict(explanation), unused -> new ArrayList<>())
              .add(explanation.ruleName());
        }
      }
    }
    Map<String, Object> view = EventView.of(event, null);
    view.put("trials", trials);
    Map<String, Object> entry = entry(where, shape);
    entry.put("time", event.getTimestamp().toString());
    entry.put("action", view.get("action"));
    entry.put("object", view.get("object"));
    entry.putAll(said);
    entry.put("chunk", packed.size());
    entry.put("at", chunk.size());
    index.add(entry);
    chunk.add(view);
    if (chunk.size() == RECORDS_A_CHUNK || chunk.isLong()) {
      packed.add(PackedJson.ofText(chunk.json()));
      chunk = new PackedList();
    }
  }

  /** Returns the verdict on an event that meets all conditions of a rule that concern it alone. */
  private static String verdict(Explanation explanation) {
    boolean alone =
        explanation.others().isEmpty()
            && explanation.conditions().stream()
                .allMatch(condition -> condition.outcome() == Outcome.MET);
    if (!alone) {
      return "waits";
    }
    return explanation.ruleId() == null ? "notes" : "fires";
  }

  /**
   * Writes the page.
   *
   * @param file the file, which is replaced if it exists
   * @param version the program's version
   * @param input the input, as the user named it
   * @throws IOException if the page cannot be written; the file is then unchanged
   */
  public void write(Path file, String version, String input) throws IOException {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("version", version);
    whole.put("input", input);
    whole.put("rules", catalogue.rules());
    whole.put("patterns", catalogue.patterns());
    whole.put("records", index);
    whole.put("left", left);
    Page page =
        new Page("iiswarden explains: " + input)
            .withScripts("page.js", "rule.js", "explain.js")
            .withData("index", PackedJson.of(whole));
    List<PackedJson> chunks = new ArrayList<>(packed);
    chunks.add(PackedJson.ofText(chunk.json()));
    for (int i = 0; i < chunks.size(); i++) {
      page.withData("chunk-" + i, chunks.get(i));
    }
    catalogue.guides().forEach(page::withTemplate);
    page.write(file);
  }
}
