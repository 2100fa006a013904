package dev.iiswarden.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model of the base query. It computes the alerts of a whole stream at once, with regular
 * expressions and a sort, and shares no code with the detector under test.
 */
public final class EqlModel {
  private static final Pattern REGISTRY_PATH =
      anyCase(".*(W3SVC|ISAPI Filter|ISAPI Extension|GlobalModules|inetsrv).*");
  private static final Pattern REGISTRY_VALUE = anyCase("FilterDLLs|Path|ImagePath|DLL|Filename");
  private static final Pattern REGISTRY_STRING = anyCase(".*\\.dll.*");
  private static final Pattern FILE_PATH =
      anyCase(".*\\\\(system32\\\\inetsrv|iis|inetsrv|inetpub)\\\\.*");
  private static final Pattern DLL = anyCase("dll");
  private static final Pattern INSTALLER =
      anyCase("(msiexec|setup|pkgmgr|TiWorker|TrustedInstaller|wusa|dism)\\.exe");
  private static final Pattern WORKER_PROCESS = anyCase("w3wp\\.exe");
  private static final Pattern USER_WRITABLE =
      anyCase(".*\\\\(Users|Temp|ProgramData|AppData|Windows\\\\Temp)\\\\.*");
  private static final Pattern DLL_NAME = anyCase(".*\\.dll");
  private static final List<String> WRITES = List.of("creation", "change");

  private EqlModel() {}

  /** The alerts for records that arrived in the given order. */
  public static List<ExpectedAlert> alerts(List<Sample> arrived) {
    List<Sample> stream = new ArrayList<>(arrived);
    // The sort is stable, so that equal events stay in the order of arrival.
    stream.sort(
        Comparator.comparing(Sample::time)
            .thenComparing(Sample::sequence, Comparator.nullsLast(Comparator.naturalOrder())));
    List<ExpectedAlert> alerts = new ArrayList<>();
    Map<String, Sample> waiting = new HashMap<>();
    for (Sample next : stream) {
      if (isLoad(next)) {
        alerts.add(new ExpectedAlert("w3wp-module-load", next.host(), List.of(next.id())));
      }
      String host = next.host();
      if (host == null) {
        continue;
      }
      if (isDrop(next)) {
        Sample first = waiting.remove(host);
        if (first != null
            && Duration.between(first.time(), next.time()).compareTo(Duration.ofHours(1)) <= 0) {
          alerts.add(new ExpectedAlert("registry-then-file", host, List.of(first.id(), next.id())));
        }
      }
      if (isRegistration(next)) {
        waiting.put(host, next);
      }
    }
    return alerts;
  }

  private static boolean isRegistration(Sample sample) {
    return sample.categories().contains("registry")
        && sample.types().stream().anyMatch(WRITES::contains)
        && is(sample.registryPath(), REGISTRY_PATH)
        && is(sample.registryValue(), REGISTRY_VALUE)
        && sample.registryStrings().stream().anyMatch(text -> is(text, REGISTRY_STRING));
  }

  private static boolean isDrop(Sample sample) {
    return sample.categories().contains("file")
        && sample.types().stream().anyMatch(WRITES::contains)
        && is(sample.fileExtension(), DLL)
        && is(sample.filePath(), FILE_PATH)
        && !is(sample.processName(), INSTALLER);
  }

  private static boolean isLoad(Sample sample) {
    return sample.categories().contains("library")
        && is(sample.processName(), WORKER_PROCESS)
        && is(sample.dllPath(), USER_WRITABLE)
        && is(sample.dllName(), DLL_NAME);
  }

  private static boolean is(@Nullable String value, Pattern pattern) {
    return Stream.ofNullable(value).anyMatch(text -> pattern.matcher(text).matches());
  }

  /** Case-insensitive for ASCII letters only, with a dot that matches line ends, as in EQL. */
  private static Pattern anyCase(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }
}
