package dev.iiswarden.rules;

import static dev.iiswarden.testing.Story.APPCMD;
import static dev.iiswarden.testing.Story.CMD;
import static dev.iiswarden.testing.Story.POWERSHELL;
import static dev.iiswarden.testing.Story.W3WP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.Story;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What all rules together say of a machine does not depend on order, restarts and reloads. */
class RulePackProperties {
  private static final Duration LATENESS = Duration.ofMinutes(15);
  private static final Rules RULES = Rules.bundled();
  private static final Rules SAME_RULES = Rules.fromDirectory(Path.of("rules-drl"));

  private static final String A = "C:\\Windows\\System32\\inetsrv\\a.dll";
  private static final String B = "C:\\inetpub\\b.dll";
  private static final String INSTALL = "appcmd install module /name:x /image:";
  private static final String TOOL = "C:\\Users\\Public\\t.exe";

  private static final List<Consumer<Story>> ACTS =
      List.of(
          story -> story.wrote(A),
          story -> story.wrote(B),
          story -> story.wrote(600, W3WP, B),
          story -> story.wrote(700, CMD, A),
          story -> story.wrote(800, TOOL, B),
          story -> story.started(700, CMD, "cmd", 600, W3WP),
          story -> story.started(700, CMD, "cmd", 1, "C:\\Windows\\explorer.exe"),
          story -> story.started(800, TOOL, "t", 700, CMD),
          story -> story.started(900, APPCMD, INSTALL + A, 700, CMD),
          story -> story.started(901, APPCMD, INSTALL + B, 800, TOOL),
          story -> story.started(902, POWERSHELL, "New-WebGlobalModule -Image " + B, 1, CMD),
          story -> story.configured("/system.webServer/globalModules/add/@image", A),
          story -> story.set("HKLM\\SYSTEM\\W3SVC\\Parameters\\FilterDLLs", B),
          story -> story.set("HKLM\\SYSTEM\\W3SVC\\Parameters\\Filter DLLs", A),
          story -> story.loaded(A),
          story -> story.loaded(B),
          story -> story.failedToLoad(A),
          story -> story.failedToLoad(B),
          story -> story.after(Duration.ofMinutes(20)),
          story -> story.after(Duration.ofHours(1)),
          story -> story.after(Duration.ofHours(23)));

  @Provide
  Arbitrary<List<Decoded>> stories() {
    return Arbitraries.of(ACTS)
        .list()
        .ofMaxSize(40)
        .map(
            acts -> {
              Story story = Story.begin();
              acts.forEach(act -> act.accept(story));
              return story.records();
            });
  }

  @Property(tries = 400)
  void orderRestartsAndReloadsDoNotMatter(
      @ForAll("stories") List<Decoded> story, @ForAll Random random) throws IOException {
    List<String> expected = said(story, Duration.ZERO);
    Statistics.collect(expected.isEmpty() ? "nothing said" : "something said");

    InMemorySink sink = new InMemorySink();
    Detector detector = detector(LATENESS, sink);
    try {
      for (Decoded record : shuffled(story, random)) {
        detector.accept(record);
        if (random.nextInt(5) == 0) {
          detector.reload(random.nextBoolean() ? RULES : SAME_RULES);
        }
        if (random.nextInt(5) == 0) {
          // Let go of without being closed, as when its process is killed.
          ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
          detector.snapshot(snapshot);
          detector = detector(LATENESS, sink);
          detector.restore(new ByteArrayInputStream(snapshot.toByteArray()));
        }
      }
    } finally {
      detector.close();
    }

    assertEquals(expected, ids(sink));
  }

  private static List<String> said(List<Decoded> records, Duration lateness) {
    InMemorySink sink = new InMemorySink();
    try (Detector detector = detector(lateness, sink)) {
      records.forEach(detector::accept);
    }
    return ids(sink);
  }

  private static List<String> ids(InMemorySink sink) {
    return sink.alerts().stream()
        .map(alert -> alert.rule().id() + " " + alert.id())
        .sorted()
        .toList();
  }

  private static List<Decoded> shuffled(List<Decoded> story, Random random) {
    Map<Decoded, Instant> arrivals = new HashMap<>();
    for (Decoded record : story) {
      arrivals.put(
          record,
          record
              .events()
              .get(0)
              .getTimestamp()
              .plusMillis(random.nextInt(Math.toIntExact(LATENESS.toMillis()))));
    }
    List<Decoded> shuffled = new ArrayList<>(story);
    shuffled.sort(Comparator.comparing(arrivals::get));
    return shuffled;
  }

  private static Detector detector(Duration lateness, InMemorySink sink) {
    return Detector.builder().rules(RULES).lateness(lateness).sink(sink).build();
  }
}
