package dev.iiswarden.cli;

import dev.iiswarden.cli.print.InventoryTable;
import dev.iiswarden.cli.print.Printable;
import dev.iiswarden.cli.print.Utf8;
import dev.iiswarden.inventory.Change;
import dev.iiswarden.inventory.Component;
import dev.iiswarden.inventory.ImageFiles;
import dev.iiswarden.inventory.Inventory;
import dev.iiswarden.inventory.InventoryException;
import dev.iiswarden.inventory.InventoryJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Lists what IIS is configured to load, and what of it is new. */
@Command(
    name = "inventory",
    description = {
      "Lists the components in IIS configuration files that are not IIS's own.",
      "",
      "For each it says what is unusual about its image. With --baseline it lists only what is new"
          + " or changed, and with --json in a form that replay and stream take for registrations."
    },
    exitCodeList = {
      "0:everything was read, whatever was found",
      "1:a file could not be read, or the output could not be written",
      "2:wrong use"
    })
final class InventoryCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec command;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files of one host: applicationHost.config, administration.config, redirection.config and"
              + " web.config of .NET or of sites. Or what --json wrote earlier; - for standard"
              + " input.")
  private List<String> inputs = List.of();

  @Option(
      names = "--json",
      description = "Print JSON Lines: a document of the Elastic Common Schema for each component.")
  private boolean json;

  @Option(names = "--all", description = "List IIS's own components, too.")
  private boolean all;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "List only what is new or changed since this inventory, which --json wrote.")
  private @Nullable Path baseline;

  @Option(
      names = "--update",
      description =
          "Write this inventory to the file of --baseline after all is printed. If there is none"
              + " yet, everything is listed.")
  private boolean update;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "Look for images below this directory: a mounted drive C:, or a folder with a folder for"
              + " each drive (default: this machine, if it runs Windows).")
  private @Nullable Path root;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "Name of the host that the files are from, as in its events (default: this machine, if it"
              + " runs Windows and --root is not given).")
  private @Nullable String host;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "When the files were collected, such as 2026-03-04T06:00:00Z (default: now).")
  private @Nullable Instant time;

  private final PrintStream errors = Utf8.err();

  @Override
  public Integer call() {
    if (update && baseline == null) {
      throw wrong("--update requires --baseline FILE");
    }
    if (root != null && !Files.isDirectory(root)) {
      throw wrong("--root: no such directory: " + root);
    }
    ImageFiles images = root == null ? ImageFiles.ofThisMachine() : ImageFiles.below(root);
    StandardOutput output = new StandardOutput();
    PrintStream out = Utf8.to(output);
    try {
      if (baseline != null && !update && !Files.exists(baseline)) {
        throw wrong("--baseline: no such file: " + baseline);
      }
      List<Inventory> inventories = read();
      List<Inventory> earlier = baseline == null ? List.of() : readBaseline(baseline);
      boolean isFirst = baseline == null || (update && !Files.exists(baseline));
      InventoryTable table = new InventoryTable(out);
      for (Inventory inventory : inventories) {
        if (isFirst) {
          print(inventory, out, table, images);
        } else {
          printChanges(inventory, before(inventory, earlier), out, table, images);
        }
      }
      if (!json) {
        table.end();
      }
      if (out.checkError()) {
        errors.println("Standard output could not be written completely.");
        return ExitCode.FAILED;
      }
      if (update && baseline != null) {
        write(inventories, earlier, baseline);
      }
      return output.readerIsGone() ? ExitCode.READER_GONE : ExitCode.DONE;
    } catch (InventoryException e) {
      errors.println(Printable.of(e.getMessage()));
      return ExitCode.FAILED;
    } catch (IOException e) {
      errors.println("--baseline: cannot write " + baseline + ": " + LogFiles.describe(e));
      return ExitCode.FAILED;
    }
  }

  private void print(
      Inventory inventory, PrintStream out, InventoryTable table, ImageFiles images) {
    for (Component one : inventory.components()) {
      if (all || !one.isOwn()) {
        if (json) {
          out.println(InventoryJson.line(inventory, one, images.find(one)));
        } else {
          table.add(one, null, images.find(one));
        }
      }
    }
  }

  private void printChanges(
      Inventory inventory,
      Inventory earlier,
      PrintStream out,
      InventoryTable table,
      ImageFiles images) {
    for (Change one : inventory.changesSince(earlier)) {
      if (json) {
        out.println(InventoryJson.line(inventory, one, images.find(one.component())));
      } else {
        table.add(one.component(), one.oldValue(), images.find(one.component()));
      }
    }
  }

  private List<Inventory> read() throws IOException {
    List<Component> components = new ArrayList<>();
    List<Inventory> inventories = new ArrayList<>();
    boolean hasConfiguration = false;
    for (String input : inputs) {
      if (input.equals("-")) {
        String name = "standard input";
        byte[] content = content(name, null);
        hasConfiguration |= add(name, content, null, components, inventories);
      } else {
        Path file = path(input);
        String name = nameBelowRoot(file);
        byte[] content = content(FileNames.name(file), file);
        Path folder = file.toAbsolutePath().getParent();
        hasConfiguration |= add(name, content, folder, components, inventories);
      }
    }
    if (hasConfiguration) {
      Instant taken = time == null ? InstantSource.system().instant() : time;
      inventories.add(0, Inventory.of(host(), taken, components));
    }
    return inventories;
  }

  /** Adds what a file has. Returns whether it is a configuration file. */
  private static boolean add(
      String name,
      byte[] content,
      @Nullable Path folder,
      List<Component> components,
      List<Inventory> inventories)
      throws InventoryException {
    if (InventoryJson.isJson(content)) {
      inventories.addAll(InventoryJson.read(name, content));
      return false;
    }
    components.addAll(Inventory.components(name, content, folder));
    return true;
  }

  private static byte[] content(String name, @Nullable Path file) throws InventoryException {
    if (file != null && (Files.notExists(file) || Files.isDirectory(file))) {
      throw new InventoryException(
          name, 0, Files.isDirectory(file) ? "a directory; name the files in it" : "no such file");
    }
    try (InputStream in = file == null ? System.in : LogSource.open(file)) {
      return Inventory.bytes(name, in);
    } catch (InventoryException e) {
      throw e;
    } catch (IOException e) {
      throw new InventoryException(name, 0, "cannot be read: " + LogFiles.describe(e));
    }
  }

  private Path path(String input) {
    try {
      return FileNames.path(input);
    } catch (InvalidPathException e) {
      throw wrong(LogFiles.unnameable(input));
    }
  }

  /** The name of a file on its host if it is below the root, otherwise as it was given. */
  private String nameBelowRoot(Path file) {
    if (root != null) {
      Path base = root.toAbsolutePath().normalize();
      Path whole = file.toAbsolutePath().normalize();
      if (whole.startsWith(base)) {
        return "\\" + FileNames.name(base.relativize(whole)).replace('/', '\\');
      }
    }
    return FileNames.name(file);
  }

  private @Nullable String host() {
    String computer = root == null ? System.getenv("COMPUTERNAME") : null;
    String name = host == null ? computer : host;
    if (json && (name == null || name.isBlank())) {
      throw wrong("--json requires --host NAME: the host that the files are from");
    }
    return name;
  }

  private static List<Inventory> readBaseline(Path file) throws InventoryException {
    return Files.exists(file)
        ? InventoryJson.read(FileNames.name(file), content(FileNames.name(file), file))
        : List.of();
  }

  /** The earlier inventory of the same host; without one, everything is new. */
  private Inventory before(Inventory inventory, List<Inventory> earlier) {
    for (Inventory one : earlier) {
      if (isSameHost(one, inventory) || (inventory.host() == null && earlier.size() == 1)) {
        return one;
      }
    }
    if (!earlier.isEmpty()) {
      errors.println(
          Printable.of(
              baseline
                  + ": no inventory of "
                  + inventory.host()
                  + ", so everything counts as new; is that its --host?"));
    }
    return Inventory.of(inventory.host(), inventory.time(), List.of());
  }

  private static boolean isSameHost(Inventory one, Inventory other) {
    String name = one.host();
    return name == null ? other.host() == null : name.equalsIgnoreCase(other.host());
  }

  /** Replaces the baseline in one step: a run that is killed leaves the earlier one. */
  private static void write(List<Inventory> inventories, List<Inventory> earlier, Path file)
      throws IOException {
    List<Inventory> kept = new ArrayList<>(inventories);
    for (Inventory one : earlier) {
      if (inventories.stream().noneMatch(other -> isSameHost(one, other))) {
        kept.add(one);
      }
    }
    List<String> lines = new ArrayList<>();
    for (Inventory inventory : kept) {
      for (Component one : inventory.components()) {
        if (!one.isOwn()) {
          lines.add(InventoryJson.line(inventory, one, ImageFiles.none().find(one)));
        }
      }
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, lines, StandardCharsets.UTF_8);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /** Reports an invalid time in plain words, with an example. */
  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String value) {
      try {
        return Instant.parse(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + value + "' is not a time in UTC; use one such as 2026-03-04T06:00:00Z");
      }
    }
  }
}
