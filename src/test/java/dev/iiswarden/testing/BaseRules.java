package dev.iiswarden.testing;

import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Provides the files of the two base rules, as in an analyst's rules directory. */
public final class BaseRules {
  private static final List<String> FILES =
      List.of("registry-then-file.drl", "w3wp-module-load.drl");

  private BaseRules() {}

  /** Loads the rules. */
  public static Rules loaded() {
    try {
      Path directory = Files.createTempDirectory("base-rules");
      for (String file : FILES) {
        Files.copy(Path.of("rules-drl", file), directory.resolve(file));
      }
      Rules rules = Rules.fromDirectory(directory);
      for (String file : FILES) {
        Files.delete(directory.resolve(file));
      }
      Files.delete(directory);
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
