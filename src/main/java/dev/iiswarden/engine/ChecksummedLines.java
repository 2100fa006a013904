package dev.iiswarden.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.event.EventJson;
import dev.iiswarden.event.Sha256;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * JSON Lines with a last line that holds their number and the SHA-256 of all their bytes. Use
 * nothing of what was read before the end is reached. Not safe for use by several threads.
 */
final class ChecksummedLines {
  private static final ObjectMapper JSON = EventJson.mapper();
  private static final String LINES = "lines";
  private static final String CHECKSUM = "sha256";

  private ChecksummedLines() {}

  /** Writes lines to a stream, which it does not close. */
  static final class Writer {
    private final OutputStream out;
    private final MessageDigest digest = Sha256.begin();
    private long lines;

    Writer(OutputStream out) {
      this.out = out;
    }

    void write(JsonNode line) throws IOException {
      byte[] bytes = bytes(line);
      digest.update(bytes);
      out.write(bytes);
      lines++;
    }

    /** Writes the last line and flushes the stream. */
    void end() throws IOException {
      ObjectNode last = JSON.createObjectNode().put(LINES, lines);
      last.put(CHECKSUM, HexFormat.of().formatHex(digest.digest()));
      out.write(bytes(last));
      out.flush();
    }

    private static byte[] bytes(JsonNode line) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      JSON.writeValue(bytes, line);
      bytes.write('\n');
      return bytes.toByteArray();
    }
  }

  /** Reads lines from a stream, which it does not close. */
  static final class Reader {
    private final InputStream in;
    private final MessageDigest digest = Sha256.begin();
    private byte[] last = {};
    private long number;

    Reader(InputStream in) {
      this.in = new BufferedInputStream(in);
    }

    /** Returns the number of the line that was read last, counted from 1. */
    long number() {
      return number;
    }

    /** Returns the first line. */
    JsonNode first() throws IOException {
      byte[] line = line();
      try {
        return JSON.readTree(line);
      } catch (JsonProcessingException e) {
        throw new IOException("this is not a snapshot of iiswarden", e);
      }
    }

    /**
     * Returns the next line; null at the end, once the checksum has been found to match.
     *
     * @throws IOException if the lines are truncated or damaged
     */
    @Nullable JsonNode next() throws IOException {
      // The line before, because the last line is not part of what it is the checksum of.
      digest.update(last);
      byte[] line = line();
      JsonNode json;
      try {
        json = JSON.readTree(line);
      } catch (JsonProcessingException e) {
        throw new IOException(
            "line " + number + " of the snapshot is damaged: " + e.getOriginalMessage(), e);
      }
      if (!json.has(LINES)) {
        return json;
      }
      if (json.path(LINES).asLong() != number - 1
          || !HexFormat.of().formatHex(digest.digest()).equals(json.path(CHECKSUM).asText())) {
        throw new IOException("the snapshot is damaged: its checksum does not match");
      }
      return null;
    }

    /** Returns a whole line with its end, which only the first one may lack. */
    private byte[] line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        line.write(next);
        if (next == '\n') {
          number++;
          last = line.toByteArray();
          return last;
        }
      }
      if (number == 0 && line.size() > 0) {
        // It may be a file of another kind or version, which is told by its first line.
        number++;
        last = line.toByteArray();
        return last;
      }
      throw new IOException("the snapshot was cut short after line " + number);
    }
  }
}
