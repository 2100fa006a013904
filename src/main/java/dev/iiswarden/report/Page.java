package dev.iiswarden.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A self-contained HTML file. Its content security policy (W3C "Content Security Policy Level 3",
 * section 6.7.3.3, hash sources) permits only the scripts and the style sheet added here, and
 * forbids the page to fetch or send anything.
 */
final class Page {
  private static final String D3_VERSION = "META-INF/maven/org.webjars.npm/d3/pom.properties";

  private final String title;
  private final List<String> scripts = new ArrayList<>();
  private final StringBuilder templates = new StringBuilder();
  private final StringBuilder blocks = new StringBuilder();

  /**
   * Creates an empty page.
   *
   * @param title the title of the window
   */
  Page(String title) {
    this.title = title;
  }

  /** Adds d3 with its licence. */
  Page withD3() {
    Properties maven = new Properties();
    try (InputStream in = open(D3_VERSION)) {
      maven.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = maven.getProperty("version");
    String directory = "META-INF/resources/webjars/d3/" + version;
    scripts.add(
        "/*\n"
            + resource(directory + "/LICENSE").strip()
            + "\n*/\n"
            + resource(directory + "/dist/d3.min.js").strip());
    return this;
  }

  /** Adds scripts of this package as one script, so that they see each other and stay private. */
  Page withScripts(String... names) {
    StringBuilder script = new StringBuilder("(() => {\n\"use strict\";\n");
    for (String name : names) {
      script.append(resource("dev/iiswarden/report/" + name));
    }
    scripts.add(script.append("})();").toString());
    return this;
  }

  /** Adds a value for the page's scripts. */
  Page withData(String id, PackedJson value) {
    blocks
        .append("<script type=\"application/gzip\" id=\"")
        .append(id)
        .append("\">")
        .append(value.text())
        .append("</script>\n");
    return this;
  }

  /**
   * Adds markup that the page's scripts show on request.
   *
   * @param html the markup, which must not contain text of an event
   */
  Page withTemplate(String id, String html) {
    templates
        .append("<template id=\"")
        .append(id)
        .append("\">")
        .append(html)
        .append("</template>\n");
    return this;
  }

  /**
   * Writes the page. It is first written beside the file, so that the file is never incomplete.
   *
   * @throws IOException if the page cannot be written; the file is then unchanged
   */
  void write(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(beside, StandardOpenOption.CREATE_NEW)) {
        write(out);
      }
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private void write(Writer out) throws IOException {
    String style = resource("dev/iiswarden/report/page.css");
    String policy =
        "default-src 'none'; script-src "
            + scripts.stream().map(Page::hash).collect(Collectors.joining(" "))
            + "; style-src "
            + hash(style)
            + "; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
            + " trusted-types 'none'";
    out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.write("<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n");
    out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.write("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.write("<meta name=\"referrer\" content=\"no-referrer\">\n");
    out.write("<title>" + escape(title) + "</title>\n<style>" + style + "</style>\n</head>\n");
    out.write(resource("dev/iiswarden/report/body.html"));
    out.write(templates.toString());
    out.write(blocks.toString());
    for (String script : scripts) {
      out.write("<script>" + script + "</script>\n");
    }
    out.write("</body>\n</html>\n");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = open(name)) {
      // A browser converts all line ends to line feeds before it checks content against the policy.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = Page.class.getResourceAsStream("/" + name);
    if (in == null) {
      throw new IllegalStateException(name + " is missing on the class path");
    }
    return in;
  }
}
