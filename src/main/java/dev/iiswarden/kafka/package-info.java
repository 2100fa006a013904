/**
 * Detection on Kafka Streams, for fleets with more hosts than one machine can handle. The unit of
 * detection is a host: records are keyed by the machine they are from, and the open state of a host
 * is in a state store that moves with it. Only this package needs {@code
 * org.apache.kafka:kafka-streams}.
 *
 * <p>This package calls {@code dev.iiswarden}, {@code alert}, {@code decode}, {@code event}, {@code
 * read} and {@code rules}. {@code cli} and embedders call it.
 */
@NullMarked
package dev.iiswarden.kafka;

import org.jspecify.annotations.NullMarked;
