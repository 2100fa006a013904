package dev.iiswarden.cli;

import static dev.iiswarden.cli.Program.replay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.cli.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts that are held back, and the forms in which alerts are written. */
class ReplayScreenTest {
  private static final Path LOG = Path.of("src/intrusions/atomic-t1505.004-1.ndjson");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private Path allowlist(String condition) throws IOException {
    return Files.writeString(
        directory.resolve("allow.yaml"),
        "- id: test-server\n  reason: known\n  owner: us\n  expires: 9999-12-31\n  " + condition);
  }

  @Test
  void whatIsAllowedIsNotPrintedAndKept() throws Exception {
    Path kept = directory.resolve("kept.ndjson");
    Ended ended =
        replay("--allowlist", allowlist("host.name: WEB-ATOMIC"), "--suppressed", kept, LOG)
            .run()
            .with(0);

    assertEquals(0, ended.printedAlerts(), ended::toString);
    assertTrue(ended.out().contains("1 alert (1 of them suppressed)"), ended::toString);
    assertEquals(
        "test-server",
        JSON.readTree(Files.readString(kept)).at("/iiswarden/suppressed/entry").asText());
  }

  @Test
  void aMistakeInTheAllowlistIsWrongUse() throws Exception {
    Ended ended = replay("--allowlist", allowlist("hostname: x"), LOG).run().with(2);
    assertTrue(ended.err().contains("allow.yaml:5: unknown field hostname"), ended::toString);
  }

  @Test
  void anAllowlistThatIsNotThereIsWrongUse() throws Exception {
    Ended ended = replay("--allowlist", directory.resolve("none.yaml"), LOG).run().with(2);
    assertTrue(ended.err().contains("cannot read the allowlist"), ended::toString);
  }

  @Test
  void repeatsAreHeldBackOnRequest() throws Exception {
    Ended ended = replay("--suppress-repeats", "PT1H", LOG, LOG).run().with(0);
    assertEquals(1, ended.printedAlerts(), ended::toString);
    assertTrue(
        replay("--suppress-repeats", "PT-1S", LOG).run().with(2).err().contains("is not positive"));
  }

  @Test
  void alertsAreWrittenInOcsfOnRequest() throws Exception {
    Ended ended =
        replay("--quiet", "--format", "json", "--alert-format", "ocsf", LOG).run().with(0);
    assertEquals(2004, JSON.readTree(ended.out()).get("class_uid").asInt());
  }

  @Test
  void theBaseQueryAloneSaysNothingOfIt() throws Exception {
    assertEquals(0, replay("--base-query", LOG).run().with(0).printedAlerts());
    assertTrue(
        replay("--base-query", "--rules", "rules-drl", LOG)
            .run()
            .with(2)
            .err()
            .contains("remove --base-query or --rules"));
  }
}
