package dev.iiswarden.inventory;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that an IIS configuration file makes IIS load, run or serve. Immutable.
 *
 * @param kind what it is to IIS
 * @param name its name in the configuration, such as {@code HttpLoggingModule}
 * @param configuration the attribute that says what is loaded, in the form of event 29 of {@code
 *     Microsoft-Windows-IIS-Configuration}, such as {@code
 *     /system.webServer/globalModules/add[@name="HttpLoggingModule"]/@image}
 * @param value the value of that attribute, as it is spelt
 * @param location the path of the {@code location} element around it; empty if there is none
 * @param file the name of the file that says so
 * @param line the line of the element's end in the file, from 1
 */
public record Component(
    ComponentKind kind,
    String name,
    String configuration,
    String value,
    String location,
    String file,
    int line) {
  private static final List<String> ONCE =
      List.of("applicationhost", "administration", "redirection");

  /**
   * Returns the path of the file that is loaded or run, without arguments and as it is spelt; null
   * if the value is no path.
   */
  public @Nullable String image() {
    return kind.hasImage()
        ? ImagePath.in(value)
        : kind == ComponentKind.ENVIRONMENT_VARIABLE && CodeVariables.isPath(name) ? value : null;
  }

  /** Whether it comes with IIS or .NET, or is a Microsoft module for IIS, and is unchanged. */
  public boolean isOwn() {
    return OwnComponents.isOwn(this);
  }

  /** Returns what is unusual about it; empty if it {@linkplain #isOwn() is IIS's own}. */
  public Set<Concern> concerns() {
    return Judgement.of(this);
  }

  /** What stays the same when the value changes. */
  String key() {
    return place() + '\n' + location.toLowerCase(Locale.ROOT) + '\n' + configuration;
  }

  /**
   * The file, by its path. A server has one of each of {@link #ONCE}, whose copies have all kinds
   * of names.
   */
  private String place() {
    String folded = file.replace('\\', '/').toLowerCase(Locale.ROOT);
    String fileName = folded.substring(folded.lastIndexOf('/') + 1);
    return ONCE.stream().filter(fileName::contains).findFirst().orElse(folded);
  }
}
