package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.iiswarden;
import static dev.iiswarden.cli.Program.replay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.event.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program lists what IIS is configured to load. */
class InventoryCommandTest {
  private static final Path BEFORE = Path.of("src/samples/web01.applicationHost.before.config");
  private static final Path AFTER = Path.of("src/samples/web01.applicationHost.config");

  @TempDir private Path directory;

  private static Program json(Object... arguments) {
    return iiswarden("inventory", "--json", "--host", "WEB01").and(arguments);
  }

  private static List<String> names(String lines) {
    return Program.Ended.parse(lines.lines()).stream()
        .map(line -> line.at("/iiswarden/inventory/name").asText())
        .toList();
  }

  @Test
  void theTableHasWhatIsNotIissOwnAndTheUnusualFirst() throws Exception {
    String out = iiswarden("inventory", AFTER).run().with(0).out();

    assertTrue(
        out.contains(
            """
            native module   HttpParserModule      C:\\ProgramData\\Microsoft\\HTTPParser.dll
                            unusual: in a user-writable folder
                            in src/samples/web01.applicationHost.config:106
            """),
        out);
    assertTrue(out.contains("unusual: has the name of one of IIS's own"), out);
    assertTrue(out.indexOf("HttpParserModule") < out.indexOf("ShopSession"), out);
    assertTrue(out.endsWith("6 listed, 4 of them unusual\n"), out);
    assertFalse(out.contains("UriCacheModule"), out);
    assertFalse(out.contains("PASSWORD"), out);
  }

  @Test
  void allListsIissOwnToo() throws Exception {
    String out = iiswarden("inventory", "--all", AFTER).run().with(0).out();

    assertTrue(out.contains("UriCacheModule"), out);
  }

  @Test
  void withABaselineOnlyWhatIsNewIsListedAndReplayTakesItForRegistrations() throws Exception {
    Path base = directory.resolve("base.ndjson");
    json("--time", "2026-03-04T03:00:00Z", BEFORE).writingTo(base).run().with(0);

    String changes =
        json("--time", "2026-03-04T03:30:00Z", "--baseline", base, AFTER).run().with(0).out();
    assertEquals(
        List.of(
            "COR_ENABLE_PROFILING", "COR_PROFILER_PATH", "HttpLoggingModule", "HttpParserModule"),
        names(changes));
    List<JsonNode> alerts =
        replay("--format", "json", "-")
            .reading(changes.getBytes(StandardCharsets.UTF_8))
            .run()
            .with(0)
            .alerts();
    assertEquals(
        List.of(
            "registration-unusual-image",
            "registration-configuration-log",
            "registration-configuration-log",
            "registration-unusual-image",
            "registration-configuration-log"),
        alerts.stream().map(alert -> alert.at("/rule/id").asText()).toList());
    assertEquals("WEB01", alerts.get(0).at("/host/name").asText());
    // The lines of a whole inventory are read, and are no registrations.
    String summary = replay(base).run().with(0).out();
    assertTrue(summary.contains("2 events in ") && summary.contains(": 0 alerts"), summary);
  }

  @Test
  void anInventoryCanItselfBeCompared() throws Exception {
    Path base = directory.resolve("base.ndjson");
    Path now = directory.resolve("now.ndjson");
    json(BEFORE).writingTo(base).run().with(0);
    json("--time", "2026-03-04T03:30:00Z", AFTER).writingTo(now).run().with(0);

    JsonNode change =
        Program.Ended.parse(
                iiswarden("inventory", "--json", "--baseline", base, now)
                    .run()
                    .with(0)
                    .out()
                    .lines())
            .get(3);
    assertEquals("HttpParserModule", change.at("/iiswarden/inventory/name").asText());
    assertEquals("WEB01", change.at("/host/name").asText());
    assertEquals("2026-03-04T03:30:00Z", change.at("/@timestamp").asText());
  }

