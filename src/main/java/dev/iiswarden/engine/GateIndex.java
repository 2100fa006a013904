package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.PathPatterns;
import dev.iiswarden.event.TextSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Chains of tests, found by the texts that they require. A rule that wants a program's name, or a
 * word in a command line, is not tried on events without it, so what an event costs hardly depends
 * on the number of rules. Immutable and safe for use by several threads.
 *
 * <p>Each chain is listed under the texts of one of its tests, the most selective. The fields of
 * these texts are searched, and the chains whose texts are there are tried in full. Chains that
 * require no text are always tried.
 */
final class GateIndex {
  private final FieldTexts[] fields;
  private final GateTree others;

  GateIndex(List<List<GateCondition>> chains) {
    Map<String, Listing> listings = new LinkedHashMap<>();
    List<List<GateCondition>> unlisted = new ArrayList<>();
    for (List<GateCondition> chain : chains) {
      List<RequiredTexts> required = required(chain);
      if (required.isEmpty()) {
        unlisted.add(chain);
      }
      for (RequiredTexts texts : required) {
        listings
            .computeIfAbsent(texts.field(), unused -> new Listing(texts.value()))
            .add(texts, chain);
      }
    }
    fields = listings.values().stream().map(FieldTexts::new).toArray(FieldTexts[]::new);
    others = new GateTree(unlisted);
  }

  /** Returns what the most selective test requires among those that may come first. */
  private static List<RequiredTexts> required(List<GateCondition> chain) {
    return chain.stream()
        .takeWhile(GateCondition::isTotal)
        .map(GateCondition::required)
        .filter(required -> !required.isEmpty())
        .min(RequiredTexts.MOST_SELECTIVE)
        .orElse(List.of());
  }

  boolean admits(Event event) {
    for (FieldTexts field : fields) {
      if (field.admits(event)) {
        return true;
      }
    }
    return others.admits(event);
  }

  /** The chains that require texts of one field. */
  private static final class Listing {
    private final Function<Object, @Nullable Object> value;
    private final Map<String, List<List<GateCondition>>> wholes = new LinkedHashMap<>();
    private final Map<String, List<List<GateCondition>>> contained = new LinkedHashMap<>();
    private final List<List<GateCondition>> ofPaths = new ArrayList<>();

    Listing(Function<Object, @Nullable Object> value) {
      this.value = value;
    }

    void add(RequiredTexts texts, List<GateCondition> chain) {
      texts.wholes().forEach(text -> add(wholes, text, chain));
      texts.contained().forEach(text -> add(contained, text, chain));
      if (texts.ofPath()) {
        ofPaths.add(chain);
      }
    }

    private static void add(
        Map<String, List<List<GateCondition>>> to, String text, List<GateCondition> chain) {
      to.computeIfAbsent(text, unused -> new ArrayList<>()).add(chain);
    }
  }

  /** The texts that are searched for in one field. */
  private static final class FieldTexts implements TextSearch.Found<Event> {
    private final Function<Object, @Nullable Object> value;
    private final TextSearch search;

    /** By the position of the text. */
    private final GateTree[] behind;

    /** What a path in an unusual spelling may be relevant to; null if no chain wants a path. */
    private final @Nullable GateTree ofPaths;

    FieldTexts(Listing listing) {
      value = listing.value;
      search =
          new TextSearch(
              List.copyOf(listing.wholes.keySet()), List.copyOf(listing.contained.keySet()));
      List<GateTree> trees = new ArrayList<>();
      listing.wholes.values().forEach(chains -> trees.add(new GateTree(chains)));
      listing.contained.values().forEach(chains -> trees.add(new GateTree(chains)));
      behind = trees.toArray(GateTree[]::new);
      ofPaths = listing.ofPaths.isEmpty() ? null : new GateTree(listing.ofPaths);
    }

    boolean admits(Event event) {
      Object found = value.apply(event);
      if (found instanceof String text) {
        return admits(text, event);
      }
      if (found instanceof List<?> texts) {
        for (int i = 0; i < texts.size(); i++) {
          if (texts.get(i) instanceof String text && admits(text, event)) {
            return true;
          }
        }
      }
      return false;
    }

    private boolean admits(String text, Event event) {
      return search.search(text, event, this)
          || (ofPaths != null && !PathPatterns.isPlain(text) && ofPaths.admits(event));
    }

    @Override
    public boolean accept(int text, Event event) {
      return behind[text].admits(event);
    }
  }
}
