package dev.iiswarden.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.Detector;
import dev.iiswarden.sink.Slf4jSink;
import dev.iiswarden.testing.CapturedLog;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.junit.jupiter.api.Test;

class Log4jPipelineTest {
  @Test
  void eventsComeAsMessagesAndAlertsGoAsMessages() throws IOException {
    List<String> all = SampleLines.all();
    try (LoggerContext context = new LoggerContext("pipeline");
        CapturedLog log = new CapturedLog();
        Detector detector = Detector.builder().sink(new Slf4jSink()).build()) {
      context.start(new DefaultConfiguration());
      Log4jPipeline.detect(context, "windows.events", detector);
      Logger events = context.getLogger("windows.events");
      for (int i = 0; i < all.size(); i++) {
        if (i == all.size() / 2) {
          context.setConfiguration(new DefaultConfiguration());
        }
        events.info("{}", all.get(i));
      }
      assertEquals(all.size(), detector.counters().events());
      detector.flush();
      Set<String> ids = new TreeSet<>();
      for (String line : log.lines("dev.iiswarden.alerts")) {
        ids.add(SampleLines.id(line.substring(line.indexOf('{'))));
      }
      assertEquals(SampleLines.alertIds(), ids);
    }
  }
}
