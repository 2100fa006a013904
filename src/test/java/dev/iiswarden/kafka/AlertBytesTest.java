package dev.iiswarden.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.iiswarden.Detector;
import dev.iiswarden.alert.Alert;
import dev.iiswarden.alert.AlertFormat;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.sink.InMemorySink;
import dev.iiswarden.testing.EcsLines;
import dev.iiswarden.testing.IisEvents;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An alert fits into a record of Kafka. */
class AlertBytesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Alert alert(String command) {
    InMemorySink sink = new InMemorySink();
    String line = EcsLines.load("1", "WEB01", IisEvents.START);
    try (Detector detector = Detector.builder().sink(sink).build()) {
      detector.accept(
          EventDecoders.auto()
              .decode(
                  line.replace(
                      "\"process\":{", "\"process\":{\"command_line\":\"" + command + "\",")));
    }
    return sink.alerts().get(0);
  }

  @ParameterizedTest
  @EnumSource(AlertFormat.class)
  void anAlertThatFitsIsWrittenAsItIs(AlertFormat format) {
    Alert alert = alert("c");
    assertArrayEquals(
        format.toJson(alert).getBytes(StandardCharsets.UTF_8), AlertBytes.of(alert, format));
  }

  @ParameterizedTest
  @EnumSource(AlertFormat.class)
  void theLongestTextsOfALargeOneAreCutAndItSaysSo(AlertFormat format) throws Exception {
    Alert alert = alert("\uD83D\uDE00".repeat(600_000));
    byte[] bytes = AlertBytes.of(alert, format);
    assertTrue(bytes.length <= RecordSize.MOST_BYTES, () -> bytes.length + " bytes");
    assertTrue(bytes.length > RecordSize.MOST_BYTES / 4, () -> bytes.length + " bytes");
    JsonNode json = JSON.readTree(bytes);
    JsonNode whole = JSON.readTree(format.toJson(alert));
    boolean isEcs = format == AlertFormat.ECS;
    String command = isEcs ? "/process/command_line" : "/evidences/0/actor/process/cmd_line";
    assertTrue(whole.at(command).asText().startsWith(json.at(command).asText()));
    assertTrue(
        json.at(isEcs ? "/labels/shortened" : "/unmapped/shortened")
            .asText()
            .endsWith(" characters, lists to 65536 values"),
        () -> json.at("/labels") + " " + json.at("/unmapped"));
    for (String same :
        isEcs
            ? new String[] {"/event", "/rule", "/threat", "/host", "/dll", "/message"}
            : new String[] {
              "/metadata", "/finding_info", "/device", "/message", "/evidences/0/file"
            }) {
      assertEquals(whole.at(same), json.at(same));
    }
  }

  @Test
  void charactersAreNotCutInHalf() throws Exception {
    byte[] bytes = AlertBytes.of(alert("x" + "\uD83D\uDE00".repeat(600_000)), AlertFormat.ECS);
    String command = JSON.readTree(bytes).at("/process/command_line").asText();
    assertTrue(Character.isLowSurrogate(command.charAt(command.length() - 1)));
  }
}
