package dev.iiswarden.cli.print;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms in which alerts are printed on standard output. */
public enum OutputFormat {
  /** A few lines per alert, for people: {@link AlertCards}. */
  CARDS,

  /** A row per alert: {@link AlertTable}. */
  TABLE,

  /** A line per alert: {@link AlertLines}. */
  SHORT,

  /** A line of JSON per alert, for programs: {@link AlertJson}. */
  JSON;

  /** The name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Converts the option's value; the error lists the valid values. */
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
                                  "unknown format '" + value + "': choose one of ",
                                  "; for the shape of events use --shape, and for the schema of JSON --alert-format"))));
    }
  }
}
