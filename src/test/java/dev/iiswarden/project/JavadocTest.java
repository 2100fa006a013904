package dev.iiswarden.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything public or protected has a comment. The javadoc plugin checks that comments are well
 * formed and their links resolve. It is not used to find missing comments, because it would also
 * require tags where the sentence says everything.
 */
class JavadocTest {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  @TempDir private Path classes;

  @Test
  void everyPublicElementHasAComment() throws IOException {
    try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      List<Path> java = sources.filter(path -> path.toString().endsWith(".java")).toList();
      assertEquals(List.of(), uncommented(files, files.getJavaFileObjectsFromPaths(java)));
    }
  }

  @Test
  void oneThatHasNoneIsFound() throws IOException {
    JavaFileObject bare =
        new SimpleJavaFileObject(URI.create("string:///Bare.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return """
                /** Said. */
                public class Bare {
                  Bare() {}

                  protected void unsaid() {}
                }
                """;
          }
        };
    try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null)) {
      assertEquals(List.of("Bare.java:5"), uncommented(files, List.of(bare)));
    }
  }

  private List<String> uncommented(
      StandardJavaFileManager files, Iterable<? extends JavaFileObject> sources) {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    StringWriter other = new StringWriter();
    boolean compiled =
        COMPILER
            .getTask(
                other,
                files,
                found,
                List.of(
                    "-Xdoclint:missing/protected",
                    "-Xmaxwarns",
                    "100000",
                    "-proc:none",
                    "--should-stop=ifNoError=ATTR",
                    "-encoding",
                    "UTF-8",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString()),
                null,
                sources)
            .call();
    assertEquals(true, compiled, () -> other + found.getDiagnostics().toString());
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getMessage(Locale.ROOT).contains("no comment"))
        .map(JavadocTest::place)
        .toList();
  }

  private static String place(Diagnostic<? extends JavaFileObject> diagnostic) {
    return Path.of(diagnostic.getSource().getName()).getFileName()
        + ":"
        + diagnostic.getLineNumber();
  }
}
