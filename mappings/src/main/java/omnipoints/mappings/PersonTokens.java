package omnipoints.mappings;

import omnipoints.facts.Token;

/** Tokens of people as documents write them, and as they may be shown. */
public final class PersonTokens {
  private PersonTokens() {}

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
  public static String shown(Token token) {
    return token.kind().equals("phone")
        ? Phones.mask(token.value())
        : Masking.identity(token.value());
  }
}
