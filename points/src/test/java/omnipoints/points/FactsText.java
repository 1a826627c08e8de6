package omnipoints.points;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import omnipoints.points.rules.Facts;
import omnipoints.points.rules.Rational;

/**
 * Facts as a row of a test table says them: {@code channel=tmall tier=gold at=2026-11-02T10:00}.
 * What is not said is unknown.
 */
final class FactsText {
  private FactsText() {}

  static Facts of(String text) {
    Map<String, String> said = new HashMap<>();
    for (String word : text.trim().split("\\s+"))
      if (!word.isEmpty()) said.put(word.split("=", 2)[0], word.split("=", 2)[1]);
    return new Facts(
        LocalDateTime.parse(said.getOrDefault("at", "2026-05-20T12:00")),
        new Facts.Order(
            said.getOrDefault("channel", "pos"),
            said.getOrDefault("shop", "S1"),
            Long.parseLong(said.getOrDefault("order_fen", "20000")),
            said.get("order_type"),
            said.get("payment")),
        new Facts.Line(
            said.getOrDefault("sku", "A"),
            said.get("category"),
            said.get("brand"),
            Long.parseLong(said.getOrDefault("line_fen", "20000"))),
        said.containsKey("type") ? activity(said) : null,
        said.containsKey("nobody") ? null : member(said));
  }

  private static Facts.Activity activity(Map<String, String> said) {
    return new Facts.Activity(
        said.get("type"),
        said.get("platform"),
        said.containsKey("friend_order_fen") ? Long.valueOf(said.get("friend_order_fen")) : null);
  }

  private static Facts.Member member(Map<String, String> said) {
    return new Facts.Member(
        said.getOrDefault("member", "M00000000001"),
        said.get("home_shop"),
        date(said.get("joined")),
        said.get("join_channel"),
        date(said.get("birthday")),
        said.get("tier"),
        words(said.get("pass")),
        words(said.get("tag")),
        words(said.get("segment")),
        said.containsKey("return_rate") ? Rational.parse(said.get("return_rate")) : null,
        said.get("variant"));
  }

  private static LocalDate date(String text) {
    return text == null ? null : LocalDate.parse(text);
  }

  private static Set<String> words(String text) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(",")).collect(Collectors.toUnmodifiableSet());
  }
}
