package omnipoints.mappings;

/**
 * A typed, unmasked key that points at a buyer or member, as a document states it.
 *
 * @param kind {@code card}, {@code phone}, {@code unionid}, {@code tmall_nick}, …
 * @param channel the platform that issues it ({@code tmall} for a nick), empty for kinds valid on
 *     every channel
 * @param value normalised plain value: phones as E.164 ({@code +8613800000001}), everything else
 *     trimmed. Never logged.
 */
public record Token(String kind, String channel, String value) {

  /**
   * What stands in a column of cards: a card, or the phone that was typed there instead, which is
   * then that and no card.
   */
  public static Token card(String value) {
    return Phones.normalise(value)
        .map(e164 -> new Token("phone", "", e164))
        .orElseGet(() -> new Token("card", "", value));
  }

  /** What may be shown and stored: phones masked wherever they stand, the rest as it is. */
  public String shown() {
    return kind.equals("phone") ? Phones.mask(value) : Masking.identity(value);
  }

  @Override
  public String toString() {
    return kind + ":***";
  }
}
