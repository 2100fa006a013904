package dev.iiswarden.engine;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import dev.iiswarden.event.WindowsPaths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides which facts a host loses if rules hold too many: the oldest of the largest crowd, so that
 * a deployment that writes thousands of DLLs does not evict the one fact that an intrusion needs.
 *
 * <p>Facts belong to a crowd in three steps: by the name of their sequence or the kind of their
 * event, in it by the program that acted, and in that by the folder of the file or DLL. At each
 * step the largest crowd gives first, until it is as small as the next one. A crowd therefore loses
 * nothing while it is smaller than an equal share of what its step may keep.
 *
 * <p>The decision depends on the facts alone, not on the order in which a session returns them, so
 * it is the same after a restart.
 */
final class Crowds {
  /** The order of age: by session time, and for equal times by anything that tells facts apart. */
  private static final Comparator<Member> BY_AGE =
      Comparator.comparingLong(Member::millis)
          .thenComparing(Member::event, Comparator.nullsFirst(Event.STREAM_ORDER))
          .thenComparing(Member::key);

  private Crowds() {}

  /**
   * Returns the facts to keep.
   *
   * @param most how many facts to keep
   * @return the facts in the order of age, the oldest first
   */
  static List<Object> keep(Collection<?> facts, int most) {
    List<Member> members = new ArrayList<>(facts.size());
    facts.forEach(fact -> members.add(Member.of(fact)));
    members.sort(BY_AGE);
    Set<Member> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    keep(members, 0, most, kept);
    return members.stream().filter(kept::contains).map(Member::fact).toList();
  }

  private static void keep(List<Member> members, int step, int most, Set<Member> kept) {
    if (members.size() <= most || step == Member.STEPS) {
      kept.addAll(members.subList(Math.max(0, members.size() - most), members.size()));
      return;
    }
    Map<String, List<Member>> byName = new TreeMap<>();
    for (Member member : members) {
      byName.computeIfAbsent(member.crowd(step), name -> new ArrayList<>()).add(member);
    }
    List<List<Member>> crowds = new ArrayList<>(byName.values());
    crowds.sort(Comparator.comparingInt(List::size));
    int left = most;
    int share = left / crowds.size();
    List<List<Member>> large = new ArrayList<>();
    for (int i = 0; i < crowds.size(); i++) {
      share = left / (crowds.size() - i);
      if (crowds.get(i).size() > share) {
        large = crowds.subList(i, crowds.size());
        break;
      }
      keep(crowds.get(i), step + 1, share, kept);
      left -= crowds.get(i).size();
    }
    // What does not divide evenly goes to the crowds that would lose the youngest facts.
    int each = share;
    large.sort(
        Comparator.comparing((List<Member> crowd) -> nextToGo(crowd, each), BY_AGE).reversed());
    int extra = left - share * large.size();
    for (int i = 0; i < large.size(); i++) {
      keep(large.get(i), step + 1, i < extra ? share + 1 : share, kept);
    }
  }

  /** The youngest fact of a crowd that it loses if it keeps no more than its share. */
  private static Member nextToGo(List<Member> crowd, int share) {
    return crowd.get(crowd.size() - share - 1);
  }

  /**
   * A fact with its age and the names of its crowds.
   *
   * @param event its last event; null if it has none
   * @param key tells facts with the same event apart
   */
  private record Member(
      Object fact,
      long millis,
      @Nullable Event event,
      String key,
      String name,
      String program,
      String folder) {
    static final int STEPS = 3;

    static Member of(Object fact) {
      if (fact instanceof PendingSequence pending) {
        return of(fact, pending.getLast(), pending.getName(), pending.getKey());
      }
      if (fact instanceof ModuleRegistration registration) {
        return of(fact, registration.getEvent(), "", registration.getDlls().toString());
      }
      if (fact instanceof Event event) {
        return of(fact, event, "", event.kind().name());
      }
      // A fact of a rule's own type has no age: it counts as young.
      return new Member(fact, Long.MAX_VALUE, null, "", fact.getClass().getName(), "", "");
    }

    private static Member of(Object fact, Event event, String name, @Nullable String key) {
      String program = event.getProcess().getExecutable();
      String own = Objects.requireNonNullElse(event.getProcess().getName(), "");
      return new Member(
          fact,
          event.getSessionTime(),
          event,
          fact.getClass().getSimpleName() + ' ' + name + ' ' + key,
          name.isEmpty() ? fact.getClass().getSimpleName() : "sequence " + name,
          WindowsPaths.canonicalPath(program == null ? own : program),
          Objects.requireNonNullElse(WindowsPaths.folderOf(event.kind().file(event)), ""));
    }

    String crowd(int step) {
      return step == 0 ? name : step == 1 ? program : folder;
    }
  }
}
