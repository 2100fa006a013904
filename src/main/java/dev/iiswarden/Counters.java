package dev.iiswarden;

import java.time.Duration;

/**
 * What a detector has seen since it was built, and what it holds now.
 *
 * @param events records handed in, whatever became of them
 * @param relevant records that some rule was interested in
 * @param alerts alerts that rules raised, those held back included
 * @param late relevant records that came later than the allowed lateness and were judged on arrival
 * @param repeated relevant records left out because their host had logged the same action under
 *     another event code within the last ten seconds
 * @param futureDated records dated too far in the future, which counted as of their arrival
 * @param dropped facts let go of, or too large to be held, because a ceiling was reached: nothing
 *     waits for what would have followed them
 * @param judgedEarly records judged before their time because too many waited
 * @param malformed records that could not be decoded
 * @param ruleFailures times a rule threw an exception
 * @param suppressed alerts held back by the allowlist, as repeats, or because there were too many
 * @param undelivered alerts a sink has refused so far, counted for each sink
 * @param openHosts hosts for which something is held
 * @param openFacts facts that rules hold
 * @param waiting relevant records waiting to be put in order
 * @param judging time spent on relevant records so far: the gate behind them, sinks before them
 * @param delivery time sinks have taken so far
 */
public record Counters(
    long events,
    long relevant,
    long alerts,
    long late,
    long repeated,
    long futureDated,
    long dropped,
    long judgedEarly,
    long malformed,
    long ruleFailures,
    long suppressed,
    long undelivered,
    long openHosts,
    long openFacts,
    long waiting,
    Duration judging,
    Duration delivery) {}
