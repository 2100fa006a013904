/**
 * Detection on Kafka Streams, for those whose hosts are more than one machine can hold: the unit of
 * detection is a host, so records are keyed by the machine they are from, and what is open of a
 * host lies in a state store that moves with it. Needs {@code org.apache.kafka:kafka-streams},
 * which nothing else of iiswarden needs.
 *
 * <p>Calls {@code dev.iiswarden}, {@code decode}, {@code event}, and of {@code engine} the JSON
 * form of events; called by {@code cli} and by embedders.
 */
@NullMarked
package dev.iiswarden.kafka;

import org.jspecify.annotations.NullMarked;
