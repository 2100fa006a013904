package dev.iiswarden.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Damaged records never make a decoder throw, nor the facts it made when their fields are read,
 * which happens long after the record was decoded.
 */
class DecoderFuzzProperties {
  private static final List<EventDecoder> DECODERS =
      List.of(EventDecoders.auto(), EventDecoders.ecs(), EventDecoders.of(Shape.FLAT));

  private static final List<String> RECORDS =
      List.of(
          """
          {"@timestamp":"2026-03-01T10:00:00.1234567Z","event":{"id":"r-1","category":["registry",\
          "configuration"],"type":["change"],"sequence":41},"host":{"name":"WEB01"},"process":\
          {"name":"reg.exe","pid":42,"executable":"C:\\\\Tools\\\\reg.exe","command_line":"a \\"b\\"\\n",\
          "parent":{"name":"cmd.exe","pid":7}},"registry":{"path":"HKLM\\\\\u00C4\\\\DLL","value":"DLL",\
          "data":{"strings":["C:\\\\\u20AC.dll","\\u00e4\\ud83d\\ude00",null,true,1.5e3]}}}""",
          """
          {"file.path":"C:\\\\inetpub\\\\a.dll","file.name":"\uD83D\uDE00.dll","dll.path":"C:\\\\b.dll",\
          "event.category":["file","library","process"],"@timestamp":1772359200123,\
          "file":{"extension":"dll"},"process.parent.command_line":"\\/\\b\\f","host.name":["A","B"]}""",
          """
          {"EventID":13,"UtcTime":"2026-03-01 10:00:00.123","Channel":"Microsoft-Windows-Sysmon/Op",\
          "Hostname":"WEB01","Image":"C:\\\\Tools\\\\reg.exe","ProcessId":"42","ProcessGuid":"{1}",\
          "TargetObject":"HKLM\\\\System\\\\\u00C4\\\\DLL","Details":"C:\\\\sample.dll"}""",
          """
          {"Details":"-","TargetFilename":"C:\\\\inetpub\\\\\u20AC.dll","ImageLoaded":"C:\\\\c.dll",\
          "CommandLine":"a \\"b\\" \\u0041","ParentImage":"System","ParentProcessId":4,"Computer":"B",\
          "tags":["x"],"UtcTime":"2026-03-01 10:00:00","EventID":"11","EventType":"INFO"}""",
          """
          {"EventID":7,"@timestamp":"2026-03-01T10:00:00Z","SourceName":"Microsoft-Windows-Sysmon",\
          "ImageLoaded":"C:\\\\Web\\\\c.dll","Image":"C:\\\\Web\\\\w3wp.exe","x":{"y":[{}]}}""");

  /** One change of one byte, at a place counted round the record. */
  record Damage(Kind kind, int place, byte value) {
    enum Kind {
      FLIP_A_BIT,
      REPLACE,
      INSERT,
      DELETE,
      TRUNCATE,
      COPY_A_PIECE
    }

    byte[] done(byte[] record) {
      if (record.length == 0) {
        return new byte[] {value};
      }
      int at = Math.floorMod(place, record.length);
      byte[] head = Arrays.copyOf(record, at);
      byte[] tail = Arrays.copyOfRange(record, at, record.length);
      byte[] rest = Arrays.copyOfRange(record, at + 1, record.length);
      return switch (kind) {
        case FLIP_A_BIT -> joined(head, new byte[] {(byte) (record[at] ^ 1 << (value & 7))}, rest);
        case REPLACE -> joined(head, new byte[] {value}, rest);
        case INSERT -> joined(head, new byte[] {value}, tail);
        case DELETE -> joined(head, rest);
        case TRUNCATE -> (value & 7) == 0 ? head : record;
        case COPY_A_PIECE ->
            joined(head, Arrays.copyOf(tail, Math.min(tail.length, value & 31)), tail);
      };
    }

    private static byte[] joined(byte[]... parts) {
      byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
      int at = 0;
      for (byte[] part : parts) {
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
      return all;
    }
  }

  @Property(tries = 20_000)
  void aDamagedRecordIsReadOrRefused(
      @ForAll("records") String record, @ForAll("damages") List<Damage> damages) {
    byte[] damaged = record.getBytes(StandardCharsets.UTF_8);
    for (Damage damage : damages) {
      damaged = damage.done(damaged);
    }
    for (EventDecoder decoder : DECODERS) {
      readAll(decoder, damaged);
    }
  }

  @Property(tries = 5_000)
  void arbitraryBytesAreReadOrRefused(@ForAll byte[] bytes) {
    for (EventDecoder decoder : DECODERS) {
      readAll(decoder, bytes);
    }
  }

  private static void readAll(EventDecoder decoder, byte[] record) {
    Decoded decoded = decoder.decode(record);
    assertTrue(decoded.malformed().isEmpty() || decoded.events().isEmpty());
    for (Event event : decoded.events()) {
      assertEquals(event.toMap(), event.placed(1, 0).toMap());
    }
    assertEquals(
        FiveForms.outcome(decoded), FiveForms.outcome(decoder.decode(record, 0, record.length, 0)));
  }

  @Provide
  Arbitrary<String> records() {
    return Arbitraries.of(RECORDS);
  }

  @Provide
  Arbitrary<List<Damage>> damages() {
    Arbitrary<Byte> value =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.bytes()),
            Tuple.of(
                1, Arbitraries.of("\"\\{}[],:.0-eu \n".chars().mapToObj(c -> (byte) c).toList())));
    return Combinators.combine(
            Arbitraries.of(Damage.Kind.class), Arbitraries.integers().between(0, 1_000), value)
        .as(Damage::new)
        .list()
        .ofMaxSize(6);
  }
}
