package dev.iiswarden.event;

import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * Functions for rule conditions on PowerShell scripts and on command lines that start PowerShell.
 * They compare what PowerShell reads, however the script is written; nothing is run.
 *
 * <p>A missing text meets no condition. All functions take time linear in the length of the text.
 * Safe for use by several threads.
 */
public final class PowerShell {
  private static final ThreadLocal<@Nullable SoftReference<Reading>> LAST = new ThreadLocal<>();

  private PowerShell() {}

  /**
   * Returns whether the script matches one of the patterns, as it is written or as PowerShell reads
   * it. Case and wildcards are as in {@link Eql#like(String, String...)}.
   *
   * <p>In the script as it is read, escapes with backticks and comments are gone; constant texts
   * joined by {@code +}, {@code -f}, {@code -join}, {@code -replace} or {@code [char]} are one text
   * in single quotes; a variable that was given a constant text stands for it; aliases are
   * commands; and a command in quotes after {@code &} stands without them. In a command line, the
   * script of {@code -EncodedCommand} is decoded ("about_Parsing", "about_Operators",
   * "about_Quoting_Rules", "about_PowerShell_exe", Microsoft).
   *
   * <p>Example: {@code scriptLike( powershell.file.scriptBlockText, "*New-WebGlobalModule*" )}
   */
  public static boolean scriptLike(@Nullable String text, String... patterns) {
    if (text == null) {
      return false;
    }
    Wildcards wildcards = Wildcards.of(patterns);
    return wildcards.matches(text) || wildcards.matches(read(text));
  }

  /**
   * The negation of {@link #scriptLike}; true if the text is missing.
   *
   * <p>Example: {@code notScriptLike( process.commandLine, "*Get-WebGlobalModule*" )}
   */
  public static boolean notScriptLike(@Nullable String text, String... patterns) {
    return !scriptLike(text, patterns);
  }

  /** Several rules look at one text in turn, so the last one's reading is kept. */
  private static String read(String text) {
    SoftReference<Reading> reference = LAST.get();
    Reading last = reference == null ? null : reference.get();
    if (last == null || !last.text.equals(text)) {
      last = new Reading(text, PowerShellCommandLine.read(text));
      LAST.set(new SoftReference<>(last));
    }
    return last.read;
  }

  private record Reading(String text, String read) {}
}
