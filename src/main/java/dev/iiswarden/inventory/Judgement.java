package dev.iiswarden.inventory;

import static dev.iiswarden.event.WindowsPaths.canonicalPath;
import static dev.iiswarden.event.WindowsPaths.pathLike;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a component by what the configuration says of it. */
final class Judgement {
  private static final String[] USUAL = {
    "?:\\Windows\\System32\\inetsrv\\*",
    "?:\\Windows\\SysWOW64\\inetsrv\\*",
    "?:\\Windows\\Microsoft.NET\\Framework\\*",
    "?:\\Windows\\Microsoft.NET\\Framework64\\*",
    "?:\\Program Files\\*",
    "?:\\Program Files (x86)\\*"
  };

  /**
   * As in the rule on loads from user-writable folders, and where everybody may write in Windows.
   */
  private static final String[] USER_WRITABLE = {
    "*\\Users\\*",
    "*\\Temp\\*",
    "*\\ProgramData\\*",
    "*\\PROGRA~3\\*",
    "*\\AppData\\*",
    "*\\Perflogs\\*",
    "*\\$Recycle.Bin\\*",
    "?:\\Windows\\Tasks\\*",
    "?:\\Windows\\Tracing\\*",
    "?:\\Windows\\System32\\spool\\drivers\\color\\*"
  };

  private Judgement() {}

  static Set<Concern> of(Component component) {
    Set<Concern> concerns = EnumSet.noneOf(Concern.class);
    if (component.isOwn()) {
      return concerns;
    }
    if (OwnComponents.hasOwnName(component)) {
      concerns.add(Concern.REPLACED);
    }
    String image = component.image();
    if (image != null) {
      addImage(concerns, image);
      if (component.kind().isDll() && !canonicalPath(image).endsWith(".dll")) {
        concerns.add(Concern.NOT_CALLED_DLL);
      }
    }
    switch (component.kind()) {
      case ENVIRONMENT_VARIABLE ->
          concerns.add(
              CodeVariables.isProfiler(component.name()) ? Concern.PROFILER : Concern.STARTUP_HOOK);
      // A site lies anywhere, but its pages should not be for everybody to write.
      case SITE -> addPlace(concerns, component.value() + "\\");
      case REDIRECTION -> {
        concerns.add(Concern.REDIRECTED);
        addPlace(concerns, component.value() + "\\");
      }
      default -> {}
    }
    return concerns;
  }

  private static void addImage(Set<Concern> concerns, String image) {
    // Without a folder Windows searches for the file, and its own folders come first.
    boolean isName = canonicalPath(image).indexOf('\\') < 0;
    if (!addPlace(concerns, image) && !isName && !pathLike(image, USUAL)) {
      concerns.add(Concern.UNUSUAL_FOLDER);
    }
  }

  private static boolean addPlace(Set<Concern> concerns, @Nullable String path) {
    if (path != null && canonicalPath(path).startsWith("\\\\")) {
      concerns.add(Concern.SHARE);
      return true;
    }
    if (pathLike(path, USER_WRITABLE)) {
      concerns.add(Concern.USER_WRITABLE);
      return true;
    }
    return false;
  }
}
