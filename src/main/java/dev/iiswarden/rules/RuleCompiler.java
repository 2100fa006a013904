package dev.iiswarden.rules;

import dev.iiswarden.drl.FactConditions;
import dev.iiswarden.drl.Problem;
import dev.iiswarden.drl.RuleErrors;
import dev.iiswarden.engine.RuleBase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
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
 * Compiles trusted rules. It is the only class that needs the compiler of Drools, which embedders
 * without trusted rules leave out.
 */
final class RuleCompiler {
  private static final String SEQUENCES = "/iiswarden/sequences/sequences.drl";

  /** A name that no rule file can have, and so cannot replace. */
  private static final String SEQUENCES_NAME = "iiswarden+sequences.drl";

  private static final String STAGING = "src/main/resources/";
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)");

  private static final Pattern RULE_NAME = Pattern.compile("rule \"([^\"]+)\"");

  private RuleCompiler() {}

  /** For a condition that does not compile, Drools names the rule but not the line. */
  private static Problem withLine(Problem problem, Map<String, String> files) {
    String text = files.get(problem.file());
    Matcher named = RULE_NAME.matcher(problem.reason());
    if (problem.line() > 0 || text == null || !named.find()) {
      return problem;
    }
    int at = text.indexOf("rule \"" + named.group(1) + '"');
    int line = at < 0 ? 0 : (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    return new Problem(problem.file(), line, 0, problem.reason());
  }

  /**
   * Compiles rule files together with the rules that are part of every rule set.
   *
   * @param files their text by name; errors show the names
   * @throws RuleErrors if a rule does not compile
   */
  static RuleBase compile(Map<String, String> files) throws RuleErrors {
    KieServices services = KieServices.get();
    // Containers are found by their release, so each rule set in a JVM needs a release of its own.
    ReleaseId release =
        services.newReleaseId("dev.iiswarden.compiled", UUID.randomUUID().toString(), "1");
    KieFileSystem staged = services.newKieFileSystem();
    staged.generateAndWritePomXML(release);
    stage(staged, SEQUENCES_NAME, resource(SEQUENCES));
    files.forEach((name, text) -> stage(staged, name, text));
    try {
      KieBuilder builder =
          services
              .newKieBuilder(staged, RuleCompiler.class.getClassLoader())
              .buildAll(ExecutableModelProject.class);
      List<Problem> problems = new ArrayList<>(CompilerMessages.toProblems(builder.getResults()));
      problems.replaceAll(problem -> withLine(problem, files));
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
      return new RuleBase(
          CompiledModels.load(new ByteArrayInputStream(list), container.getClassLoader()),
          FactConditions::read);
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
