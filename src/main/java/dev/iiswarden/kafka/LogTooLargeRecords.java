package dev.iiswarden.kafka;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handler for records that a topic refuses as too large. If the topic is one of those named by
 * {@value #TOPICS_CONFIG}, such as those of alerts and dead letters, it logs the whole record at
 * level ERROR, so that it is not lost, and the application continues. Every other failure, and a
 * record refused by another topic, ends the application as by default, because then state would be
 * lost.
 *
 * <p>The records that this package writes have at most 900,000 bytes, so a topic refuses them only
 * if its {@code max.message.bytes} or the producer's {@code max.request.size} is below the default.
 * With {@code exactly_once_v2} Kafka Streams cannot continue after a refused record. It aborts the
 * transaction and processes the same input again, until the topic takes the record.
 *
 * <p>Kafka Streams creates it by the name in {@code production.exception.handler}. Safe for use by
 * several threads after {@link #configure}.
 */
public final class LogTooLargeRecords implements ProductionExceptionHandler {
  /** The configuration of the application that names the topics, separated by commas. */
  public static final String TOPICS_CONFIG = "iiswarden.log.too.large.topics";

  private static final Logger LOG = LoggerFactory.getLogger(LogTooLargeRecords.class);

  private volatile Set<String> topics = Set.of();

  /** Creates a handler; {@link #configure} tells it the topics. */
  public LogTooLargeRecords() {}

  @Override
  public void configure(Map<String, ?> configuration) {
    Object names = configuration.get(TOPICS_CONFIG);
    topics =
        names == null
            ? Set.of()
            : Arrays.stream(names.toString().split(",", -1))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    if (!(exception instanceof RecordTooLargeException) || !topics.contains(record.topic())) {
      return Response.fail();
    }
    LOG.error(
        "topic {} refused a record as too large ({}): key {}, value {}",
        record.topic(),
        exception.getMessage(),
        text(record.key()),
        text(record.value()));
    return Response.resume();
  }

  /** Returns text in quotes and on one line, and other bytes in Base64. */
  private static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "null";
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return TextNode.valueOf(text).toString();
    } catch (CharacterCodingException notText) {
      return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }
  }
}
