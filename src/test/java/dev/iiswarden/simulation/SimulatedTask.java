package dev.iiswarden.simulation;

import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A task of Kafka Streams: a processor that reads one partition, with its store, its stream time
 * and its punctuations. What is committed survives it; the rest begins anew where the task goes on.
 *
 * @param <K> the type of the keys it reads
 * @param <V> the type of the values it reads
 */
final class SimulatedTask<K, V> {
  private final TaskId id;
  private final SimulatedLog input;
  private final Supplier<Processor<K, V, String, Object>> processors;
  private final Function<SimulatedLog.Entry, Record<K, V>> reader;
  private final BiConsumer<SimulatedTransaction, Record<String, Object>> writer;
  private final @Nullable Function<SimulatedTransaction, SimulatedStore> stores;
  private final List<Punctuation> punctuations = new ArrayList<>();
  private @Nullable Processor<K, V, String, Object> processor;
  private @Nullable Running<K, V> running;
  private int committed;
  private long committedStreamTime = -1;
  private int position;
  private long streamTime = -1;
  private boolean hasReadSinceLook;

  /**
   * Creates a task that does not run yet.
   *
   * @param reader what the processor gets for a record of the partition
   * @param writer takes what the processor forwards
   * @param stores restores the store; null for a task without one
   */
  SimulatedTask(
      TaskId id,
      SimulatedLog input,
      Supplier<Processor<K, V, String, Object>> processors,
      Function<SimulatedLog.Entry, Record<K, V>> reader,
      BiConsumer<SimulatedTransaction, Record<String, Object>> writer,
      @Nullable Function<SimulatedTransaction, SimulatedStore> stores) {
    this.id = id;
    this.input = input;
    this.processors = processors;
    this.reader = reader;
    this.writer = writer;
    this.stores = stores;
  }

  /** The parts of a task that runs. */
  private record Running<K, V>(
      Processor<K, V, String, Object> processor,
      MockProcessorContext<String, Object> context,
      @Nullable SimulatedStore store,
      SimulatedProcess process) {}

  /**
   * Begins in a process, at what was committed.
   *
   * @param again whether Kafka Streams initialises the same processor once more
   */
  void start(SimulatedProcess process, boolean again, Instant now) {
    position = committed;
    streamTime = committedStreamTime;
    MockProcessorContext<String, Object> context =
        new MockProcessorContext<>(TopologyProcessors.properties(), id, new File("target"));
    context.setCurrentSystemTimeMs(now.toEpochMilli());
    context.setCurrentStreamTimeMs(streamTime);
    SimulatedStore store = stores == null ? null : stores.apply(process.transaction());
    if (store != null) {
      context.addStateStore(store);
    }
    Processor<K, V, String, Object> begun =
        again && processor != null ? processor : processors.get();
    begun.init(context);
    punctuations.clear();
    context
        .scheduledPunctuators()
        .forEach(scheduled -> punctuations.add(new Punctuation(scheduled, now.toEpochMilli())));
    processor = begun;
    running = new Running<>(begun, context, store, process);
    hasReadSinceLook = false;
  }

  private Running<K, V> running() {
    if (running == null) {
      throw new IllegalStateException("task " + id + " does not run");
    }
    return running;
  }

  SimulatedProcess process() {
    return running().process();
  }

  /** Reads one record. Returns whether there was one. */
  boolean read(Instant now) {
    if (isExhausted()) {
      return false;
    }
    Running<K, V> task = running();
    SimulatedLog.Entry entry = input.entries().get(position);
    streamTime = Math.max(streamTime, entry.timestamp());
    task.context().setCurrentSystemTimeMs(now.toEpochMilli());
    task.context().setCurrentStreamTimeMs(streamTime);
    task.context().setRecordMetadata("input", id.partition(), position);
    task.processor().process(reader.apply(entry));
    position++;
    hasReadSinceLook = true;
    punctuate(PunctuationType.STREAM_TIME, streamTime);
    return true;
  }

  boolean isExhausted() {
    return position == input.entries().size();
  }

  /**
   * Lets the wall clock go on. Kafka Streams polls before it punctuates, so no look finds that a
   * partition has records which are not read.
   */
  void look(Instant now) {
    running().context().setCurrentSystemTimeMs(now.toEpochMilli());
    if (isExhausted() || hasReadSinceLook) {
      hasReadSinceLook = false;
      punctuate(PunctuationType.WALL_CLOCK_TIME, now.toEpochMilli());
    }
  }

  private void punctuate(PunctuationType type, long time) {
    for (Punctuation punctuation : punctuations) {
      punctuation.punctuate(type, time);
    }
    Running<K, V> now = running();
    now.context()
        .forwarded()
        .forEach(
            forwarded -> {
              @SuppressWarnings("unchecked") // The context captures what is forwarded.
              Record<String, Object> record = (Record<String, Object>) forwarded.record();
              writer.accept(now.process().transaction(), record);
            });
    now.context().resetForwards();
  }

  /** Writes what its store has cached. */
  void writeChanges() {
    SimulatedStore store = running().store();
    if (store != null) {
      store.writeChanges();
    }
  }

  /** Commits how far it has read. */
  void commitPosition() {
    committed = position;
    committedStreamTime = streamTime;
  }

  /** Ends in good order; what it has read must be committed. */
  void close() {
    running().processor().close();
    running = null;
  }

  @Override
  public String toString() {
    return id + " at " + position;
  }

  /** A punctuation and when it is due. */
  private static final class Punctuation {
    private final MockProcessorContext.CapturedPunctuator scheduled;
    private long due;

    Punctuation(MockProcessorContext.CapturedPunctuator scheduled, long now) {
      this.scheduled = scheduled;
      boolean byWallClock = scheduled.getType() == PunctuationType.WALL_CLOCK_TIME;
      due = byWallClock ? now + scheduled.getInterval().toMillis() : 0;
    }

    void punctuate(PunctuationType type, long time) {
      if (scheduled.getType() == type && time >= due) {
        long interval = scheduled.getInterval().toMillis();
        due += ((time - due) / interval + 1) * interval;
        scheduled.getPunctuator().punctuate(time);
      }
    }
  }
}
