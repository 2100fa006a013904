package dev.iiswarden.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.iiswarden.event.ConfigurationEvent;
import dev.iiswarden.event.Event;
import dev.iiswarden.event.EventLine;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.event.ModuleLoadFailureEvent;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import dev.iiswarden.event.RegistryEvent;
import dev.iiswarden.event.ScriptBlockEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What happened at one stage of an incident, for its verdict. Immutable.
 *
 * @param stage a stage of {@link dev.iiswarden.rules.Rule#STAGES}, or {@link #SEEN}
 * @param act what was done, which tells how to say it
 * @param weight the weight of the alert that shows it
 * @param time when it happened
 * @param actor the program that did it; empty if unknown
 * @param worker the IIS worker process that had it do so, with its application pool; empty if there
 *     is none in the evidence
 * @param object what it was done to; empty if unknown
 * @param more whether it was also done to something else
 */
record IncidentStep(
    String stage,
    Act act,
    AlertWeight weight,
    Instant time,
    String actor,
    String worker,
    String object,
    boolean more) {

  /** The stage of an alert whose rule names none. */
  static final String SEEN = "seen";

  private static final String WORKER = "w3wp.exe";
  private static final int MOST_IN_A_NAME = 60;
  private static final Pattern POOL = Pattern.compile("(?i)\\s-ap\\s+(?:\"([^\"]+)\"|(\\S+))");
  private static final Pattern POOL_USER = Pattern.compile("(?i)(?:IIS APPPOOL\\\\)(.+)");

  private static final Set<Class<? extends Event>> REGISTRATIONS =
      Set.of(
          RegistryEvent.class,
          ConfigurationEvent.class,
          ScriptBlockEvent.class,
          ProcessEvent.class,
          FileEvent.class);

  /** The step that is told of several: that of the gravest alert, and the earliest of these. */
  private static final Comparator<IncidentStep> TOLD_FIRST =
      Comparator.comparing(IncidentStep::weight)
          .reversed()
          .thenComparing(IncidentStep::time)
          .thenComparing(IncidentStep::act)
          .thenComparing(IncidentStep::actor)
          .thenComparing(IncidentStep::worker)
          .thenComparing(IncidentStep::object);

  /** What is done at a stage. */
  enum Act {
    WROTE,
    REGISTERED,
    LOADED,
    FAILED_TO_LOAD,
    STARTED,
    DID
  }

  /** Returns the step that an alert shows of a stage. */
  static IncidentStep of(String stage, AlertWeight weight, Alert alert) {
    Event event = eventOf(stage, alert.evidence());
    Act act = actOf(stage, event);
    ProcessFields process = event.getProcess();
    // The program that registers is the one that was started, not the one that started it.
    ProcessFields actor = act == Act.STARTED ? process.getParent() : process;
    String name = name(actor);
    boolean mayBeSent = act == Act.WROTE || act == Act.REGISTERED;
    boolean isWorker = name.equalsIgnoreCase(WORKER);
    String worker =
        mayBeSent || isWorker ? workerIn(alert.evidence(), isWorker ? event : null) : "";
    return new IncidentStep(
        stage,
        act,
        weight,
        event.getTimestamp(),
        isWorker && !worker.isEmpty() ? worker : name,
        isWorker ? "" : worker,
        objectOf(act, event, alert),
        false);
  }

  /** The event that shows a stage; rules name them in the order in which they happen. */
  private static Event eventOf(String stage, List<Event> evidence) {
    return switch (stage) {
      case "dropped" ->
          first(
              evidence,
              event -> event instanceof FileEvent && namesDlls(event),
              FileEvent.class::isInstance,
              event -> !event.kind().isEffect());
      case "registered" ->
          last(
              evidence,
              event -> !(event instanceof FileEvent) && mayRegister(event) && namesDlls(event),
              event -> mayRegister(event) && !(event instanceof FileEvent && namesDlls(event)),
              event -> !event.kind().isEffect());
      case "loaded" -> first(evidence, event -> event.kind().isEffect());
      default -> last(evidence, event -> !event.kind().isEffect());
    };
  }

  private static boolean mayRegister(Event event) {
    return REGISTRATIONS.contains(event.getClass());
  }

  private static boolean namesDlls(Event event) {
    return !event.kind().dlls(event).isEmpty();
  }

  @SafeVarargs
  private static Event first(List<Event> evidence, Predicate<Event>... wishes) {
    for (Predicate<Event> wish : wishes) {
      for (Event event : evidence) {
        if (wish.test(event)) {
          return event;
        }
      }
    }
    return evidence.get(evidence.size() - 1);
  }

  @SafeVarargs
  private static Event last(List<Event> evidence, Predicate<Event>... wishes) {
    for (Predicate<Event> wish : wishes) {
      for (int i = evidence.size() - 1; i >= 0; i--) {
        if (wish.test(evidence.get(i))) {
          return evidence.get(i);
        }
      }
    }
    return evidence.get(evidence.size() - 1);
  }

  private static Act actOf(String stage, Event event) {
    if (event instanceof ModuleLoadFailureEvent) {
      return Act.FAILED_TO_LOAD;
    }
    if (event instanceof LibraryEvent) {
      return Act.LOADED;
    }
    return switch (stage) {
      case "dropped" -> Act.WROTE;
      // Which module was registered, a configuration file that was written does not say.
      case "registered" ->
          event instanceof FileEvent && !namesDlls(event) ? Act.WROTE : Act.REGISTERED;
      default -> {
        boolean isStart =
            event instanceof ProcessEvent && event.kind().actor(event) != event.getProcess();
        yield isStart ? Act.STARTED : event instanceof FileEvent ? Act.WROTE : Act.DID;
      }
    };
  }

  private static String objectOf(Act act, Event event, Alert alert) {
    List<String> dlls = event.kind().dlls(event);
    return switch (act) {
      case WROTE, LOADED, FAILED_TO_LOAD -> {
        String file = event.kind().file(event);
        yield file != null ? leaf(file) : dlls.isEmpty() ? "" : leaf(dlls.get(0));
      }
      case REGISTERED -> {
        List<String> all = dlls.isEmpty() ? AlertSubject.of(alert).dlls() : dlls;
        yield all.isEmpty() ? "" : leaf(all.get(0));
      }
      case STARTED -> name(event.getProcess());
      case DID -> clip(event.kind().action(event) + ": " + EventLine.of(event).object());
    };
  }

  /** The worker process in the evidence, with its pool; empty if there is none. */
  private static String workerIn(List<Event> evidence, @Nullable Event own) {
    for (Event event : own == null ? evidence : List.of(own)) {
      ProcessFields process = event.getProcess();
      if (!event.kind().isEffect() || own != null) {
        for (ProcessFields one : List.of(process, process.getParent())) {
          if (name(one).equalsIgnoreCase(WORKER)) {
            return name(one) + pool(one, event);
          }
        }
      }
    }
    return "";
  }

  private static String pool(ProcessFields worker, Event event) {
    String command = worker.getCommandLine();
    Matcher named = POOL.matcher(command == null ? "" : command);
    if (named.find()) {
      return " (" + clip(named.group(1) == null ? named.group(2) : named.group(1)) + ")";
    }
    String user = event.getUser().getName();
    String domain = event.getUser().getDomain();
    Matcher account = POOL_USER.matcher((domain == null ? "" : domain + "\\") + user);
    return account.matches() ? " (" + clip(account.group(1)) + ")" : "";
  }

  private static String name(ProcessFields process) {
    String path = process.getName() == null ? process.getExecutable() : process.getName();
    return path == null ? "" : leaf(path);
  }

  private static String leaf(String path) {
    return clip(path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1));
  }

  private static String clip(String text) {
    String line = text.strip();
    return line.length() <= MOST_IN_A_NAME ? line : line.substring(0, MOST_IN_A_NAME - 1) + "…";
  }

  /** Returns the one of two steps of a stage that is told, which also says if there are others. */
  IncidentStep with(IncidentStep other) {
    IncidentStep told = TOLD_FIRST.compare(this, other) <= 0 ? this : other;
    boolean others = more || other.more || !object.equalsIgnoreCase(other.object);
    return new IncidentStep(
        told.stage, told.act, told.weight, told.time, told.actor, told.worker, told.object, others);
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("stage", stage)
        .put("act", act.name())
        .put("weight", weight.name())
        .put("time", time.toString())
        .put("actor", actor)
        .put("worker", worker)
        .put("object", object)
        .put("more", more);
  }

  static IncidentStep fromJson(JsonNode json) {
    return new IncidentStep(
        json.required("stage").asText(),
        Act.valueOf(json.required("act").asText().toUpperCase(Locale.ROOT)),
        AlertWeight.valueOf(json.required("weight").asText()),
        Instant.parse(json.required("time").asText()),
        json.required("actor").asText(),
        json.required("worker").asText(),
        json.required("object").asText(),
        json.required("more").asBoolean());
  }
}
