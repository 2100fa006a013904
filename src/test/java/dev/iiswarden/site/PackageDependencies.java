package dev.iiswarden.site;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The dependencies between the library's packages, read from the class files. */
final class PackageDependencies {
  static final String ROOT = "dev.iiswarden";
  static final String COMPILED_RULES = "iiswarden.rules";
  private static final String COMPILED = "iiswarden";

  /** The packages by name: {@code dev.iiswarden} in full, the others by their last part. */
  private final Map<String, Set<String>> called = new TreeMap<>();

  PackageDependencies() {
    for (JavaClass from :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT, COMPILED)) {
      Set<String> calls = called.computeIfAbsent(name(from), unused -> new TreeSet<>());
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(
              target ->
                  (target.getPackageName() + ".").startsWith(ROOT + ".")
                      || target.getPackageName().startsWith(COMPILED + "."))
          .map(PackageDependencies::name)
          .filter(target -> !target.equals(name(from)))
          .forEach(calls::add);
    }
  }

  private static String name(JavaClass type) {
    String name = type.getPackageName();
    if (name.startsWith(COMPILED + ".")) {
      return COMPILED_RULES; // the rule compiler makes a package for each condition
    }
    return name.equals(ROOT) ? ROOT : name.substring(ROOT.length() + 1);
  }

  Set<String> packages() {
    return called.keySet();
  }

  /**
   * The packages that a package calls, without transitive ones: those that one of its callees
   * calls.
   */
  Set<String> calledBy(String name) {
    Set<String> direct = called.getOrDefault(name, Set.of());
    Set<String> left = new TreeSet<>(direct);
    for (String one : direct) {
      for (String other : direct) {
        if (!one.equals(other) && reaches(other, one, new LinkedHashSet<>())) {
          left.remove(one);
        }
      }
    }
    return left;
  }

  private boolean reaches(String from, String to, Set<String> seen) {
    return seen.add(from)
        && called.getOrDefault(from, Set.of()).stream()
            .anyMatch(next -> next.equals(to) || reaches(next, to, seen));
  }
}
