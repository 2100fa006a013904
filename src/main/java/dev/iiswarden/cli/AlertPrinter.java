package dev.iiswarden.cli;

import dev.iiswarden.Alert;
import dev.iiswarden.AlertSink;
import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ModuleLoadFailureEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.ScriptBlockEvent;
import dev.iiswarden.event.UserFields;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Prints alerts for people: severity, rule and host first, then what happened in order. */
final class AlertPrinter implements AlertSink {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final Ansi ansi;

  AlertPrinter(PrintStream out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  @Override
  public void accept(Alert alert) {
    List<String> lines = new ArrayList<>();
    lines.add(
        severity(alert.rule().severity())
            + "  "
            + styled(alert.rule().name(), Style.bold)
            + "  ["
            + alert.rule().id()
            + "]");
    lines.add("  host       " + Printable.of(alert.host() == null ? "(none named)" : alert.host()));
    lines.add("  technique  " + alert.rule().technique());
    lines.add("  alert id   " + alert.id());
    int number = 1;
    for (Event event : alert.evidence()) {
      lines.add(
          "  "
              + number++
              + ". "
              + TIME.format(event.getTimestamp())
              + "  "
              + what(event)
              + dated(event));
      lines.add(
          "     by "
              + actor(event.getProcess())
              + user(event.getUser())
              + id(event.getEvent().getId()));
    }
    lines.add("");
    out.println(String.join(System.lineSeparator(), lines));
    if (out.checkError()) {
      throw new UncheckedIOException(new IOException("cannot write to standard output"));
    }
  }

  private static String what(Event event) {
    String type =
        event.getEvent().getType().isEmpty() ? "" : " " + event.getEvent().getType().get(0);
    if (event instanceof RegistryEvent registry) {
      return "registry"
          + Printable.of(type)
          + "  "
          + Printable.of(registry.getRegistry().getPath())
          + " = "
          + Printable.of(String.join(", ", registry.getRegistry().getData().getStrings()));
    }
    if (event instanceof FileEvent file) {
      return "file" + Printable.of(type) + "  " + Printable.of(file.getFile().getPath());
    }
    if (event instanceof LibraryEvent library) {
      return "library load  " + Printable.of(library.getDll().getPath());
    }
    if (event instanceof ConfigurationEvent configuration) {
      return "configuration change  "
          + Printable.of(configuration.getIis().getConfiguration())
          + " = "
          + Printable.of(configuration.getIis().getNewValue());
    }
    if (event instanceof ScriptBlockEvent script) {
      return "script block  " + Printable.of(script.getPowershell().getFile().getScriptBlockText());
    }
    if (event instanceof ModuleLoadFailureEvent failure) {
      return "module failed to load  " + Printable.of(failure.getDll().getPath());
    }
    return "process"
        + Printable.of(type)
        + "  "
        + Printable.of(event.getProcess().getCommandLine());
  }

  private static String dated(Event event) {
    return event.getReportedTimestamp() == null
        ? ""
        : "  (dated " + event.getReportedTimestamp() + ", counted as of its arrival)";
  }

  private static String actor(ProcessFields process) {
    String name = process.getExecutable() != null ? process.getExecutable() : process.getName();
    return (name == null ? "an unnamed process" : Printable.of(name))
        + (process.getPid() == null ? "" : " (pid " + process.getPid() + ")");
  }

  private static String user(UserFields user) {
    String name = user.getName() == null ? user.getId() : user.getName();
    if (name == null) {
      return "";
    }
    String domain = user.getDomain() == null ? "" : Printable.of(user.getDomain()) + "\\";
    return " as " + domain + Printable.of(name);
  }

  private static String id(@Nullable String id) {
    return id == null ? "" : "  [" + Printable.of(id) + "]";
  }

  private String severity(String severity) {
    Style colour =
        switch (severity) {
          case "critical", "high" -> Style.fg_red;
          case "medium" -> Style.fg_yellow;
          default -> Style.fg_cyan;
        };
    return styled(severity.toUpperCase(Locale.ROOT), Style.bold, colour);
  }

  private String styled(String text, Style... styles) {
    return ansi.enabled() ? Style.on(styles) + text + Style.off(styles) + Style.reset.off() : text;
  }

  @Override
  public String toString() {
    return "terminal";
  }
}
