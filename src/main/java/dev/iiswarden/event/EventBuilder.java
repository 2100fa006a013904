package dev.iiswarden.event;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the builders of all kinds of events share. Made by the {@code builder()} method
 * of each kind, such as {@link FileEvent#builder()}. Not safe for use by several threads.
 *
 * @param <B> the type of the builder
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
  @Nullable Supplier<@Nullable LogRecordId> logRecord;

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

  /** The line of the input from which the event was read, from 1; 0 for none. */
  public B line(long line) {
    this.line = line;
    return self();
  }

  /** {@code event.category}, instead of the default of the kind of event. */
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

  /**
   * {@code event.provider}: the source that logged the event, such as {@code
   * Microsoft-Windows-Sysmon}.
   */
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

  /** {@code event.sequence}: the order among events of the same time. */
  public B sequence(@Nullable Long sequence) {
    this.sequence = sequence;
    return self();
  }

  /**
   * {@code host.name}, compared exactly with other such names. An event without a host name takes
   * part in no sequence.
   */
  public B hostName(@Nullable String hostName) {
    this.hostName = hostName;
    reportedByWindows = false;
    return self();
  }

  /**
   * {@code host.name} as Windows on that machine reports it ({@code Computer} of an event log
   * record), compared without regard to letter case and to a missing domain, see {@link
   * HostFields#isSameMachineAs}. Replaces {@link #hostName}.
   */
  public B computerName(@Nullable String computerName) {
    hostName = computerName;
    reportedByWindows = true;
    return self();
  }

  /**
   * Marks an action that Windows may also log under another {@code event.code}; the detector then
   * takes only the first of these events. For example, Sysmon's 11 and 29 and Security's 4663 can
   * all report one written file. Two events with the same code always count as two.
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
   * {@code process.*}, read on first access. Most events turn out to be irrelevant to all rules
   * before all of their fields have been read.
   *
   * @param process returns the same value on every call, on any thread
   */
  public B process(Supplier<ProcessFields> process) {
    this.process = process;
    return self();
  }

  /**
   * {@code user.*}, read on first access.
   *
   * @param user returns the same value on every call, on any thread
   */
  public B user(Supplier<UserFields> user) {
    this.user = user;
    return self();
  }

  /**
   * The record's place in its Windows event log, by which the detector recognises a record that it
   * is given a second time. It is read only if a rule is interested in the event.
   *
   * @param logRecord returns the same value on every call, on any thread; null if unknown
   */
  public B logRecord(Supplier<@Nullable LogRecordId> logRecord) {
    this.logRecord = logRecord;
    return self();
  }

  /** {@code process.name} alone; replaces all other fields of the process. */
  public B processName(@Nullable String name) {
    return process(ProcessFields.builder().name(name).build());
  }
}
