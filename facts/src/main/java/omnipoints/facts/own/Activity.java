package omnipoints.facts.own;

import static omnipoints.facts.Cell.As.CODE;
import static omnipoints.facts.Cell.As.ID;
import static omnipoints.facts.Cell.Need.VALUE;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import omnipoints.facts.Cell;
import omnipoints.facts.OwnRow;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/**
 * Something a member did that is no purchase: a check-in, a share, a review, a referral.
 *
 * @param platform where, in lower case; {@code pos} where a till tells no platform
 * @param channel of the order it names
 * @param friend whom it refers, or null
 * @param makeup it was made up for later: it bridges no day and gives nothing
 */
public record Activity(
    @Cell(need = VALUE, as = CODE) String eventId,
    @Cell(need = VALUE) String type,
    String platform,
    @Cell(need = VALUE) Token member,
    @Cell(need = VALUE) Instant at,
    String shop,
    String channel,
    @Cell(as = ID) String orderNo,
    Token friend,
    Boolean makeup)
    implements OwnRow {

  /** Writes platform and type as they are compared. */
  public Activity {
    boolean till = platform == null && (shop != null || "pos".equals(channel));
    platform = till ? "pos" : lower(platform);
    type = lower(type);
    makeup = Boolean.TRUE.equals(makeup);
  }

  private static String lower(String text) {
    return text == null ? null : text.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<?> key() {
    return List.of(type, platform, eventId);
  }

  @Override
  public Instant asOf() {
    return at;
  }

  @Override
  public List<Fault> faults() {
    return platform == null
        ? List.of(new Fault("platform", RejectReason.MISSING_REQUIRED))
        : List.of();
  }
}
