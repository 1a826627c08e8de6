package omnipoints.mappings;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import omnipoints.facts.CompleteWhen;
import omnipoints.facts.Token;
import omnipoints.files.Limits;
import omnipoints.files.Wrapper;

/**
 * What the files of one channel mean: its YAML, checked.
 *
 * @param code {@code tmall}, {@code pos}, …
 * @param title name for people
 * @param completeWhen null for a channel without orders
 * @param postIncompleteAfterNights nights after which an incomplete order posts on its pseudo-line;
 *     empty = never
 * @param exclusions SKUs that are no goods (freight, price difference, deposit, gift)
 * @param platformToken token kind of this channel's buyers, null if it has none
 * @param ordersUnique the platform gives an order number once, whatever the shop
 * @param shopFrom where the shop comes from, the first that knows it wins; empty for documents
 *     without shop
 * @param headerWithinRows the header is searched in that many rows
 * @param skipMembers globs on the base names of archive members that are no deliveries
 * @param hash SHA-256 hex of the effective YAML bytes
 */
public record Channel(
    String code,
    String title,
    List<Document> documents,
    CompleteWhen completeWhen,
    OptionalInt postIncompleteAfterNights,
    Set<String> exclusions,
    String platformToken,
    boolean ordersUnique,
    List<ShopSource> shopFrom,
    Pattern shopFileNamePattern,
    List<String> encodings,
    Limits limits,
    int headerWithinRows,
    Set<Wrapper> unwrap,
    MoneyStyle money,
    List<String> skipMembers,
    String hash) {

  /** Where a shop's name is found. */
  public enum ShopSource {
    FOLDER,
    COLUMN,
    FILE_NAME
  }

  /** How amounts are written: what may stand before and after the digits, and between them. */
  public record MoneyStyle(
      int unit, List<String> prefixes, List<String> suffixes, boolean thousands) {}

  /** Whether no file of it can be read yet, answers of its API apart. */
  public boolean template() {
    return documents.stream().allMatch(Document::ofJson);
  }

  /**
   * The token of this channel's buyer: cards, phones, unionids and numbers of members are valid
   * everywhere, other kinds on one channel.
   */
  static Token token(String kind, String channel, String value) {
    if (kind.equals("card")) return PersonTokens.card(value);
    boolean everywhere = kind.equals("phone") || kind.equals("unionid") || kind.equals("member_id");
    return new Token(kind, everywhere ? "" : channel, value);
  }
}
