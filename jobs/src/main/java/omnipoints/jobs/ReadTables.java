package omnipoints.jobs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import omnipoints.facts.Contents;
import omnipoints.facts.FactRecord;
import omnipoints.facts.Token;
import omnipoints.mappings.PersonTokens;

/**
 * The tables of a night for what its deliveries say of no order, open for COPY, each on a
 * connection of its own so that records go where they belong in the order they come. Person data
 * becomes hashes here: no plain phone goes further.
 */
final class ReadTables implements AutoCloseable {

  /** A binding. Grain: one per row, two where it names an order and a platform id. */
  private record BindingShown(
      int delivery,
      int row,
      byte[] content,
      String channel,
      String orderNo,
      String shop,
      Instant boundAt) {}

  /**
   * A member row; kind, hash and shown are those of the token it is about: a card, else a phone.
   */
  private record MemberShown(
      int delivery,
      int row,
      byte[] content,
      String kind,
      byte[] hash,
      String shown,
      LocalDate birthday,
      LocalDate joinDate,
      String homeShop,
      byte[] phone,
      String phoneShown) {}

  /** A token of a piece of evidence. */
  private record EvidenceShown(
      byte[] content, String side, String kind, String channel, byte[] hash, String shown) {}

  /** A balance as a platform states it. */
  private record BalanceShown(
      int delivery, int row, byte[] content, String channel, String shop, long points) {}

  /** A token of a customer of a platform. */
  private record BalanceTokenShown(
      byte[] content, String kind, String channel, byte[] hash, String shown) {}

  /** A close that others have received. */
  private record AckShown(
      int delivery, int row, byte[] content, LocalDate closed, String closeHash) {}

  /** A movement of money as a statement says it. */
  private record SettlementShown(
      int delivery,
      int row,
      byte[] content,
      String channel,
      String shop,
      String flow,
      String orderNo,
      String lineNo,
      String refundNo,
      Instant at,
      String fee,
      String kind,
      long amountFen,
      Long balanceFen) {}

  /** Of an order: one it was split into, and when it was paid according to the row. */
  private record SplitRow(int delivery, UUID parentKey, UUID childKey, Instant paidAt) {}

  private final List<NightRows<?>> open = new ArrayList<>();
  private final Tokens tokens;
  private final Contents contents = new Contents();
  private final NightRows<BindingShown> bindings;
  private final NightRows<MemberShown> members;
  private final NightRows<EvidenceShown> evidence;
  private final NightRows<BalanceShown> balances;
  private final NightRows<BalanceTokenShown> balanceTokens;
  private final NightRows<AckShown> acks;
  private final NightRows<SettlementShown> settlements;
  private final NightRows<SplitRow> splits;
  private final NightRows<RejectRow> rejects;
  private final Night night;

  /** Null until the night brings a document of our own. */
  private NightRows<OwnShown> own;

  private ReadTables(Night night) {
    this.night = night;
    tokens = night.tokens();
    bindings = open(night, "shown_binding", BindingShown.class);
    members = open(night, "shown_member", MemberShown.class);
    evidence = open(night, "shown_evidence", EvidenceShown.class);
    balances = open(night, "shown_balance", BalanceShown.class);
    balanceTokens = open(night, "shown_balance_token", BalanceTokenShown.class);
    acks = open(night, "shown_ack", AckShown.class);
    settlements = open(night, "shown_settlement", SettlementShown.class);
    splits = open(night, "split", SplitRow.class);
    rejects = open(night, "reject", RejectRow.class);
  }

  static ReadTables open(Night night) {
    return new ReadTables(night);
  }

  private <T extends Record> NightRows<T> open(Night night, String table, Class<T> type) {
    NightRows<T> rows = NightRows.own(night, table, type);
    open.add(rows);
    return rows;
  }

  /** Ends and commits all copies; without it nothing was written. */
  void finish() {
    open.forEach(NightRows::finish);
  }

  void put(int delivery, FactRecord.BindingRecord binding) {
    byte[] content = contents.hash(binding);
    bindings.put(
        new BindingShown(
            delivery,
            binding.row(),
            content,
            binding.channel(),
            binding.orderNo(),
            binding.shop(),
            binding.boundAt()));
    if (binding.platform() != null) put(content, "PLATFORM", binding.platform());
    for (Token token : binding.person()) put(content, "PERSON", token);
  }

  void put(int delivery, FactRecord.AckRecord ack) {
    acks.put(new AckShown(delivery, ack.row(), contents.hash(ack), ack.night(), ack.closeHash()));
  }

  void put(int delivery, FactRecord.MemberRecord member) {
    byte[] content = contents.hash(member);
    Token subject = token(member, "card");
    Token phone = token(member, "phone");
    if (subject == null) subject = phone;
    members.put(
        new MemberShown(
            delivery,
            member.row(),
            content,
            subject.kind(),
            tokens.hash(subject),
            PersonTokens.shown(subject),
            member.birthday(),
            member.joinDate(),
            member.homeShop() == null ? "" : member.homeShop(),
            phone == null ? null : tokens.hash(phone),
            phone == null ? null : PersonTokens.shown(phone)));
    for (Token token : member.person()) put(content, "PERSON", token);
  }

  private static Token token(FactRecord.MemberRecord member, String kind) {
    for (Token token : member.person()) if (token.kind().equals(kind)) return token;
    return null;
  }

  private void put(byte[] content, String side, Token token) {
    evidence.put(
        new EvidenceShown(
            content,
            side,
            token.kind(),
            token.channel(),
            tokens.hash(token),
            PersonTokens.shown(token)));
  }

  void put(int delivery, String channel, FactRecord.BalanceRecord balance) {
    byte[] content = contents.hash(balance);
    balances.put(
        new BalanceShown(
            delivery, balance.row(), content, channel, balance.shop(), balance.points()));
    for (Token token : balance.person())
      balanceTokens.put(
          new BalanceTokenShown(
              content,
              token.kind(),
              token.channel(),
              tokens.hash(token),
              PersonTokens.shown(token)));
  }

  void put(int delivery, FactRecord.SettlementRecord settlement) {
    settlements.put(
        new SettlementShown(
            delivery,
            settlement.row(),
            contents.hash(settlement),
            settlement.channel(),
            settlement.shop(),
            settlement.flow() == null ? "" : settlement.flow(),
            settlement.order(),
            settlement.line(),
            settlement.refund(),
            settlement.at(),
            settlement.fee(),
            settlement.kind().name(),
            settlement.amountFen(),
            settlement.balanceFen()));
  }

  void put(int delivery, FactRecord.OwnRecord row) {
    if (own == null) own = open(night, "shown_own", OwnShown.class);
    own.put(OwnShown.of(delivery, row, contents.hash(row), tokens));
  }

  void put(int delivery, FactRecord.Reject reject, UUID orderKey) {
    rejects.put(
        new RejectRow(
            delivery,
            reject.row(),
            reject.column(),
            reject.reason().name(),
            reject.value(),
            reject.rowMasked(),
            reject.shop(),
            reject.order(),
            orderKey,
            false,
            false));
  }

  void putSplit(int delivery, UUID parent, UUID child, Instant paidAt) {
    splits.put(new SplitRow(delivery, parent, child, paidAt));
  }

  @Override
  public void close() {
    open.forEach(NightRows::close);
  }
}
