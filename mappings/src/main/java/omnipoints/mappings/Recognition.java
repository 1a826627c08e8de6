package omnipoints.mappings;

import java.util.List;

/** What a file turned out to be. */
public sealed interface Recognition {

  /**
   * Exactly one document of one channel fits.
   *
   * @param fileName name for messages
   * @param headerRow 1-based row of the header
   * @param headers header cells as the file spells them
   * @param channels all channels, whose tokens a binding may name
   */
  record Recognised(
      Channel channel,
      Document document,
      Encoding encoding,
      String fileName,
      int headerRow,
      List<String> headers,
      Channels channels)
      implements Recognition {

    /** Headers no field reads, as the file spells them: platforms add columns any month. */
    public List<String> unmapped() {
      return Columns.unmapped(document, headers);
    }
  }

  /**
   * The file is not used.
   *
   * @param message file, rule and, for NO_MAPPING, what each document misses
   * @param next what to do next
   */
  record Refused(DeliveryOutcome outcome, String message, List<String> next)
      implements Recognition {}
}
