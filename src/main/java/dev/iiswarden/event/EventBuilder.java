package dev.iiswarden.event;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of all kinds of events have in common. Not safe for use by several threads.
 *
 * @param <B> the builder itself
 */
public abstract class EventBuilder<B extends EventBuilder<B>> {
  @Nullable Instant timestamp;
  @Nullable String id;
  long line;
  List<String> category;
  List<String> type = List.of();
  @Nullable String provider;
  @Nullable String code;
  @Nullable String action;
  @Nullable Long sequence;
  @Nullable String hostName;
  boolean reportedByWindows;
  boolean countedOnce;
  @Nullable Supplier<ProcessFields> process;
  @Nullable Supplier<UserFields> user;

  EventBuilder(EventKind kind) {
    category = List.of(kind.category());
  }

  abstract B self();

  /** {@code @timestamp}; required. */
  public B timestamp(Instant timestamp) {
    this.timestamp = timestamp;
    return self();
  }

  /** {@code event.id}. */
  public B id(@Nullable String id) {
    this.id = id;
    return self();
  }

  /** The line of the input the event was read from, from 1; 0 for none. */
  public B line(long line) {
    this.line = line;
    return self();
  }

  /** {@code event.category}, in place of the one that the kind of event implies. */
  public B category(List<String> category) {
    this.category = List.copyOf(category);
    return self();
  }

  /** {@code event.type}. */
  public B type(String... type) {
    return type(List.of(type));
  }

  /** {@code event.type}. */
  public B type(List<String> type) {
    this.type = List.copyOf(type);
    return self();
  }

  /** {@code event.provider}: what logged the event, such as {@code Microsoft-Windows-Sysmon}. */
  public B provider(@Nullable String provider) {
    this.provider = provider;
    return self();
  }

  /** {@code event.code}: the provider's number for this kind of event. */
  public B code(@Nullable String code) {
    this.code = code;
    return self();
  }

  /** {@code event.action}. */
  public B action(@Nullable String action) {
    this.action = action;
    return self();
  }

  /** {@code event.sequence}: decides between events of the same time. */
  public B sequence(@Nullable Long sequence) {
    this.sequence = sequence;
    return self();
  }

  /**
   * {@code host.name}, compared exactly with other such names; an event without one takes part in
   * no sequence.
   */
  public B hostName(@Nullable String hostName) {
    this.hostName = hostName;
    reportedByWindows = false;
    return self();
  }

  /**
   * {@code host.name}, as Windows on that machine reports it ({@code Computer} of an event log
   * record): letter case and the domain aside, it is the same machine. Takes the place of {@link
   * #hostName}.
   */
  public B computerName(@Nullable String computerName) {
    hostName = computerName;
    reportedByWindows = true;
    return self();
  }

  /**
   * Says that Windows may log this same action under another {@code event.code} as well, as
   * Sysmon's 11 and 29 and Security's 4663 all tell of one file written, and that the detector
   * shall take only the first of them. Two events of the same code are always two.
   */
  public B countOnce() {
    countedOnce = true;
    return self();
  }

  /** {@code process.*}. */
  public B process(ProcessFields process) {
    return process(() -> process);
  }

  /**
   * {@code process.*}, read when it is first asked for: most events are of no interest to any rule
   * long before all their fields have been looked at.
   *
   * @param process gives the same whenever it is called; any thread may call it
   */
  public B process(Supplier<ProcessFields> process) {
    this.process = process;
    return self();
  }

  /**
   * {@code user.*}, read when it is first asked for.
   *
   * @param user gives the same whenever it is called; any thread may call it
   */
  public B user(Supplier<UserFields> user) {
    this.user = user;
    return self();
  }

  /** {@code process.name} alone, in place of any other field of the process. */
  public B processName(@Nullable String name) {
    return process(ProcessFields.builder().name(name).build());
  }
}
