package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import dev.iiswarden.testing.WindowsEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malicious records cost no more than their size and open no file or connection. */
@Timeout(60)
class HostileRecordsTest {
  private static final int MANY = 100_000;
  private static final int LONG = 15 << 20;
  private static final String EVENT =
      WindowsEvent.sysmon(
              11,
              Instant.parse("2026-03-04T22:12:07.226Z"),
              "WEB01",
              Map.of("TargetFilename", "C:\\inetpub\\x.dll"))
          .xml();

  @TempDir Path directory;

  private static String reason(String record) {
    Decoded decoded = EventDecoders.auto().decode(record);
    assertEquals(List.of(), decoded.events());
    return decoded.malformed().map(Decoded.Malformed::reason).orElse("");
  }

  private static void assertReason(String expected, String record) {
    String reason = reason(record);
    assertTrue(reason.contains(expected), reason);
  }

  // XML

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE Event>",
        "<!DOCTYPE Event [<!ENTITY x \"y\">]>",
        "<!DOCTYPE Event [<!ENTITY % x \"y\"> %x;]>",
        "<!DOCTYPE Event SYSTEM \"http://127.0.0.1:1/x.dtd\">"
      })
  void aDocumentTypeDeclarationIsRefused(String declaration) {
    assertReason("a document type declaration, which is not allowed", declaration + EVENT);
  }

  @Test
  void entitiesThatGrowAreNotEvenDefined() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE Event [<!ENTITY a0 \"aaaaaaaaaa\">");
    for (int i = 1; i < 20; i++) {
      bomb.append("<!ENTITY a").append(i).append(" \"").append(("&a" + (i - 1) + ";").repeat(10));
      bomb.append("\">");
    }
    assertReason("a document type declaration", bomb + "]>" + EVENT.replace("inetpub", "&a19;"));
  }

  @Test
  void anEntityThatIsNotXmlsOwnIsRefused() {
    assertFalse(reason(EVENT.replace("inetpub", "&x;")).isEmpty());
    assertEquals(1, EventDecoders.auto().decode(EVENT.replace("inetpub", "&amp;")).events().size());
  }

  @Test
  void externalEntitiesOpenNeitherFilesNorConnections() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "C:\\secret.dll");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(300);
      for (String url :
          List.of(secret.toUri().toString(), "http://127.0.0.1:" + server.getLocalPort() + "/x")) {
        for (String definition :
            List.of(
                "[<!ENTITY x SYSTEM \"" + url + "\">]",
                "[<!ENTITY % x SYSTEM \"" + url + "\"> %x;]",
                "SYSTEM \"" + url + "\"")) {
          String record =
              "<!DOCTYPE Event " + definition + ">" + EVENT.replace("C:\\inetpub\\x.dll", "&x;");
          assertReason("a document type declaration", record);
        }
      }
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }

  @Test
  void elementsInEachOtherAreRefusedBeforeTheyAreDeep() {
    assertReason("elements nested deeper than 32", "<Event>" + "<a>".repeat(MANY));
    assertReason("shape of the record is not known", "<a>".repeat(MANY));
    assertReason("elements nested deeper than 32", "<Event><System>" + "<a>".repeat(MANY));
  }

  @Test
  void manyOrLongPartsAreReadOrRefused() {
    String attributes =
        IntStream.range(0, MANY).mapToObj(i -> " a" + i + "=''").collect(Collectors.joining());
    assertFalse(reason("<Event" + attributes + "/>").isEmpty());
    assertReason(
        "shape of the record is not known", "<Event>" + "<a/>".repeat(1_000_000) + "</Event>");
    Event event =
        EventDecoders.auto().decode(EVENT.replace("inetpub", "x".repeat(LONG))).events().get(0);
    assertTrue(event.toString().length() > LONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<Event/>", "text", "<"})
  void nothingMayFollowTheEvent(String more) {
    assertFalse(reason(EVENT + more).isEmpty());
  }

  @Test
  void whatXmlAllowsBesideElementsIsPassedOver() {
    String record =
        "<?xml version='1.0' encoding='UTF-8'?><!-- a --><?b c?>"
            + EVENT
                .replace("<EventData>", "<EventData><!-- a --><?b c?>")
                .replace("inetpub", "<![CDATA[inetpub]]>");

    assertEquals(1, EventDecoders.auto().decode(record).events().size());
  }

  @Test
  void severalThreadsDoNotMixUpTheirEvents() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> results =
          IntStream.range(0, 4)
              .mapToObj(
                  thread ->
                      threads.submit(
                          () -> {
                            String name = "C:\\thread" + thread + ".dll";
                            String record = EVENT.replace("C:\\inetpub\\x.dll", name);
                            for (int i = 0; i < 5_000; i++) {
                              Decoded decoded = EventDecoders.auto().decode(record);
                              if (!decoded.events().get(0).toString().contains(name)) {
                                return false;
                              }
                            }
                            return true;
                          }))
              .toList();
      for (Future<Boolean> result : results) {
        assertTrue(result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  // JSON

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"event\":{\"category\":["})
  void jsonInItselfIsRefusedBeforeItIsDeep(String opening) {
    assertReason("nesting depth", "{\"a\":" + opening.repeat(MANY));
  }

  @Test
  void jsonInsideOfJsonHasTheSameLimit() {
    assertReason(
        "nesting depth", "{\"EventID\":11,\"EventData\":\"{\\\"a\\\":" + "[".repeat(MANY) + "\"}");
  }

  @Test
  void aNumberOfAMillionDigitsIsRefused() {
    assertReason("Number", "{\"EventID\":" + "1".repeat(1_000_000) + "}");
  }

  @ParameterizedTest
  @CsvSource({"11, 1", "10, 0"})
  void longStringsAndKeysAreReadOrRefused(int id, int facts) {
    String record =
        "{\"EventID\":" + id + ",\"UtcTime\":\"2026-03-01 10:00:00\",\"TargetFilename\":\"";

    assertEquals(
        facts, EventDecoders.auto().decode(record + "x".repeat(LONG) + "\"}").events().size());
    assertReason("Name length", "{\"" + "k".repeat(10 << 20) + "\":1}");
  }

  @Test
  void aMillionKeysAreRead() {
    StringBuilder record = new StringBuilder("{\"EventID\":10");
    for (int i = 0; i < 1_000_000; i++) {
      record.append(",\"").append(i).append("\":1");
    }

    assertEquals("", reason(record.append('}').toString()));
  }

  @Test
  void aRecordThatIsTooLongIsRefusedUnread() {
    assertEquals("longer than 16 MiB", reason("{\"a\":\"" + "x".repeat(17 << 20) + "\"}"));
  }

  // Splunk's text

  @Test
  void aMillionLinesAreRead() {
    String head = "03/04/2026 05:12:07 PM\nEventCode=11\n";

    assertReason("no UtcTime", head + "SourceName=Sysmon\nMessage=a\n" + "x\n".repeat(1_000_000));
    assertEquals("", reason(head + "x\n".repeat(1_000_000)));
  }

  @Test
  void aReasonDoesNotQuoteTheWholeRecord() {
    assertTrue(reason("<" + "x".repeat(1_000_000) + "/>").length() < 400);
    assertTrue(reason("{\"a\":" + "x".repeat(1_000_000)).length() < 400);
  }
}
