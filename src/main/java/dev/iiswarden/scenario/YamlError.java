package dev.iiswarden.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import java.util.regex.Pattern;

/**
 * What makes a text no YAML.
 *
 * @param line from 1
 * @param what the error in words, on one line
 */
record YamlError(long line, String what) {
  private static final Pattern INDENTED_WITH_A_TAB = Pattern.compile("[ -]*\\t.*");

  /** Describes an exception that the parser threw while it read a text. */
  @SuppressWarnings("deprecation") // The parser throws it, and only it knows the line.
  static YamlError of(JsonProcessingException e, String text) {
    if (!(e instanceof MarkedYAMLException marked)) {
      return new YamlError(
          e.getLocation() == null ? 1 : e.getLocation().getLineNr(), e.getOriginalMessage());
    }
    // Marks count from zero; the location of the exception is that of the token before.
    int line = marked.getProblemMark().getLine();
    String found = text.lines().skip(line).findFirst().orElse("");
    if (INDENTED_WITH_A_TAB.matcher(found).matches()) {
      return new YamlError(line + 1L, "a tab; YAML is indented with spaces");
    }
    String context =
        marked.getContextMark() == null
            ? ""
            : marked.getContext()
                + " that begins in line "
                + (marked.getContextMark().getLine() + 1)
                + ": ";
    return new YamlError(line + 1L, context + marked.getProblem());
  }
}
