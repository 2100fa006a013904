package dev.iiswarden.read;

/** The threads of readers that are alive. */
final class ReaderThreads {
  private ReaderThreads() {}

  static long alive() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("iiswarden-reader-"))
        .peek(
            thread -> {
              if (!thread.isDaemon()) {
                throw new AssertionError(thread.getName() + " keeps the process alive");
              }
            })
        .count();
  }
}
