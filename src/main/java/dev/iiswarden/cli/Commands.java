package dev.iiswarden.cli;

import dev.iiswarden.cli.print.Printable;
import dev.iiswarden.cli.print.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** All that can be said on the program's command line. */
@Command(
    name = "iiswarden",
    description =
        "Detects malicious IIS components (MITRE ATT&CK T1505.004) in Windows event logs.",
    // What follows holds for all commands.
    scope = CommandLine.ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:something failed, or a check found something",
      "2:wrong use, or rules that cannot be loaded"
    })
final class Commands implements Runnable {
  private static final List<String> NAMES =
      List.of(
          "replay",
          "explain",
          "inventory",
          "test",
          "check",
          "new-rule",
          "functions",
          "stream",
          "publish");

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  private Commands() {}

  /** Runs the command that the arguments name, and returns the program's exit code. */
  static int run(String... arguments) {
    return parser(arguments)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.colours()))
        .setParameterExceptionHandler((wrongUse, ignored) -> explain(wrongUse))
        .execute(arguments);
  }

  /**
   * Returns what parses these arguments: with the one command that they begin with, or with all of
   * them. To take a command's options from its class costs more than to run it on a small file.
   */
  static CommandLine parser(String... arguments) {
    boolean isOne = arguments.length > 0 && NAMES.contains(arguments[0]);
    CommandLine parser = new CommandLine(new Commands());
    for (String name : isOne ? List.of(arguments[0]) : NAMES) {
      parser.addSubcommand(name, command(name));
    }
    return parser.setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** A switch, and no table: it loads no class but that of the command. */
  private static Object command(String name) {
    return switch (name) {
      case "replay" -> new ReplayCommand();
      case "explain" -> new ExplainCommand();
      case "inventory" -> new InventoryCommand();
      case "test" -> new TestCommand();
      case "check" -> new CheckCommand();
      case "new-rule" -> new NewRuleCommand();
      case "functions" -> new FunctionsCommand();
      case "stream" -> new StreamCommand();
      case "publish" -> new PublishCommand();
      default -> throw new IllegalArgumentException("no command " + name);
    };
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

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "No command: use iiswarden replay FILE..., or another of "
            + String.join(", ", spec.subcommands().keySet()));
  }

  /** The version, as picocli prints it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      return new String[] {"iiswarden " + Main.version()};
    }
  }
}
