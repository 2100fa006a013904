package dev.iiswarden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.testing.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread of a watch ends only when the watch does. */
@Timeout(120)
class ContentWatchTest {
  private volatile String content = "good";
  private final List<String> taken = new CopyOnWriteArrayList<>();

  private static String failOn(String content) {
    switch (content) {
      case "deep" -> throw new StackOverflowError();
      case "unlinked" -> throw new NoClassDefFoundError("x");
      case "large" -> throw new OutOfMemoryError("Required array size too large");
      case "wrong" -> throw new IllegalStateException("x");
      default -> {
        return content;
      }
    }
  }

  @Test
  void noErrorOfWhatTakesTheContentEndsIt() throws Exception {
    try (ContentWatch<String> watch =
        new ContentWatch<>(
            "test-watch",
            "the content",
            null,
            () -> content,
            text -> taken.add(failOn(text)),
            () -> false)) {
      watch.start();
      Await.until(() -> watch.reloaded() == 1);
      int refused = 0;
      for (String bad : List.of("deep", "unlinked", "large", "wrong")) {
        content = bad;
        refused++;
        int expected = refused;
        Await.until(() -> watch.refused() == expected);
      }
      content = "better";
      Await.until(() -> watch.reloaded() == 2);
      assertEquals(List.of("good", "better"), taken);
    }
  }

  @Test
  void noErrorOfWhatReadsTheContentEndsIt() throws Exception {
    try (ContentWatch<String> watch =
        new ContentWatch<>(
            "test-watch", "the content", null, () -> failOn(content), taken::add, () -> false)) {
      watch.start();
      Await.until(() -> watch.reloaded() == 1);
      content = "large";
      Await.until(() -> watch.refused() == 1);
      content = "better";
      Await.until(() -> watch.reloaded() == 2);
      assertEquals(List.of("good", "better"), taken);
    }
  }
}
