package dev.iiswarden.site;

import java.nio.file.Path;

/** Writes the frame of a page. The output is also well-formed XML. */
final class Html {
  static final String STYLE = "style.css";

  private static final String FRAME =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <title>%s</title>
      <link rel="stylesheet" href="%s"/>
      </head>
      <body>
      <a class="skip" href="#content">Skip to the content</a>
      <header><p><a href="%s">iiswarden</a> catches malicious IIS components</p></header>
      <div class="columns">
      %s<main id="content" tabindex="-1">
      %s</main>
      </div>
      <footer><p>Apache License 2.0</p></footer>
      </body>
      </html>
      """;

  private Html() {}

  static String page(Path place, String title, String navigation, String contents, String body) {
    return FRAME.formatted(
        escape(title.equals("iiswarden") ? title : title + " - iiswarden"),
        SiteLayout.link(place, Path.of(STYLE)),
        SiteLayout.link(place, Path.of("index.html")),
        navigation,
        withContents(contents, body));
  }

  /** Places the contents after the title and the introduction, before the first section. */
  private static String withContents(String contents, String body) {
    int section = body.indexOf("<h2");
    return contents.isEmpty() || section < 0
        ? body
        : body.substring(0, section) + contents + body.substring(section);
  }

  /** A block of code; it can be scrolled with the keyboard. */
  static String code(String text) {
    return "<pre tabindex=\"0\"><code>" + escape(text) + "</code></pre>\n";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
