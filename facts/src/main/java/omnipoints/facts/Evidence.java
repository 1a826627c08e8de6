package omnipoints.facts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * One piece of evidence that tokens belong to the same person.
 *
 * @param id source and content: what the verdict is given on
 * @param at when a binding was made, null for evidence without a time
 * @param seen as of when its tokens are meant: when an order was paid, a binding made; null is now
 * @param birthday what a member row says, or null
 * @param person tokens that are the same person
 * @param platform tokens of the platform buyer that the binding ties to the person
 * @param order the order bound by its number when it has no token of its own, else null
 * @param orders how many orders of the channel carry the number; more than one says nothing
 * @param waits the order it names has not arrived
 */
public record Evidence(
    Id id,
    Instant at,
    Instant seen,
    LocalDate birthday,
    List<LinkedToken> person,
    List<LinkedToken> platform,
    UUID order,
    int orders,
    boolean waits) {

  /** The first token of a kind among those of the person, or null. */
  public LinkedToken person(String kind) {
    for (LinkedToken token : person) if (token.key().kind().equals(kind)) return token;
    return null;
  }

  /** Where evidence comes from, in the order in which it counts. */
  public enum Source {
    FACT,
    ORDER,
    BALANCE,
    BINDING
  }

  /** {@code content} is the hex hash of the row, or the key of the order. */
  public record Id(Source source, String content) {}

  /** A token by its hash, in hex so that text order is byte order. */
  public record TokenKey(String kind, String channel, String hash) {}

  /**
   * A token in evidence.
   *
   * @param buys it stands on an order paid before the cut, which makes a member
   */
  public record LinkedToken(TokenKey key, String shown, boolean buys) {
    boolean makesMember() {
      return buys || key.kind().equals("card") || key.kind().equals("phone");
    }
  }
}
