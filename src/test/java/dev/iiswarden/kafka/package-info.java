/** Detection on Kafka Streams: its semantics without a broker, and on a real one. */
@NullMarked
package dev.iiswarden.kafka;

import org.jspecify.annotations.NullMarked;
