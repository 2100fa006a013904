package dev.iiswarden.read.evtx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** Writes EVTX files: the file's header, and chunks that begin with {@link #chunk()}. */
public final class EvtxFiles {
  static final int FILE_HEADER = 4096;
  public static final int CHUNK = 1 << 16;
  static final int FIRST_RECORD = 512;

  private final List<byte[]> chunks = new ArrayList<>();
  private ByteBuffer current = ByteBuffer.allocate(0);
  private final int minorVersion;
  private long nextId = 1;
  private long firstId;
  private int lastRecord;
  private final Map<String, Integer> templates = new HashMap<>();

  public EvtxFiles() {
    this(1);
  }

  EvtxFiles(int minorVersion) {
    this.minorVersion = minorVersion;
  }

  /** Begins another chunk. */
  public EvtxFiles chunk() {
    seal();
    byte[] chunk = new byte[CHUNK];
    chunks.add(chunk);
    current = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).position(FIRST_RECORD);
    firstId = nextId;
    templates.clear();
    return this;
  }

  EvtxFiles nextId(long id) {
    nextId = id;
    return this;
  }

  /** Returns the offset in the present chunk at which the next record begins. */
  public int position() {
    return current.position();
  }

  /** Adds a record. */
  public EvtxFiles record(Consumer<Xml> content) {
    ByteBuffer to = current;
    lastRecord = to.position();
    to.putInt(0x2a2a).putInt(0).putLong(nextId++).putLong(132_537_600_000_000_000L);
    content.accept(new Xml(to, templates));
    while (to.position() % 8 != 4) {
      to.put((byte) 0);
    }
    int size = to.position() + 4 - lastRecord;
    to.putInt(size).putInt(lastRecord + 4, size);
    return this;
  }

  /** Adds a record with an event of these values, in a template that is defined once a chunk. */
  public EvtxFiles event(Value... values) {
    return record(xml -> xml.fragment().event(values).eof());
  }

  private void seal() {
    if (chunks.isEmpty()) {
      return;
    }
    ByteBuffer chunk = current;
    chunk.put(0, "ElfChnk\0".getBytes(StandardCharsets.US_ASCII));
    chunk.putLong(8, firstId).putLong(16, nextId - 1).putLong(24, firstId).putLong(32, nextId - 1);
    chunk.putInt(40, 128).putInt(44, lastRecord).putInt(48, chunk.position());
    sign(chunks.get(chunks.size() - 1), 0);
  }

  /** Writes the checksums of the chunk at an offset. */
  static void sign(byte[] file, int chunk) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    CRC32 crc = new CRC32();
    crc.update(file, chunk + FIRST_RECORD, bytes.getInt(chunk + 48) - FIRST_RECORD);
    bytes.putInt(chunk + 52, (int) crc.getValue());
    crc.reset();
    crc.update(file, chunk, 120);
    crc.update(file, chunk + 128, FIRST_RECORD - 128);
    bytes.putInt(chunk + 124, (int) crc.getValue());
  }

  /** Returns the file. */
  public byte[] bytes() {
    seal();
    byte[] bytes = new byte[FILE_HEADER + chunks.size() * CHUNK];
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put("ElfFile\0".getBytes(StandardCharsets.US_ASCII));
    file.putInt(32, 128).putShort(36, (short) minorVersion).putShort(38, (short) 3);
    // No chunks: a reader must not rely on the count.
    file.putShort(40, (short) FILE_HEADER);
    file.position(FILE_HEADER);
    chunks.forEach(file::put);
    return bytes;
  }

  /** A value of a template's instance. */
  public record Value(int type, Consumer<Xml> content) {
    public static Value of(int type, int... bytes) {
      return new Value(
          type,
          xml -> {
            for (int value : bytes) {
              xml.to.put((byte) value);
            }
          });
    }

    static Value number(int type, int size, long number) {
      return new Value(
          type,
          xml -> {
            for (int i = 0; i < size; i++) {
              xml.to.put((byte) (number >> (8 * i)));
            }
          });
    }

    public static Value text(String text) {
      return text(0x01, text);
    }

    static Value text(int type, String text) {
      return new Value(type, xml -> xml.to.put(text.getBytes(StandardCharsets.UTF_16LE)));
    }

    static Value xml(Consumer<Xml> content) {
      return new Value(0x21, content);
    }
  }

  /** Writes binary XML into the present chunk. */
  public static final class Xml {
    private final ByteBuffer to;
    private final Map<String, Integer> templates;
    private final List<Integer> open = new ArrayList<>();
    private boolean dependencies;

    Xml(ByteBuffer to, Map<String, Integer> templates) {
      this.to = to;
      this.templates = templates;
    }

    Xml raw(int... bytes) {
      for (int value : bytes) {
        to.put((byte) value);
      }
      return this;
    }

    public Xml fragment() {
      return raw(0x0f, 1, 1, 0);
    }

    public Xml eof() {
      return raw(0);
    }

    /**
     * Opens an element; attributes are pairs of a name and an index of a value, or literal text.
     */
    public Xml open(String name, Object... attributes) {
      raw(attributes.length == 0 ? 0x01 : 0x41);
      if (dependencies) {
        raw(0xff, 0xff);
      }
      open.add(to.position());
      to.putInt(0);
      name(name);
      if (attributes.length > 0) {
        int size = to.position();
        to.putInt(0);
        for (int i = 0; i < attributes.length; i += 2) {
          raw(i + 2 < attributes.length ? 0x46 : 0x06);
          name((String) attributes[i]);
          if (attributes[i + 1] instanceof Integer index) {
            slot(index);
          } else {
            text((String) attributes[i + 1]);
          }
        }
        to.putInt(size, to.position() - size - 4);
      }
      return raw(0x02);
    }

    public Xml close() {
      raw(0x04);
      int size = open.remove(open.size() - 1);
      to.putInt(size, to.position() - size - 4);
      return this;
    }

    Xml text(String text) {
      return raw(0x05, 0x01).counted(text);
    }

    Xml cdata(String text) {
      return raw(0x07).counted(text);
    }

    Xml character(int character) {
      return raw(0x08, character & 0xff, character >> 8);
    }

    Xml entity(String name) {
      return raw(0x09).name(name);
    }

    Xml instruction(String target, String data) {
      return raw(0x0a).name(target).raw(0x0b).counted(data);
    }

    Xml slot(int index) {
      return raw(0x0e, index & 0xff, index >> 8, 0x01);
    }

    public Xml element(String name, String text) {
      return open(name).text(text).close();
    }

    private Xml counted(String text) {
      to.putShort((short) text.length());
      to.put(text.getBytes(StandardCharsets.UTF_16LE));
      return this;
    }

    private Xml name(String name) {
      to.putInt(to.position() + 4);
      to.putInt(0).putShort((short) 0).putShort((short) name.length());
      to.put(name.getBytes(StandardCharsets.UTF_16LE)).putShort((short) 0);
      return this;
    }

    /** Writes an event whose EventData holds the values as {@code v0}, {@code v1} and so on. */
    Xml event(Value... values) {
      return instance(
          "event of " + values.length,
          xml -> {
            xml.open("Event", "xmlns", "urn:events").open("EventData");
            for (int i = 0; i < values.length; i++) {
              xml.open("Data", "Name", "v" + i).slot(i).close();
            }
            xml.close().close();
          },
          values);
    }

    /** Writes an instance of a template, and its definition if it is the chunk's first. */
    public Xml instance(String template, Consumer<Xml> definition, Value... values) {
      raw(0x0c, 0x01);
      Integer known = templates.get(template);
      to.putInt(template.hashCode()).putInt(known == null ? to.position() + 4 : known);
      if (known == null) {
        templates.put(template, to.position());
        to.putInt(0).putInt(template.hashCode()).putInt(0).putLong(0);
        int size = to.position();
        to.putInt(0);
        Xml xml = new Xml(to, templates);
        xml.dependencies = true;
        xml.fragment();
        definition.accept(xml);
        xml.eof();
        to.putInt(size, to.position() - size - 4);
      }
      to.putInt(values.length);
      int descriptors = to.position();
      to.position(descriptors + 4 * values.length);
      for (int i = 0; i < values.length; i++) {
        int start = to.position();
        values[i].content().accept(new Xml(to, templates));
        to.putShort(descriptors + 4 * i, (short) (to.position() - start));
        to.put(descriptors + 4 * i + 2, (byte) values[i].type());
      }
      return this;
    }
  }
}
