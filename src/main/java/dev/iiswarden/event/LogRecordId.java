package dev.iiswarden.event;

/**
 * The place of a record in a Windows event log: {@code winlog.channel} and {@code
 * winlog.record_id}. A machine numbers the records of each channel. It begins anew when the log is
 * cleared or the machine is restored, so only together with its time does the number identify a
 * record of a machine. Created by the constructor. Immutable and safe for use by several threads.
 *
 * @param channel the name of the log, such as {@code Security}
 * @param recordId the number as the source spells it
 */
public record LogRecordId(String channel, String recordId) {}
