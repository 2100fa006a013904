package dev.iiswarden.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.iiswarden.Detector;
import dev.iiswarden.decode.EventDecoder;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.rules.Rules;
import dev.iiswarden.testing.OrdinaryEvents;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Measures the reading of records, with and without detection. */
final class LinesBench {
  private static final JsonFactory JSON = new JsonFactory();
  private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

  private LinesBench() {}

  static void lines(String[] logs) throws IOException {
    lines("made-up Sysmon lines", OrdinaryEvents.sysmonLines(20_000, 100));
    xml("made-up Sysmon events as XML", OrdinaryEvents.xmlLines(20_000, 100));
    for (String log : logs) {
      if (Files.exists(Path.of(log))) {
        lines(log, read(Path.of(log)));
      } else {
        System.out.printf("%n%s is not here: left out%n", log);
      }
    }
  }

  private static void lines(String title, List<byte[]> lines) {
    EventDecoder decoder = EventDecoders.auto();
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      long bytes = lines.stream().mapToLong(line -> line.length).sum();
      new Comparison(
              title + String.format(Locale.ROOT, ", %,d bytes a line", bytes / lines.size()),
              lines.size())
          .with("Jackson tokenising alone", () -> tokenise(lines))
          .with("decoding", () -> Work.decode(decoder, lines))
          .with("decoding and detection", () -> Work.detect(detector, decoder, lines))
          .print();
    }
  }

  private static void xml(String title, List<byte[]> records) {
    EventDecoder decoder = EventDecoders.auto();
    try (Detector detector = Detector.builder().rules(Rules.baseQuery()).build()) {
      long bytes = records.stream().mapToLong(record -> record.length).sum();
      new Comparison(
              title + String.format(Locale.ROOT, ", %,d bytes a record", bytes / records.size()),
              records.size())
          .with("StAX of the JDK alone", () -> stax(records))
          .with("decoding", () -> Work.decode(decoder, records))
          .with("decoding and detection", () -> Work.detect(detector, decoder, records))
          .print();
    }
  }

  private static long stax(List<byte[]> records) {
    long events = 0;
    for (byte[] record : records) {
      try {
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(record));
        while (reader.hasNext()) {
          reader.next();
          events++;
        }
        reader.close();
      } catch (XMLStreamException e) {
        throw new IllegalStateException(e);
      }
    }
    return events;
  }

  private static long tokenise(List<byte[]> lines) {
    long tokens = 0;
    for (byte[] line : lines) {
      try (JsonParser parser = JSON.createParser(line)) {
        while (parser.nextToken() != null) {
          tokens++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return tokens;
  }

  static List<byte[]> read(Path file) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw,
                    StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return lines;
  }
}
