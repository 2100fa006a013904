package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFieldsTest {
  private static HostFields reported(String name) {
    return new HostFields(name, true);
  }

  private static HostFields bare(String name) {
    return new HostFields(name, false);
  }

  @ParameterizedTest
  @CsvSource({
    "WEB01, web01, true",
    "WEB01, web01.corp.example, true",
    "WEB01.corp.example, web01.CORP.example., true",
    "WEB01.corp.example, web01.other.example, false",
    "WEB01, web02, false",
    "WEB01, web010, false",
    "10.0.0.1, 10.0.0.2, false",
    "10.0.0.1, 10.0.0.1, true",
    "fe80::1, FE80::1, true",
    "fe80::1.x, fe80::2.x, false",
    ".x, .y, false"
  })
  void namesThatWindowsReportsAreCompared(String one, String other, boolean same) {
    assertEquals(same, reported(one).isSameMachineAs(reported(other)));
    assertEquals(same, reported(one).isSameMachineAs(bare(other)));
    assertEquals(same, bare(other).isSameMachineAs(reported(one)));
  }

  @ParameterizedTest
  @CsvSource({"WEB01, WEB01, true", "WEB01, web01, false", "WEB01, WEB01.corp.example, false"})
  void bareNamesAreComparedExactly(String one, String other, boolean same) {
    assertEquals(same, bare(one).isSameMachineAs(bare(other)));
  }

  @Test
  void noNameIsTheNameOfNobodyElse() {
    HostFields none = new HostFields();

    assertEquals(true, none.isSameMachineAs(new HostFields()));
    assertEquals(false, none.isSameMachineAs(reported("WEB01")));
    assertEquals(false, reported("WEB01").isSameMachineAs(none));
    assertNull(none.getCorrelationKey());
    assertEquals(0, none.correlationHash());
  }

  @Test
  void theKeyIsTheShortNameInLowerCase() {
    assertEquals("web01", reported("WEB01.corp.example").getCorrelationKey());
    assertEquals("web01", bare("WEB01").getCorrelationKey());
    assertEquals("10.0.0.1", reported("10.0.0.1").getCorrelationKey());
    assertEquals("", bare("").getCorrelationKey());
    assertNotEquals(
        reported("10.0.0.1").getCorrelationKey(), reported("10.0.0.2").getCorrelationKey());
  }

  @Test
  void theNameThatTellsMoreIsTheOneWithTheDomain() {
    HostFields whole = reported("web01.corp.example");

    assertEquals(whole, reported("WEB01").moreTelling(whole));
    assertEquals(whole, whole.moreTelling(reported("WEB01")));
    assertEquals(whole, whole.moreTelling(bare("web01.corp.example")));
    assertEquals(whole, bare("web01.corp.example").moreTelling(whole));
  }

  @Test
  void theSameNameIsTheSameTextFromTheSameSource() {
    assertEquals(true, bare("a").isSameAs(bare("a")));
    assertEquals(false, bare("a").isSameAs(bare("A")));
    assertEquals(false, bare("a").isSameAs(reported("a")));
  }

  @Property
  void namesOfOneMachineComeToTheSamePlace(
      @ForAll("names") String one, @ForAll("names") String other) {
    HostFields first = reported(one);
    HostFields second = reported(other);

    assertEquals(first.isSameMachineAs(second), second.isSameMachineAs(first));
    if (first.isSameMachineAs(second)) {
      assertEquals(first.getCorrelationKey(), second.getCorrelationKey());
      assertEquals(first.correlationHash(), second.correlationHash());
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        List.of(
            "A",
            "a",
            "a.b",
            "A.B",
            "a.b.",
            "A.c",
            "b",
            "1.2",
            "1.3",
            "1.2.",
            "a:b",
            "A:B",
            ".",
            "",
            "\u00c4",
            "\u00e4",
            "\u00c4.x",
            "a.",
            "A..b"));
  }
}
