/** Tests of detection on Kafka Streams, without a broker and with a real one. */
@NullMarked
package dev.iiswarden.kafka;

import org.jspecify.annotations.NullMarked;
