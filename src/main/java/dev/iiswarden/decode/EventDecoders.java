package dev.iiswarden.decode;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;

/** The decoders that come with iiswarden, and those that the class path adds. */
public final class EventDecoders {
  private static final EventDecoder AUTO =
      new ShapeDecoder("auto", EnumSet.allOf(Shape.class), null);
  private static final EventDecoder ECS =
      new ShapeDecoder("ecs", EnumSet.of(Shape.ECS, Shape.WINLOGBEAT), null);

  private static final Map<Shape, EventDecoder> BY_SHAPE = new EnumMap<>(Shape.class);

  static {
    for (Shape shape : Shape.values()) {
      BY_SHAPE.put(shape, new ShapeDecoder(shape.label(), EnumSet.of(shape), null));
    }
    BY_SHAPE.put(Shape.ECS, ECS);
  }

  private EventDecoders() {}

  /** Recognises each record's {@link Shape} by itself, so that a feed may mix all of them. */
  public static EventDecoder auto() {
    return AUTO;
  }

  /**
   * Like {@link #auto()}, for records of {@link Shape#SPLUNK} from a collector whose local time is
   * known: so its events other than Sysmon's have a time that can be trusted.
   */
  public static EventDecoder auto(ZoneId zone) {
    return new ShapeDecoder("auto", EnumSet.allOf(Shape.class), zone);
  }

  /**
   * Documents of the Elastic Common Schema in JSON: keys nested, dotted or mixed, values single or
   * in arrays. Numbers and booleans are taken as their JSON text; of several values for a field
   * that has one, the first counts; an integer {@code @timestamp} is milliseconds since the epoch
   * and one without a zone is UTC. A Windows event that the pipeline gave no category of ours is
   * read as {@link Shape#WINLOGBEAT}.
   */
  public static EventDecoder ecs() {
    return ECS;
  }

  /** Takes records for being of the given shape, whatever they look like. */
  public static EventDecoder of(Shape shape) {
    return Objects.requireNonNull(BY_SHAPE.get(shape));
  }

  /**
   * The decoder of the given name: {@code auto}, a shape's {@link Shape#label()}, or one that
   * {@link ServiceLoader} finds.
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
    List<EventDecoder> decoders = new ArrayList<>();
    decoders.add(AUTO);
    decoders.addAll(BY_SHAPE.values());
    ServiceLoader.load(EventDecoder.class).forEach(decoders::add);
    return decoders;
  }
}
