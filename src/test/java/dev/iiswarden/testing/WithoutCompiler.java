package dev.iiswarden.testing;

import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.rules.RulesDirectory;
import dev.iiswarden.rules.RulesException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that does what an embedder without the compiler of Drools can do: it detects with the
 * bundled rules and with those of a directory, saves and restores, reloads, explains, and at last
 * tries to compile trusted rules. Arguments: {@code RULES SAMPLES}. It prints how each ended.
 */
public final class WithoutCompiler {
  private WithoutCompiler() {}

  /** Does all of it. */
  public static void main(String[] args) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(args[1]))) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    RulesDirectory directory = RulesDirectory.at(Path.of(args[0]));
    System.out.println("bundled: " + judge(Rules.bundled(), lines));
    System.out.println("directory: " + judge(directory.compile(), lines));
    System.out.println("lint: " + directory.lint());
    try {
      directory.trusted().compile();
      System.out.println("trusted: compiled");
    } catch (RulesException e) {
      System.out.println("trusted: " + e.getMessage());
    }
  }

  /** Stops half-way, and continues in another detector and with the rules loaded once more. */
  private static List<String> judge(Rules rules, List<String> lines) throws IOException {
    List<String> said = new ArrayList<>();
    EventDecoder decoder = EventDecoders.auto();
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    int half = lines.size() / 2;
    try (Detector detector = detector(rules, said)) {
      lines.subList(0, half).forEach(line -> detector.accept(decoder.decode(line)));
      detector.snapshot(state);
    }
    said.clear();
    try (Detector detector = detector(rules, said)) {
      lines.subList(0, half).forEach(line -> detector.accept(decoder.decode(line)));
      detector.reload(Rules.fromFiles(rules.files()));
      lines.subList(half, lines.size()).forEach(line -> detector.accept(decoder.decode(line)));
      detector.advanceTo(Instant.parse("2027-01-01T00:00:00Z"));
    }
    try (Detector detector = detector(rules, new ArrayList<>())) {
      detector.restore(new ByteArrayInputStream(state.toByteArray()));
    }
    return said.stream().sorted().toList();
  }

  private static Detector detector(Rules rules, List<String> said) {
    return Detector.builder()
        .rules(rules)
        .sink(
            alert -> {
              said.add(alert.rule().id());
              if (rules.explain(alert.rule(), alert.evidence()).isEmpty()) {
                said.add("unexplained " + alert.rule().id());
              }
            })
        .build();
  }
}
