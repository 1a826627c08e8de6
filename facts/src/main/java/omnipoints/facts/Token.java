package omnipoints.facts;

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

  @Override
  public String toString() {
    return kind + ":***";
  }
}
