package dev.iiswarden.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.iiswarden.read.LogReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of one or several shapes. The first character of a record distinguishes XML, JSON
 * and Splunk's text; the fields of a JSON record determine its shape.
 */
final class ShapeDecoder implements EventDecoder {
  private final String name;
  private final Set<Shape> shapes;
  private final JsonRecords json;
  private final @Nullable Shape onlyJsonShape;
  private final @Nullable ZoneId zone;

  /**
   * Creates a decoder.
   *
   * @param zone the time zone of dates in Splunk's text; null if unknown
   */
  ShapeDecoder(String name, Set<Shape> shapes, @Nullable ZoneId zone) {
    this.name = name;
    this.shapes = Set.copyOf(shapes);
    this.zone = zone;
    json = new JsonRecords(shapes);
    Shape[] jsonShapes = shapes.stream().filter(Shape::isJson).toArray(Shape[]::new);
    onlyJsonShape = jsonShapes.length == 1 ? jsonShapes[0] : null;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Decoded decode(byte[] utf8, int offset, int length, long line) {
    return decode(utf8, offset, length, line, false);
  }

  @Override
  public Decoded decode(byte[] utf8) {
    return decode(utf8, 0, utf8.length, 0, true);
  }

  @Override
  public Decoded decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Decodes a record.
   *
   * @param kept whether the caller leaves the array unchanged, so that facts may read from it later
   */
  private Decoded decode(byte[] utf8, int offset, int length, long line, boolean kept) {
    return read(utf8, offset, length, line, kept)
        .withText(() -> new String(utf8, offset, length, StandardCharsets.UTF_8));
  }

  private Decoded read(byte[] utf8, int offset, int length, long line, boolean kept) {
    if (length > LogReader.LONGEST_RECORD) {
      return Decoded.malformed("longer than " + (LogReader.LONGEST_RECORD >> 20) + " MiB", line, 0);
    }
    int start = offset;
    int end = offset + length;
    while (start < end && isBlank(utf8[start])) {
      start++;
    }
    try {
      if (start < end && utf8[start] == '<' && shapes.contains(Shape.XML)) {
        return of(XmlRecords.read(utf8, start, end - start), Shape.XML, line);
      }
      if (shapes.contains(Shape.SPLUNK) && SplunkRecords.isLikely(utf8, start, end - start)) {
        return of(SplunkRecords.read(utf8, start, end - start, zone), Shape.SPLUNK, line);
      }
      // Fields are read from the copy after this method has returned.
      byte[] record = kept ? utf8 : Arrays.copyOfRange(utf8, offset, end);
      return of(json.read(record), line);
    } catch (MalformedRecordException e) {
      return e.onLine(line);
    }
  }

  @Override
  public Decoded decode(Map<String, ?> document) {
    try {
      return of(json.read(document), 0);
    } catch (MalformedRecordException e) {
      return e.onLine(0);
    }
  }

  @Override
  public Decoded decode(JsonNode document) {
    try {
      return of(json.read(document), 0);
    } catch (MalformedRecordException e) {
      return e.onLine(0);
    }
  }

  private Decoded of(FieldValues values, long line) {
    return of(values, onlyJsonShape == null ? Shape.ofJson(values) : onlyJsonShape, line);
  }

  private static Decoded of(FieldValues values, Shape shape, long line) {
    Decoded decoded =
        switch (shape) {
          case ECS -> EcsMapping.decode(values, line);
          case DEFENDER -> DefenderMapping.decode(values, line);
          case OCSF -> OcsfMapping.decode(values, line);
          case CROWDSTRIKE_FDR -> CrowdstrikeMapping.decode(values, line);
          default -> WindowsMapping.decode(values, shape, line);
        };
    return decoded.as(shape);
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
