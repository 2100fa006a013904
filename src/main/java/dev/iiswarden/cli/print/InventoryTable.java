package dev.iiswarden.cli.print;

import dev.iiswarden.inventory.Component;
import dev.iiswarden.inventory.Concern;
import dev.iiswarden.inventory.Image;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints the components of an inventory as a table, the unusual ones first: a row for each, and
 * below it where it is configured and what is known of its image. Not safe for use by several
 * threads.
 */
public final class InventoryTable {
  private static final String GAP = "  ";
  private static final int WIDEST_NAME = 40;

  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();

  private record Row(Component component, @Nullable String oldValue, Image image) {
    boolean isUnusual() {
      return !component.concerns().isEmpty();
    }

    String name() {
      return Printable.of(component.name().isEmpty() ? "-" : component.name());
    }
  }

  /** Creates a table that is printed at its {@link #end}. */
  public InventoryTable(PrintStream out) {
    this.out = out;
  }

  /**
   * Adds a row.
   *
   * @param oldValue the value before; null if there was none or nothing is compared
   */
  public void add(Component component, @Nullable String oldValue, Image image) {
    rows.add(new Row(component, oldValue, image));
  }

  /** Prints the table, and how many rows it has. */
  public void end() {
    rows.sort(Comparator.comparing(Row::isUnusual).reversed());
    int kinds = width(rows.stream().map(row -> row.component.kind().label()).toList());
    int names = Math.min(WIDEST_NAME, width(rows.stream().map(Row::name).toList()));
    if (!rows.isEmpty()) {
      out.println(
          String.join(GAP, Fit.pad("KIND", kinds), Fit.pad("NAME", names), "IMAGE, TYPE OR VALUE"));
    }
    for (Row row : rows) {
      Component component = row.component;
      out.println(
          String.join(
              GAP,
              Fit.pad(component.kind().label(), kinds),
              Fit.pad(Fit.cut(row.name(), WIDEST_NAME), names),
              Printable.of(component.value())));
      details(row).forEach(detail -> out.println(" ".repeat(kinds) + GAP + detail));
    }
    long unusual = rows.stream().filter(Row::isUnusual).count();
    out.println(
        String.format(Locale.ROOT, "%,d listed, %,d of them unusual", rows.size(), unusual));
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(Fit::columns).max().orElse(0);
  }

  private static List<String> details(Row row) {
    Component component = row.component;
    List<String> details = new ArrayList<>();
    if (row.isUnusual()) {
      details.add(
          "unusual: "
              + component.concerns().stream()
                  .map(Concern::label)
                  .collect(Collectors.joining("; ")));
    }
    if (row.oldValue != null) {
      details.add("was " + Printable.of(row.oldValue));
    }
    details.add(
        "in "
            + Printable.of(component.file())
            + ":"
            + component.line()
            + (component.location().isEmpty()
                ? ""
                : ", location " + Printable.of(component.location())));
    switch (row.image.presence()) {
      case PRESENT ->
          details.add(
              row.image.sha256() == null
                  ? "image present, but not readable"
                  : "sha256 " + row.image.sha256());
      case MISSING -> details.add("image missing");
      case UNKNOWN -> {}
    }
    return details;
  }
}
