package dev.iiswarden.decode;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Factories for the decoders that come with iiswarden and for those on the class path. All decoders
 * are safe for use by several threads.
 */
public final class EventDecoders {
  private static final EventDecoder AUTO =
      new ShapeDecoder("auto", EnumSet.allOf(Shape.class), null);

  private EventDecoders() {}

  /**
   * Returns a decoder that recognises the {@link Shape} of each record, so one feed may mix all
   * shapes. It also takes off what pipelines put around a record, see {@code docs/shapes.md}, and a
   * document of several records has a {@linkplain Decoded#records() result for each}.
   */
  public static EventDecoder auto() {
    return AUTO;
  }

  /**
   * Returns a decoder like {@link #auto()} for records of a collector whose time zone is known, of
   * the shapes {@link Shape#SPLUNK} and {@link Shape#COLLECTOR}. With the zone, events that have no
   * {@code UtcTime} have a usable time, too.
   *
   * @param zone the time zone of times that do not name theirs
   */
  public static EventDecoder auto(ZoneId zone) {
    return new ShapeDecoder("auto", EnumSet.allOf(Shape.class), zone);
  }

  /**
   * Returns a decoder for JSON documents of the Elastic Common Schema. Keys are nested, dotted or
   * mixed, values are single or in arrays. Numbers and booleans are read as their JSON text. If a
   * single-valued field has several values, the first is used. An integer {@code @timestamp} is a
   * number since the epoch whose size tells its unit, and one without a zone is UTC. A Windows
   * event to which the pipeline gave no known category is read as {@link Shape#WINLOGBEAT}.
   */
  public static EventDecoder ecs() {
    return of(Shape.ECS);
  }

  /** Returns a decoder that reads every record as the given shape, whatever it looks like. */
  public static EventDecoder of(Shape shape) {
    return Objects.requireNonNull(OfOneShape.BY_SHAPE.get(shape));
  }

  /**
   * Returns the decoder with the given name: {@code auto}, the {@link Shape#label()} of a shape, or
   * the name of a decoder that {@link ServiceLoader} finds.
   *
   * @throws IllegalArgumentException if the name is unknown; the message lists the known names
   */
  public static EventDecoder named(String name) {
    if (AUTO.name().equals(name)) {
      return AUTO;
    }
    List<String> names = new ArrayList<>();
    for (EventDecoder decoder : all()) {
      if (decoder.name().equals(name)) {
        return decoder;
      }
      names.add(decoder.name());
    }
    throw new IllegalArgumentException(
        "unknown decoder '" + name + "'; choose from " + String.join(", ", names));
  }

  private static List<EventDecoder> all() {
    List<EventDecoder> decoders = new ArrayList<>();
    decoders.add(AUTO);
    decoders.addAll(OfOneShape.BY_SHAPE.values());
    ServiceLoader.load(EventDecoder.class).forEach(decoders::add);
    return decoders;
  }

  /** Apart, because whoever reads records of all shapes does without them. */
  private static final class OfOneShape {
    static final Map<Shape, EventDecoder> BY_SHAPE = new EnumMap<>(Shape.class);

    static {
      for (Shape shape : Shape.values()) {
        BY_SHAPE.put(shape, new ShapeDecoder(shape.label(), EnumSet.of(shape), null));
      }
      BY_SHAPE.put(
          Shape.ECS, new ShapeDecoder("ecs", EnumSet.of(Shape.ECS, Shape.WINLOGBEAT), null));
    }

    private OfOneShape() {}
  }
}
