package dev.iiswarden.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The content of a file, as programs see it and as a power cut would leave it. */
final class DiskFile {
  private byte[] content = new byte[0];
  private byte[] forced = new byte[0];
  private boolean locked;

  byte[] content() {
    return content;
  }

  void content(byte[] bytes) {
    content = bytes;
  }

  /** Writes at a position; the file grows if it must. */
  void write(int position, byte[] bytes) {
    byte[] longer = Arrays.copyOf(content, Math.max(content.length, position + bytes.length));
    System.arraycopy(bytes, 0, longer, position, bytes.length);
    content = longer;
  }

  void force() {
    forced = content.clone();
  }

  /** Of what was not forced, any prefix survives. */
  void cutPower(SplittableRandom random) {
    if (!Arrays.equals(content, forced)) {
      content =
          random.nextBoolean()
              ? forced.clone()
              : Arrays.copyOf(content, random.nextInt(content.length + 1));
      forced = content.clone();
    }
  }

  boolean isLocked() {
    return locked;
  }

  void lock(boolean now) {
    locked = now;
  }
}
