package omnipoints.books;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import omnipoints.facts.Token;
import omnipoints.sql.Script;

/** Finds the members that a token, an order or an id points at, as of a night. */
public final class Members {
  static final Script SQL = Books.script("member");

  private final Books books;
  private final AsOf asOf;
  private final Function<Token, byte[]> hash;

  /**
   * @param hash of a token as the database holds it
   */
  public Members(Books books, AsOf asOf, Function<Token, byte[]> hash) {
    this.books = books;
    this.asOf = asOf;
    this.hash = hash;
  }

  /**
   * A member that exists.
   *
   * @param mergedInto whom all merges known today end in, null for a living member
   */
  public record Known(String memberId, LocalDate birthNight, String mergedInto) {}

  /**
   * Whose an order is.
   *
   * @param owner null when it is nobody's
   * @param accountingClass empty before a night decided about it
   * @param boundAt when a binding named the order too late, with the row that did; null if none did
   */
  public record OrderOwner(
      String owner,
      String accountingClass,
      OffsetDateTime paidAt,
      OffsetDateTime boundAt,
      Integer sourceRow,
      String file) {}

  private record Issued(String kind, String channel) {}

  /** The member of an id; empty if there is none. */
  public Optional<Known> member(String id) {
    return books.one(SQL.statement("member"), Map.of("member", id), Known.class);
  }

  /** The members a token points at: at most one, as long as the books are sound. */
  public List<String> holders(Token token) {
    Map<String, Object> params = new HashMap<>();
    params.put("kind", token.kind());
    params.put("channel", token.channel());
    params.put("hash", hash.apply(token));
    params.put("at", asOf.moment(books));
    return books.texts(SQL.statement("by_token"), params);
  }

  /** The tokens that a value may be on a channel, or as a kind that is valid on every channel. */
  public List<Token> tokens(String channel, String value) {
    return books
        .list(SQL.statement("token_kinds"), Map.of("channel", channel), Issued.class)
        .stream()
        .map(issued -> new Token(issued.kind(), issued.channel(), value))
        .toList();
  }

  /** The orders of a number, one per shop that has it. */
  public List<OrderOwner> ofOrder(String channel, String number) {
    return books.list(
        SQL.statement("by_order"),
        Map.of("channel", channel, "order_no", number),
        OrderOwner.class);
  }
}
