package omnipoints.mappings;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.RejectReason;
import omnipoints.facts.Token;

/**
 * One row, one piece of evidence: an order number or a platform id belongs to a phone, card or
 * unionid.
 */
final class BindingRows implements RecordRows {
  private final Channels channels;

  BindingRows(Channels channels) {
    this.channels = channels;
  }

  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    String code = row.text("channel");
    Channel channel = code == null || !channels.knows(code) ? null : channels.channel(code);
    if (code != null && channel == null) row.impossible(RejectReason.UNKNOWN_STATUS, "channel");
    String order = row.text("order_no");
    row.belongsTo(order);
    Token platform = platform(row, channel);
    List<Token> person = new ArrayList<>();
    add(person, row.phone("phone"));
    add(person, row.token("card", "card", ""));
    add(person, row.token("unionid", "unionid", ""));
    Instant boundAt = row.instant("bound_at");
    String shop = row.text("shop");
    if (!row.rejected() && order == null && platform == null) {
      if (row.filled("platform_id")) row.impossible(RejectReason.MISSING_REQUIRED, "platform_id");
      else row.missing("order_no");
    }
    if (!row.rejected() && person.isEmpty()) row.missing("phone");
    if (row.rejected()) return Outcome.READ;
    List<Token> who = List.copyOf(person);
    if (order != null)
      sink.accept(new FactRecord.BindingRecord(row.row(), code, order, null, who, boundAt, shop));
    if (platform != null)
      sink.accept(
          new FactRecord.BindingRecord(row.row(), code, null, platform, who, boundAt, null));
    return Outcome.READ;
  }

  /** The token kind of a platform id is declared by the mapping of the channel it is of. */
  private static Token platform(RowTyping row, Channel channel) {
    if (channel == null) return null;
    if (channel.platformToken() != null)
      return row.token("platform_id", channel.platformToken(), channel.code());
    if (row.text("platform_id") != null) row.impossible(RejectReason.UNKNOWN_STATUS, "channel");
    return null;
  }

  static void add(List<Token> tokens, Token token) {
    if (token != null && !tokens.contains(token)) tokens.add(token);
  }
}
