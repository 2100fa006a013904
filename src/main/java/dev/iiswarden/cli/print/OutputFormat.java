package dev.iiswarden.cli.print;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms in which alerts appear on standard output. */
public enum OutputFormat {
  /** A few lines an alert, for people: {@link AlertCards}. */
  CARDS,

  /** A row an alert: {@link AlertTable}. */
  TABLE,

  /** A line an alert: {@link AlertLines}. */
  SHORT,

  /** A line of JSON an alert, for programs: {@link AlertJson}. */
  JSON;

  /** What the command line calls it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Says in our words which there are. */
  public static final class Converter implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String value) {
      return Arrays.stream(values())
          .filter(format -> format.label().equalsIgnoreCase(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      Arrays.stream(values())
                          .map(OutputFormat::label)
                          .collect(
                              Collectors.joining(
                                  ", ",
                                  "'" + value + "' is none of ",
                                  "; the shape of the events is --shape, and that of JSON --alert-format"))));
    }
  }
}