  @Test
  void anUpdatedBaselineReportsEachChangeOnce() throws Exception {
    Path base = directory.resolve("base.ndjson");

    assertEquals(
        List.of("Shop", "ShopSession"),
        names(json("--baseline", base, "--update", BEFORE).run().with(0).out()));
    assertEquals(4, names(json("--baseline", base, "--update", AFTER).run().with(0).out()).size());
    assertEquals(List.of(), names(json("--baseline", base, "--update", AFTER).run().with(0).out()));
    // That of another host is added.
    iiswarden("inventory", "--json", "--host", "WEB02", "--baseline", base, "--update", BEFORE)
        .run()
        .with(0);
    assertEquals(List.of(), names(json("--baseline", base, "--update", AFTER).run().with(0).out()));
  }

  @Test
  void aHostThatTheBaselineLacksIsSaid() throws Exception {
    Path base = directory.resolve("base.ndjson");
    json(BEFORE).writingTo(base).run().with(0);

    Program.Ended ended =
        iiswarden("inventory", "--host", "WEB02", "--baseline", base, BEFORE).run().with(0);

    assertTrue(ended.out().endsWith("2 listed, 0 of them unusual\n"), ended.out());
    assertEquals(
        base + ": no inventory of WEB02, so everything counts as new; is that its --host?\n",
        ended.err());
  }

  @Test
  void imagesBelowARootAreHashed() throws Exception {
    Path image = directory.resolve("programdata/microsoft/HTTPPARSER.DLL");
    Files.createDirectories(image.getParent());
    Files.writeString(image, "MZ");
    Path config = directory.resolve("Windows/System32/inetsrv/config/applicationHost.config");
    Files.createDirectories(config.getParent());
    Files.copy(AFTER, config);

    String out = iiswarden("inventory", "--root", directory, config).run().with(0).out();

    assertTrue(
        out.contains("in \\Windows\\System32\\inetsrv\\config\\applicationHost.config:"), out);
    assertTrue(out.contains("sha256 " + HexFormat.of().formatHex(Sha256.of("MZ"))), out);
    assertTrue(out.contains("image missing"), out);
    JsonNode line =
        Program.Ended.parse(json("--root", directory, config).run().with(0).out().lines()).get(4);
    assertEquals("present", line.at("/iiswarden/inventory/image/presence").asText());
    assertEquals("unknown", line.at("/iiswarden/inventory/image/signature").asText());
    assertEquals(64, line.at("/iiswarden/inventory/image/sha256").asText().length());
  }

  @Test
  void whatCannotBeReadIsSaidAndNothingIsListed() throws Exception {
    Path broken = directory.resolve("broken.config");
    Files.writeString(broken, "<configuration>\n<system.web>");
    for (Path file : List.of(broken, directory.resolve("missing.config"))) {
      Program.Ended ended = iiswarden("inventory", AFTER, file).run().with(1);

      assertEquals("", ended.out());
      assertTrue(ended.err().startsWith(file.toString()), ended.err());
    }
    assertTrue(
        iiswarden("inventory", broken)
            .run()
            .with(1)
            .err()
            .startsWith(broken + ":2: not valid XML"));
    assertTrue(
        iiswarden("inventory", directory.resolve("missing.config"))
            .run()
            .with(1)
            .err()
            .endsWith("missing.config: no such file\n"));
  }

  @Test
  void wrongUseIsSaidInPlainWords() throws Exception {
    assertTrue(
        iiswarden("inventory", "--json", "--root", directory, AFTER)
            .run()
            .with(2)
            .err()
            .startsWith("--json requires --host NAME: the host that the files are from\n"));
    assertTrue(
        iiswarden("inventory", "--update", AFTER)
            .run()
            .with(2)
            .err()
            .startsWith("--update requires --baseline FILE\n"));
    assertTrue(
        iiswarden("inventory", "--baseline", directory.resolve("none"), AFTER)
            .run()
            .with(2)
            .err()
            .startsWith("--baseline: no such file: "));
    assertTrue(
        iiswarden("inventory", "--time", "yesterday", AFTER)
            .run()
            .with(2)
            .err()
            .contains("'yesterday' is not a time in UTC; use one such as 2026-03-04T06:00:00Z"));
  }
}
