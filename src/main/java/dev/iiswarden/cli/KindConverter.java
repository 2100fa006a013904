package dev.iiswarden.cli;

import dev.iiswarden.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Finds a kind of event by its name, in any letter case. */
final class KindConverter implements ITypeConverter<EventKind> {
  @Override
  public EventKind convert(String value) {
    return EventKind.named(value.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + value + "' is not a kind of event; there are " + new Names()));
  }

  /** The names of all kinds, for the help. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      // Not a lambda: HotSpot 17 crashes when it takes this one from a class data archive.
      for (EventKind kind : EventKind.all()) {
        add(kind.name());
      }
    }

    @Override
    public String toString() {
      List<String> names = this;
      return String.join(", ", names);
    }
  }
}
