package dev.iiswarden.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Generates streams with many alerts of the base query. Half of the values meet its conditions, the
 * others narrowly fail them, and the times are close to the limits of its span and its order.
 */
public final class Samples {
  private static final Instant START = Instant.parse("2026-01-01T23:30:00Z");
  private static final Duration[] STEPS = {
    Duration.ZERO,
    Duration.ZERO,
    Duration.ofNanos(1),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofSeconds(7),
    Duration.ofMinutes(10),
    Duration.ofMinutes(30),
    Duration.ofHours(1).minusNanos(1),
    Duration.ofHours(1),
    Duration.ofHours(1).plusNanos(1),
    Duration.ofHours(1).plusMillis(1),
    Duration.ofHours(30)
  };

  private Samples() {}

  /** Streams in the order of their events' times. */
  public static Arbitrary<List<Sample>> inOrder() {
    return Combinators.combine(record(), Arbitraries.of(STEPS))
        .as(Tuple::of)
        .list()
        .ofMaxSize(40)
        .map(
            steps -> {
              List<Sample> stream = new ArrayList<>();
              Instant time = START;
              for (int i = 0; i < steps.size(); i++) {
                time = time.plus(steps.get(i).get2());
                stream.add(steps.get(i).get1().at("e" + i, time));
              }
              return sorted(stream);
            });
  }

  /** The stream in the order of its events' times; equal times keep their order. */
  public static List<Sample> sorted(List<Sample> stream) {
    return stream.stream()
        .sorted(
            Comparator.comparing(Sample::time)
                .thenComparing(Sample::sequence, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }

  /** Streams in which no event arrives after one that is newer by more than this. */
  public static Arbitrary<List<Sample>> outOfOrder(Duration lateness) {
    return Combinators.combine(inOrder(), Arbitraries.randoms())
        .as(
            (stream, random) -> {
              List<Instant> arrivals =
                  stream.stream()
                      .map(
                          sample ->
                              sample
                                  .time()
                                  .plusMillis(random.nextInt(Math.toIntExact(lateness.toMillis()))))
                      .toList();
              return IntStream.range(0, stream.size())
                  .boxed()
                  .sorted(Comparator.comparing(arrivals::get))
                  .map(stream::get)
                  .toList();
            });
  }

  /** An irrelevant record, this long after the beginning of every stream. */
  public static Sample ordinary(String host, Duration after) {
    return new Sample(
        "ordinary",
        START.plus(after),
        null,
        host,
        List.of("file"),
        List.of("deletion"),
        null,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null);
  }

  private static Arbitrary<Draft> record() {
    Arbitrary<List<String>> categories =
        Arbitraries.frequency(
            Tuple.of(8, List.of("registry")),
            Tuple.of(8, List.of("file")),
            Tuple.of(2, List.of("library")),
            Tuple.of(2, List.of("registry", "file")),
            Tuple.of(1, List.of("library", "file", "registry")),
            Tuple.of(1, List.of("process")),
            Tuple.of(1, List.of("Registry")),
            Tuple.of(1, List.<String>of()));
    Arbitrary<List<String>> types =
        Arbitraries.frequency(
            Tuple.of(6, List.of("change")),
            Tuple.of(6, List.of("creation")),
            Tuple.of(2, List.of("deletion", "change")),
            Tuple.of(1, List.of("deletion")),
            Tuple.of(1, List.<String>of()));
    Arbitrary<@Nullable String> hosts = Arbitraries.of("A", "A", "a", "B").injectNull(0.1);
    Arbitrary<@Nullable Long> sequences = Arbitraries.longs().between(-2, 3).injectNull(0.5);
    return Combinators.combine(
            categories, types, hosts, sequences, registry(), file(), dll(), processName())
        .as(Draft::new);
  }

  private static Arbitrary<@Nullable String> processName() {
    return Arbitraries.frequency(
            Tuple.of(5, "cmd.exe"),
            Tuple.of(5, "w3wp.exe"),
            Tuple.of(1, "MSIEXEC.exe"),
            Tuple.of(1, "TiWorker.exe"),
            Tuple.of(1, "xmsiexec.exe"),
            Tuple.of(1, "wu\u017fa.exe"))
        .injectNull(0.1);
  }

  private static Arbitrary<List<@Nullable String>> registry() {
    return Combinators.combine(
            Arbitraries.of("HKLM\\W3SVC\\x", "isapi FILTER", "x\nGlobalModules", "W3SV"),
            Arbitraries.of("Path", "DLL", "filterdlls", "ImagePath2"),
            Arbitraries.of("C:\\a.dll", "A.DLL,b", "c.exe", "").injectNull(0.05))
        .as(Samples::listOf);
  }

  private static Arbitrary<List<@Nullable String>> file() {
    return Combinators.combine(
            Arbitraries.of("C:\\inetpub\\a.dll", "C:\\IIS\\b", "C:\\x\\inetsrv\\c", "C:\\iis"),
            Arbitraries.of("dll", "DLL", "dll", "dl").injectNull(0.05))
        .as(Samples::listOf);
  }

  private static Arbitrary<List<@Nullable String>> dll() {
    return Combinators.combine(
            Arbitraries.of("C:\\Users\\a", "C:\\temp\\b", "C:\\Windows\\c").injectNull(0.05),
            Arbitraries.of("a.dll", "b.DLL", "c.dll.exe").injectNull(0.05))
        .as(Samples::listOf);
  }

  private static List<@Nullable String> listOf(@Nullable String... values) {
    return Arrays.asList(values);
  }

  /** A sample that has no time yet. */
  private record Draft(
      List<String> categories,
      List<String> types,
      @Nullable String host,
      @Nullable Long sequence,
      List<@Nullable String> registry,
      List<@Nullable String> file,
      List<@Nullable String> dll,
      @Nullable String processName) {

    Sample at(String id, Instant time) {
      String data = registry.get(2);
      return new Sample(
          id,
          time,
          sequence,
          host,
          categories,
          types,
          processName,
          registry.get(0),
          registry.get(1),
          data == null ? List.of() : List.of("", data),
          file.get(0),
          file.get(1),
          dll.get(0),
          dll.get(1));
    }
  }
}
