package dev.iiswarden.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.rules.Rule;
import dev.iiswarden.rules.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuideTest {
  @TempDir private Path directory;

  @Test
  void everyBundledRuleHasItsGuideInTheJar() {
    for (Rule rule : Rules.bundled().all()) {
      String html = Guide.html(rule.guide(), List.of()).orElseThrow();
      assertTrue(html.contains("<h4>Investigate</h4>"), rule.id());
    }
  }

  @Test
  void markupAndScriptsInAGuideAreText() {
    String html =
        Guide.render(
            "x <img src=x onerror=alert(1)> [y](javascript:alert(1))\n\n<script>1</script>");

    assertFalse(html.contains("<img"), html);
    assertFalse(html.contains("<script"), html);
    assertFalse(html.contains("javascript:"), html);
    assertEquals("<p>x</p>\n", Guide.render("![[x](http://example.org/)](p.png)"));
  }

  @Test
  void whatLiesBesideAGuideIsNamedWithoutALinkForThePageIsAlone() {
    String html =
        Guide.render(
            "[the list](../allowlist.md), [ATT&CK](https://attack.mitre.org/), ![p](p.png)");

    assertEquals(
        "<p>the list, <a rel=\"nofollow\" href=\"https://attack.mitre.org/\">ATT&amp;CK</a>, p</p>\n",
        html);
  }

  @Test
  void headingsGoBelowThatOfTheRule() {
    assertEquals(
        "<h4>Investigate</h4>\n<h5>EQL</h5>\n",
        Guide.render("# The rule\n\n## Investigate\n\n### EQL\n"));
  }

  @Test
  void aGuideLiesBelowTheDirectoryOfTheRules() throws IOException {
    Path rules = Files.createDirectory(directory.resolve("rules"));
    Files.writeString(directory.resolve("secret.md"), "secret");
    Files.writeString(rules.resolve("mine.md"), "mine");

    assertEquals(Optional.of("<p>mine</p>\n"), Guide.html("mine.md", List.of(rules)));
    assertEquals(Optional.empty(), Guide.html("../secret.md", List.of(rules)));
    assertEquals(
        Optional.empty(), Guide.html(directory.resolve("secret.md").toString(), List.of(rules)));
    assertEquals(Optional.empty(), Guide.html("https://example.org/guide.md", List.of(rules)));
    assertEquals(Optional.empty(), Guide.html("", List.of(rules)));
    Files.write(rules.resolve("latin.md"), new byte[] {'m', (byte) 0xe4});
    assertEquals(Optional.of("<p>m\ufffd</p>\n"), Guide.html("latin.md", List.of(rules)));
  }
}
