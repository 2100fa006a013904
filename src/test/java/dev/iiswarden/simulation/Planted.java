package dev.iiswarden.simulation;

import dev.iiswarden.decode.EventDecoders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Plants faults in a feed that no detector could make good. */
final class Planted {
  private Planted() {}

  /** The records as they arrive with a planted fault. */
  static List<Fed> records(Plant plant, Faults faults, List<Fed> records) {
    if (plant != Plant.HOST_DOUBLED && plant != Plant.DUPLICATE_WITHOUT_ID) {
      return records;
    }
    SplittableRandom random = faults.random("planted");
    List<Fed> more = new ArrayList<>(records);
    for (Fed record : records) {
      if (record.origin() == Fed.Origin.EVENT && random.nextInt(20) == 0) {
        more.add(
            plant == Plant.HOST_DOUBLED
                ? changed(record, "<Computer>", "<Computer>second-")
                : changed(record, "<EventRecordID>.*</EventRecordID>", ""));
      }
    }
    more.sort(Comparator.comparing(Fed::arrival));
    return more;
  }

  private static Fed changed(Fed record, String what, String to) {
    String line = record.line().replaceAll(what, to);
    return new Fed(record.arrival(), line, EventDecoders.auto().decode(line), Fed.Origin.DUPLICATE);
  }
}
