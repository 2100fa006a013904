package dev.iiswarden.cli;

import dev.iiswarden.cli.print.Printable;
import dev.iiswarden.cli.print.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's entry point. */
@Command(
    name = "iiswarden",
    description =
        "Detects malicious IIS components (MITRE ATT&CK T1505.004) in Windows event logs.",
    subcommands = {
      ReplayCommand.class,
      ExplainCommand.class,
      InventoryCommand.class,
      TestCommand.class,
      CheckCommand.class,
      NewRuleCommand.class,
      FunctionsCommand.class,
      StreamCommand.class,
      PublishCommand.class
    },
    // What follows holds for all commands.
    scope = CommandLine.ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:something failed, or a check found something",
      "2:wrong use, or rules that cannot be loaded"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  public Main() {}

  /** Runs the program and ends the JVM with its exit code. */
  public static void main(String[] args) {
    logBrieflyToStandardError();
    System.exit(
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.colours()))
            .setParameterExceptionHandler((wrongUse, ignored) -> explain(wrongUse))
            .execute(FileNames.arguments(args)));
  }

  /** Prints the error and where to find help; the whole usage would push it off the screen. */
  private static int explain(ParameterException wrongUse) {
    CommandLine command = wrongUse.getCommandLine();
    PrintWriter errors = command.getErr();
    errors.println(Printable.of(wrongUse.getMessage()));
    UnmatchedArgumentException.printSuggestions(wrongUse, errors);
    errors.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Set here because a file in the jar would change the logging of embedding applications. */
  private static void logBrieflyToStandardError() {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
    System.setProperty("org.slf4j.simpleLogger.levelInBrackets", "true");
    System.setProperty("org.slf4j.simpleLogger.log.dev.iiswarden.ContentWatch", "info");
    System.setProperty("org.slf4j.simpleLogger.log.dev.iiswarden.kafka.PublishedRules", "info");
    // It recommends settings for Kafka's next major release at every start.
    System.setProperty(
        "org.slf4j.simpleLogger.log.org.apache.kafka.streams.StreamsConfig", "error");
    // The program itself reports what these log: alerts that a sink rejects, and errors in rules,
    // with their file.
    System.setProperty("org.slf4j.simpleLogger.log.dev.iiswarden.alert.Outbox", "off");
    System.setProperty(
        "org.slf4j.simpleLogger.log.org.drools.compiler.kie.builder.impl.KieProject", "off");
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "No command: use iiswarden replay FILE..., or another of "
            + String.join(", ", spec.subcommands().keySet()));
  }

  /** The version Maven built. */
  static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        Main.class.getResourceAsStream("/META-INF/maven/dev.iiswarden/iiswarden/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    }
    return properties.getProperty("version", "(not packaged)");
  }

  /** The version, as picocli prints it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return new String[] {"iiswarden " + version()};
    }
  }
}
