package dev.iiswarden.rules;

import dev.iiswarden.engine.RuleBase;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.Model;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.ReleaseId;
import org.kie.api.conf.EventProcessingOption;
import org.kie.api.runtime.KieContainer;

/**
 * Makes a {@link RuleBase} of rule files. The bundled rules were compiled when the jar was built;
 * the rules of a directory are compiled here.
 */
final class RuleCompiler {
  private static final String BUNDLED_MODEL = "META-INF/kie/dev.iiswarden/iiswarden/drools-model";
  private static final String SEQUENCES = "/iiswarden/rules/sequences.drl";
  private static final String STAGING = "src/main/resources/";
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)");

  private static final Pattern RULE_NAME = Pattern.compile("rule \"([^\"]+)\"");

  private RuleCompiler() {}

  /**
   * Loads the bundled rules, without a compiler.
   *
   * @throws IllegalStateException if they are missing, which means that the jar was built wrongly
   */
  static RuleBase bundled() {
    ClassLoader loader = RuleCompiler.class.getClassLoader();
    URL list = RuleCompiler.class.getResource("/" + BUNDLED_MODEL);
    if (list == null) {
      throw new IllegalStateException(
          "the bundled rules are missing: there is no " + BUNDLED_MODEL + " on the class path");
    }
    try (InputStream in = list.openStream()) {
      return new RuleBase(models(in, loader));
    } catch (IOException e) {
      throw new UncheckedIOException("the bundled rules cannot be read from " + list, e);
    }
  }

  /**
   * Compiles rule files after {@link RuleGuard} has checked that they do nothing but what rules
   * need.
   *
   * @param files their text by name; errors show the names
   * @throws RuleErrors if a rule is rejected or does not compile
   */
  static RuleBase compileGuarded(Map<String, String> files) throws RuleErrors {
    List<RuleErrors.Problem> problems = new ArrayList<>();
    files.forEach((name, text) -> problems.addAll(RuleGuard.check(name, text)));
    problems.addAll(idsUsedTwice(files));
    if (!problems.isEmpty()) {
      throw new RuleErrors(problems);
    }
    return compile(files, true);
  }

  /**
   * Compiles rule files together with the rules that are part of every rule set.
   *
   * @param files their text by name; errors show the names
   * @throws RuleErrors if a rule does not compile
   */
  static RuleBase compile(Map<String, String> files) throws RuleErrors {
    return compile(files, false);
  }

  /** The id of an alert is derived from that of its rule, so rule ids must be unique. */
  private static List<RuleErrors.Problem> idsUsedTwice(Map<String, String> files) {
    List<RuleErrors.Problem> problems = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    files.forEach(
        (name, text) -> {
          for (RuleFile.Identified rule : RuleFile.identified(text)) {
            String first = places.putIfAbsent(rule.id(), name + ":" + rule.line());
            if (first != null) {
              problems.add(
                  new RuleErrors.Problem(
                      name,
                      rule.line(),
                      0,
                      "there is another rule with @id( \"" + rule.id() + "\" ) in " + first));
            }
          }
        });
    return problems;
  }

  /** For a condition that does not compile, Drools names the rule but not the line. */
  private static RuleErrors.Problem withLine(
      RuleErrors.Problem problem, Map<String, String> files) {
    String text = files.get(problem.file());
    Matcher named = RULE_NAME.matcher(problem.reason());
    if (problem.line() > 0 || text == null || !named.find()) {
      return problem;
    }
    int at = text.indexOf("rule \"" + named.group(1) + '"');
    int line = at < 0 ? 0 : (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    return new RuleErrors.Problem(problem.file(), line, 0, problem.reason());
  }

  private static RuleBase compile(Map<String, String> files, boolean guarded) throws RuleErrors {
    KieServices services = KieServices.get();
    // Containers are found by their release, so each rule set in a JVM needs a release of its own.
    ReleaseId release =
        services.newReleaseId("dev.iiswarden.compiled", UUID.randomUUID().toString(), "1");
    KieFileSystem staged = services.newKieFileSystem();
    staged.generateAndWritePomXML(release);
    stage(staged, "iiswarden-sequences.drl", resource(SEQUENCES));
    files.forEach((name, text) -> stage(staged, name, text));
    try {
      KieBuilder builder =
          services
              .newKieBuilder(staged, RuleCompiler.class.getClassLoader())
              .buildAll(ExecutableModelProject.class);
      List<RuleErrors.Problem> problems =
          new ArrayList<>(CompilerMessages.toProblems(builder.getResults()));
      problems.replaceAll(problem -> withLine(problem, files));
      if (guarded && problems.isEmpty()) {
        // Before any of it is loaded, because a file that could not be parsed was not checked.
        files.forEach(
            (name, text) -> {
              if (RuleFile.parse(text) == null) {
                problems.add(
                    new RuleErrors.Problem(
                        name, 0, 0, "this file cannot be checked, because it cannot be parsed"));
              }
            });
      }
      if (!problems.isEmpty()) {
        throw new RuleErrors(problems);
      }
      KieContainer container = services.newKieContainer(release);
      InternalKieModule module = (InternalKieModule) builder.getKieModule();
      byte[] list = module.getBytes(CanonicalKieModule.getModelFileWithGAV(release));
      // The container's class loader finds the compiled classes only after it has built a rule
      // base.
      KieBaseConfiguration stream = services.newKieBaseConfiguration();
      stream.setOption(EventProcessingOption.STREAM);
      container.newKieBase(stream);
      return new RuleBase(models(new ByteArrayInputStream(list), container.getClassLoader()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      services.getRepository().removeKieModule(release);
    }
  }

  /** Drools requires a file to lie in a folder named after its package. */
  private static void stage(KieFileSystem staged, String name, String text) {
    Matcher declared = PACKAGE.matcher(text);
    String folder = declared.find() ? declared.group(1).replace('.', '/') + "/" : "";
    staged.write(STAGING + folder + name, text);
  }

  private static List<Model> models(InputStream classNames, ClassLoader loader) throws IOException {
    List<Model> models = new ArrayList<>();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(classNames, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank() && !line.startsWith(CanonicalKieModule.MODEL_VERSION)) {
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

  private static String resource(String name) {
    try (InputStream in = RuleCompiler.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
