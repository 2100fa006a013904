package dev.iiswarden.decode;

/** A string of a well-formed JSON record. */
final class JsonText extends UnreadText {
  private final byte[] record;
  private final int quote;

  /**
   * Creates the text.
   *
   * @param record the record, which must not change from now on
   * @param quote the index of the string's opening quote
   */
  JsonText(byte[] record, int quote) {
    this.record = record;
    this.quote = quote;
  }

  @Override
  String read() {
    return JsonStrings.read(record, quote);
  }

  @Override
  boolean mayHoldRecord() {
    return beginsRecord(record[quote + 1]);
  }
}
