package dev.iiswarden.engine;

import static dev.iiswarden.testing.IisEvents.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.iiswarden.event.Event;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.ModuleRegistration;
import dev.iiswarden.event.PendingSequence;
import dev.iiswarden.event.ProcessEvent;
import dev.iiswarden.event.ProcessFields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of too many facts, those go that are many of a kind. */
class CrowdsTest {
  private static final int MOST = 750;

  private final List<Object> facts = new ArrayList<>();
  private int second;

  private Event drop(String program, String path) {
    return FileEvent.builder()
        .timestamp(START.plusSeconds(second++))
        .hostName("WEB01")
        .type("creation")
        .process(ProcessFields.builder().executable(program).build())
        .path(path)
        .build()
        .placed(second, 0);
  }

  private PendingSequence dropped(String program, String path) {
    PendingSequence fact = new PendingSequence("dropped-dll", path, drop(program, path));
    facts.add(fact);
    return fact;
  }

  private PendingSequence started(String pid) {
    Event start =
        ProcessEvent.builder()
            .timestamp(START.plusSeconds(second++))
            .hostName("WEB01")
            .type("start")
            .processName("cmd.exe")
            .build()
            .placed(second, 0);
    PendingSequence fact = new PendingSequence("worker-descendant", pid, start);
    facts.add(fact);
    return fact;
  }

  private List<Object> kept() {
    List<Object> kept = Crowds.keep(facts, MOST);
    assertEquals(Math.min(MOST, facts.size()), kept.size());
    return kept;
  }

  @Test
  void ofOneCrowdTheOldestGo() {
    for (int i = 0; i < 1_001; i++) {
      dropped("C:\\Octopus\\Calamari.exe", "C:\\inetpub\\s\\L" + i + ".dll");
    }

    assertEquals(facts.subList(251, 1_001), kept());
  }

  @Test
  void aFloodOfOneProgramSparesWhatAnotherHasDroppedIntoTheSameFolder() {
    Object waiting = dropped("C:\\Windows\\System32\\cmd.exe", "C:\\inetpub\\s\\m.dll");
    for (int i = 0; i < 1_000; i++) {
      dropped("C:\\Octopus\\Calamari.exe", "C:\\inetpub\\s\\L" + i + ".dll");
    }

    assertTrue(kept().contains(waiting));
  }

  @Test
  void soDoesOneIntoManyFolders() {
    Object waiting = dropped("C:\\Windows\\System32\\cmd.exe", "D:\\lib\\m.dll");
    for (int i = 0; i < 2_000; i++) {
      dropped("C:\\Octopus\\Calamari.exe", "C:\\inetpub\\s" + i + "\\L.dll");
    }

    assertTrue(kept().contains(waiting));
  }

  @Test
  void aFloodSparesWhatTheSameProgramHasDroppedIntoAnotherFolder() {
    Object waiting = dropped("C:\\Octopus\\Calamari.exe", "D:\\lib\\m.dll");
    for (int i = 0; i < 1_000; i++) {
      dropped("c:\\octopus\\calamari.exe", "C:\\inetpub\\s\\L" + i + ".dll");
    }

    assertTrue(kept().contains(waiting));
  }

  @Test
  void aFloodOfEverNewProgramsSparesOtherSequencesAndKinds() {
    List<Object> others = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      others.add(started("p" + i));
    }
    Event plain = drop("C:\\Temp\\a.exe", "C:\\Temp\\a.dll");
    others.add(plain);
    others.add(new ModuleRegistration(plain, "a.dll"));
    facts.addAll(others.subList(30, 32));
    for (int i = 0; i < 1_000; i++) {
      dropped("C:\\Temp\\" + i + "\\setup.exe", "C:\\inetpub\\s\\L" + i + ".dll");
    }

    List<Object> kept = kept();
    assertTrue(kept.containsAll(others));
    assertFalse(kept.contains(facts.get(32)), "the oldest of the flood goes");
    assertTrue(kept.contains(facts.get(facts.size() - 1)), "the youngest stays");
  }

  @Test
  void crowdsOfOneSizeLoseTheirOldest() {
    List<Object> oldest = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Object fact = dropped("C:\\p" + i % 10 + ".exe", "C:\\s\\" + i + ".dll");
      if (i < 250) {
        oldest.add(fact);
      }
    }

    List<Object> kept = kept();
    assertTrue(oldest.stream().noneMatch(kept::contains));
  }

  @Test
  void aFactOfARulesOwnTypeIsACrowdOfItsClass() {
    facts.add("own");
    for (int i = 0; i < 1_000; i++) {
      dropped("C:\\a.exe", "C:\\s\\" + i + ".dll");
    }

    assertTrue(kept().contains("own"));
  }
}
