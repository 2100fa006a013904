package dev.iiswarden.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of a {@code .scesim} file, either the scenarios or the background. Columns are properties
 * of facts; rows have cells for some of them.
 *
 * @param columns the columns of facts, in order
 * @param rows the rows, in order
 */
record ScesimTable(List<Column> columns, List<Row> rows) {
  private static final String NO_TYPE = "java.lang.Void";
  private static final String DESCRIPTION = "Description";

  /**
   * Reads a table.
   *
   * @param table the table's element; null for a missing table, which has no rows
   * @param rowName the name of the row elements
   */
  static ScesimTable read(@Nullable XmlElement table, String rowName) {
    List<Column> columns = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    XmlElement mappings =
        table == null ? null : table.find("scesimModelDescriptor", "factMappings");
    if (mappings != null) {
      for (XmlElement mapping : mappings.all("FactMapping")) {
        Column column = readColumn(mapping);
        if (column.kind() != Kind.OTHER) {
          columns.add(column);
        }
      }
    }
    XmlElement data = table == null ? null : table.find("scesimData");
    if (data != null) {
      for (XmlElement row : data.all(rowName)) {
        rows.add(readRow(row, columns, rows.size() + 1));
      }
    }
    return new ScesimTable(columns, rows);
  }

  private static Column readColumn(XmlElement mapping) {
    List<String> steps = new ArrayList<>();
    XmlElement elements = mapping.find("expressionElements");
    if (elements != null) {
      elements
          .all("ExpressionElement")
          .forEach(element -> steps.add(String.valueOf(element.textOf("step"))));
    }
    return new Column(
        mapping.line(),
        Key.of(mapping),
        String.valueOf(mapping.textOf("factIdentifier", "className")),
        // The first step is the fact itself.
        steps.isEmpty() ? "" : String.join(".", steps.subList(1, steps.size())));
  }

  private static Row readRow(XmlElement row, List<Column> columns, int number) {
    Map<Key, XmlElement> cells = new HashMap<>();
    String title = "row " + number;
    XmlElement values = row.find("factMappingValues");
    if (values != null) {
      for (XmlElement value : values.all("FactMappingValue")) {
        XmlElement raw = value.find("rawValue");
        Key key = Key.of(value);
        if (raw != null && !raw.text().isEmpty()) {
          cells.put(key, raw);
          title = key.column().equals(DESCRIPTION) ? raw.text() : title;
        }
      }
    }
    return new Row(
        row.line(),
        number,
        title,
        facts(columns, cells, Kind.GIVEN),
        facts(columns, cells, Kind.EXPECT));
  }

  private static List<Fact> facts(List<Column> columns, Map<Key, XmlElement> cells, Kind kind) {
    Map<String, Fact> facts = new LinkedHashMap<>();
    for (Column column : columns) {
      XmlElement cell = cells.get(column.key());
      if (column.kind() == kind && cell != null) {
        facts
            .computeIfAbsent(
                column.key().fact(),
                name -> new Fact(cell.line(), name, column.className(), new LinkedHashMap<>()))
            .cells()
            .put(column.property(), cell);
      }
    }
    return List.copyOf(facts.values());
  }

  /** The use of a column. */
  enum Kind {
    GIVEN,
    EXPECT,
    OTHER
  }

  /**
   * The identity of a column.
   *
   * @param column the column's own name
   * @param type the type as written: GIVEN, EXPECT or OTHER
   * @param fact the name of the fact that has the property
   */
  record Key(String column, String type, String fact) {
    private static Key of(XmlElement described) {
      return new Key(
          String.valueOf(described.textOf("expressionIdentifier", "name")),
          String.valueOf(described.textOf("expressionIdentifier", "type")),
          String.valueOf(described.textOf("factIdentifier", "name")));
    }
  }

  /**
   * A column.
   *
   * @param className the class of the fact
   * @param property the property of the fact, with dots
   */
  record Column(int line, Key key, String className, String property) {
    Kind kind() {
      if (className.equals(NO_TYPE)) {
        return Kind.OTHER;
      }
      return switch (key.type()) {
        case "GIVEN" -> Kind.GIVEN;
        case "EXPECT" -> Kind.EXPECT;
        default -> Kind.OTHER;
      };
    }
  }

  /**
   * A row.
   *
   * @param number from 1
   * @param title the row's description, or its number if it has none
   * @param given the given facts with a cell in this row, in the order of the columns
   * @param expected the expected facts with a cell in this row, in the order of the columns
   */
  record Row(int line, int number, String title, List<Fact> given, List<Fact> expected) {
    /** The row's place in the editor, for error messages. */
    String where() {
      return "row " + number + " (" + title + ")";
    }
  }

  /**
   * The cells of a row that belong to one fact.
   *
   * @param cells the cells by property
   */
  record Fact(int line, String name, String className, Map<String, XmlElement> cells) {}
}
