package dev.iiswarden.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.drools.model.Model;

/** Loads executable models that were compiled, without a compiler. */
final class CompiledModels {
  private static final String BUNDLED = "META-INF/kie/dev.iiswarden/iiswarden/drools-model";
  private static final String SEQUENCES = "iiswarden.sequences.";
  private static final String MODEL_VERSION = "Drools-Model-Version:";

  private CompiledModels() {}

  /** Returns the bundled rules, with those that are part of every rule set. */
  static List<Model> bundled() {
    return bundled(className -> true);
  }

  /** Returns the rules that are part of every rule set. */
  static List<Model> sequences() {
    return bundled(className -> className.startsWith(SEQUENCES));
  }

  private static List<Model> bundled(Predicate<String> wanted) {
    ClassLoader loader = CompiledModels.class.getClassLoader();
    URL list = CompiledModels.class.getResource("/" + BUNDLED);
    if (list == null) {
      throw new IllegalStateException(
          "the bundled rules are missing: there is no " + BUNDLED + " on the class path");
    }
    try (InputStream in = list.openStream()) {
      return load(in, loader, wanted);
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled rules cannot be read from " + list, e);
    }
  }

  /**
   * Loads models.
   *
   * @param classNames the list of their classes, as the compiler writes it
   */
  static List<Model> load(InputStream classNames, ClassLoader loader) throws IOException {
    return load(classNames, loader, className -> true);
  }

  private static List<Model> load(
      InputStream classNames, ClassLoader loader, Predicate<String> wanted) throws IOException {
    List<Model> models = new ArrayList<>();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(classNames, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank() && !line.startsWith(MODEL_VERSION) && wanted.test(line.strip())) {
        models.add(model(line.strip(), loader));
      }
    }
    return models;
  }

  private static Model model(String className, ClassLoader loader) {
    try {
      return loader.loadClass(className).asSubclass(Model.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the compiled rules in " + className + " do not load", e);
    }
  }
}
