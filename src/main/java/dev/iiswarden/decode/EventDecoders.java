package dev.iiswarden.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The decoders that come with iiswarden, and those that the class path adds. */
public final class EventDecoders {
  private static final EventDecoder AUTO =
      new JsonEventDecoder("auto", FieldTree.of(Field.values()), EventDecoders::byShape);
  private static final EventDecoder ECS =
      new JsonEventDecoder("ecs", FieldTree.of(Field.ofEcs()), EcsMapping::decode);
  private static final EventDecoder SYSMON =
      new JsonEventDecoder("sysmon", FieldTree.of(Field.ofSysmon()), SysmonMapping::decode);

  private EventDecoders() {}

  /** Recognises each record's shape by itself: a record with an {@code EventID} is Sysmon's. */
  public static EventDecoder auto() {
    return AUTO;
  }

  /**
   * Documents of the Elastic Common Schema in JSON: keys nested, dotted or mixed, values single or
   * in arrays. Numbers and booleans are taken as their JSON text; of several values for a field
   * that has one, the first counts; an integer {@code @timestamp} is milliseconds since the epoch
   * and one without a zone is UTC.
   */
  public static EventDecoder ecs() {
    return ECS;
  }

  /**
   * Sysmon events in flattened JSON, fields at the top level, as the Mordor data sets, NXLog and
   * NXLog through Logstash write them. Time is {@code UtcTime} and the host is {@code Hostname},
   * the machine of origin; what happened follows from {@code EventID}.
   */
  public static EventDecoder sysmon() {
    return SYSMON;
  }

  /**
   * The decoder of the given name, the ones here first, then those that {@link ServiceLoader}
   * finds.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names there are
   */
  public static EventDecoder named(String name) {
    List<String> names = new ArrayList<>();
    for (EventDecoder decoder : all()) {
      if (decoder.name().equals(name)) {
        return decoder;
      }
      names.add(decoder.name());
    }
    throw new IllegalArgumentException(
        "no decoder is named '" + name + "'; there are " + String.join(", ", names));
  }

  private static List<EventDecoder> all() {
    List<EventDecoder> decoders = new ArrayList<>(List.of(AUTO, ECS, SYSMON));
    ServiceLoader.load(EventDecoder.class).forEach(decoders::add);
    return decoders;
  }

  private static Decoded byShape(FieldValues values, long line) {
    return values.has(Field.EVENT_ID)
        ? SysmonMapping.decode(values, line)
        : EcsMapping.decode(values, line);
  }
}
