package dev.iiswarden.engine;

/** Is told when a {@link Ceilings ceiling} is reached; while a lock is held, so it is quick. */
public interface Overflow {
  /** Facts of a host were let go of: rules no longer wait for what would have followed them. */
  void dropped(String host, long facts);

  /** A record was judged before all that may belong before it can have come. */
  void judgedEarly(String host);
}
