package dev.iiswarden.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.testing.Readme;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java code in the pages compiles and does what the pages say. */
class ReadmeCodeTest {
  private static final String EMBEDDING =
      """
      import dev.iiswarden.*;
      import dev.iiswarden.decode.*;
      import java.time.Duration;
      import java.util.List;
      import java.util.function.BiConsumer;

      public final class Embedding implements BiConsumer<List<String>, List<String>> {
        static final class Siem {
          List<String> raised;
          void raise(String id, String severity, String json) {
            raised.add(severity);
          }
        }

        @Override
        public void accept(List<String> lines, List<String> raised) {
          Siem siem = new Siem();
          siem.raised = raised;
          %s
        }
      }
      """;

  private static final String SINK =
      """
      import dev.iiswarden.*;
      import dev.iiswarden.alert.*;
      import dev.iiswarden.decode.*;
      import dev.iiswarden.rules.*;
      import java.util.List;
      import java.util.concurrent.*;
      import java.util.function.BiConsumer;

      public final class OwnSink implements BiConsumer<List<String>, List<String>> {
        %s

        @Override
        public void accept(List<String> lines, List<String> raised) {
          BlockingQueue<String> queue = new LinkedBlockingQueue<>(1);
          try (Detector detector = Detector.builder().rules(Rules.baseQuery()).sink(new QueueSink(queue)).build()) {
            lines.forEach(line -> detector.accept(EventDecoders.auto().decode(line)));
            detector.flush();
            raised.add(queue.poll());
            detector.flush();
            raised.add(queue.poll());
          }
        }
      }
      """;

  private static final String STREAMED =
      """
      import dev.iiswarden.kafka.*;
      import java.util.List;
      import java.util.function.BiConsumer;
      import org.apache.kafka.common.serialization.Serdes;
      import org.apache.kafka.streams.StreamsBuilder;
      import org.apache.kafka.streams.kstream.*;

      public final class Streamed implements BiConsumer<List<String>, List<String>> {
        @Override
        public void accept(List<String> lines, List<String> raised) {
          %s
          raised.add(builder.build().describe().toString());
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  void theEmbeddingRaisesTheAlertsOfTheSamples() throws Exception {
    String code = Readme.block("java", "Detector detector");
    assertTrue(code.lines().count() <= 10, "the README promises ten lines");
    assertEquals(
        List.of("medium", "medium", "high", "high", "low", "high", "medium", "high"),
        run("Embedding", EMBEDDING.formatted(code)));
  }

  @Test
  void theSinkGetsEachAlertOnceThereIsRoomForIt() throws Exception {
    List<String> raised = run("OwnSink", SINK.formatted(Readme.block("java", "QueueSink")));
    assertTrue(raised.get(0).contains("registry-then-file"), () -> raised.get(0));
    assertTrue(raised.get(1).contains("w3wp-module-load"), () -> raised.get(1));
  }

  @Test
  void aTopologyGetsDetectionByOneCall() throws Exception {
    String code = Readme.block(Path.of("docs", "kafka.md"), "java", "StreamsDetection");
    String topology = run("Streamed", STREAMED.formatted(code)).get(0);
    assertTrue(topology.contains("topics: [windows-logs]"), topology);
    assertTrue(topology.contains("topic: dead-letters"), topology);
    assertTrue(topology.contains("topic: alerts"), topology);
  }

  @Test
  void theDependencyIsThisProject() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    List<String> lines = Readme.block("xml", "<artifactId>iiswarden").lines().toList();
    for (String line : lines.subList(1, lines.size() - 1)) {
      assertTrue(pom.contains("\n" + line + "\n"), line);
    }
  }

  private List<String> run(String className, String source) throws Exception {
    Path file = directory.resolve(className + ".java");
    Files.writeString(file, source);
    compile(file);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      @SuppressWarnings("unchecked") // as the sources above say
      BiConsumer<List<String>, List<String>> code =
          (BiConsumer<List<String>, List<String>>)
              loader.loadClass(className).getConstructor().newInstance();
      List<String> raised = new ArrayList<>();
      code.accept(samples(), raised);
      return raised;
    }
  }

  private void compile(Path file) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-classpath",
                      System.getProperty("java.class.path"),
                      "-d",
                      directory.toString()),
                  null,
                  files.getJavaFileObjects(file))
              .call();
      assertTrue(compiled, messages::toString);
    }
  }

  private static List<String> samples() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src", "samples"))) {
      // Those whose records are lines.
      for (Path file :
          files.filter(file -> file.toString().endsWith(".ndjson")).sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
