package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import omnipoints.facts.RefundStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferralTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate START = LocalDate.of(2026, 3, 1);

  private static Instant at(int minute) {
    return START.atStartOfDay(ZONE).plusMinutes(minute).toInstant();
  }

  private static Programme programme(String... rules) {
    return new Programme(
        "cloud", List.of(RuleText.program("rules:\n- " + String.join("\n- ", rules) + "\n")));
  }

  private static Referral.Order order(int id, String owner, int paid, long base, long kept) {
    List<RefundStep> back =
        kept == base ? List.of() : List.of(new RefundStep(at(paid + 1), base - kept));
    return new Referral.Order(
        new UUID(0, id),
        "c",
        "s",
        "o" + id,
        new NamedOrder(at(paid), null, owner, true, base, back, at(paid), false));
  }

  /** {@code <referrer> <rule> <order>} of what is given; {@code -} before what others miss. */
  private static String told(Referral.Answer answer) {
    var told = new ArrayList<String>();
    for (Referral.Won won : answer.won())
      told.add(won.event().referrer() + " " + won.rule().id() + " " + won.order().order());
    for (Referral.Lost lost : answer.lost())
      told.add("-" + lost.referrer() + " " + lost.allotment().causeKey());
    return String.join(", ", told);
  }

  /**
   * Referrals are {@code <referrer>@<minute>}, a star behind one that tonight brings; orders are
   * {@code <minute>:<fen>/<kept>}; the friend is F.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      A@10*            | 10:100/100              | A r o0
      A@10*            | 9:100/100               | ''
      A@10*            | 9:1/1 20:100/100        | ''
      A@10*            | 20:99/99 30:100/100     | A r o1
      A@10*            | 20:100/99 30:100/100    | A r o1
      A@10*            | 20:100/0                | ''
      A@10* B@9*       | 20:100/100              | B r o0, -A o0#r
      A@10* B@10*      | 20:100/100              | A r o0, -B o0#r
      A@10 B@15*       | 20:100/100              | A r o0, -B o0#r
      F@5* A@10*       | 20:100/100              | A r o0
      F@5*             | 20:100/100              | ''
      A@10m B@11*      | 20:100/100              | B r o0
      A@10*            | 30:200/200 20:100/100   | A r o1
      """)
  void B19_the_first_to_name_a_friend_is_paid_for_the_first_order_since(
      String referrals, String orders, String expected) {
    Programme programme =
        programme("{id: r, on: referral, when: {friend_order_fen: {gte: 100}}, points: 5}");
    var bought = new ArrayList<Referral.Order>();
    for (String one : orders.split(" ")) {
      String[] parts = one.split("[:/]");
      bought.add(
          order(
              bought.size(),
              "F",
              Integer.parseInt(parts[0]),
              Long.parseLong(parts[1]),
              Long.parseLong(parts[2])));
    }
    var events = new ArrayList<Referral.Event>();
    var pairs = new ArrayList<Referral.Pair>();
    for (String one : referrals.trim().split(" +")) {
      int minute = Integer.parseInt(one.substring(2).replaceAll("\\D", ""));
      boolean before = bought.stream().anyMatch(order -> order.money().at().isBefore(at(minute)));
      var event =
          new Referral.Event(
              "x/app/" + events.size(),
              at(minute),
              "x",
              "app",
              one.endsWith("m"),
              one.endsWith("*"),
              one.substring(0, 1),
              before);
      events.add(event);
      for (Referral.Order order : bought)
        if (!order.money().at().isBefore(event.at()))
          pairs.add(new Referral.Pair(event, order, null));
    }
    assertThat(told(Referral.of(programme, ZONE, "F", events, pairs, List.of())))
        .isEqualTo(expected);
  }

  /** Rules with other thresholds may be paid for other orders; of a group the better one counts. */
  @Test
  void B19_each_rule_is_paid_once_a_friend() {
    Programme programme =
        programme(
            "{id: big, on: referral, when: {friend_order_fen: {gte: 500}}, points: 50}",
            "{id: a, group: g, on: referral, points: 1}",
            "{id: b, group: g, on: referral, points: 2}",
            "{id: c, on: referral, when: {channel: pos}, points: 2}",
            "{id: d, on: referral, when: {type: x, platform: app}, window: {to: 2026-02-01}, points: 2}");
    var event = new Referral.Event("x/app/1", at(0), "x", "app", false, true, "A", false);
    List<Referral.Pair> pairs =
        List.of(
            new Referral.Pair(event, order(1, "F", 5, 100, 100), null),
            new Referral.Pair(event, order(2, "F", 6, 900, 900), null));
    assertThat(told(Referral.of(programme, ZONE, "F", List.of(event), pairs, List.of())))
        .isEqualTo("A b o1, A a o2, A big o2");
  }

  private record Named(int id, String referrer, String friend, int at, int shown) {}

  private record Bought(int id, String buyer, int at, int shown, long base, int returned) {
    long kept(int night) {
      return night >= returned ? 0 : base;
    }
  }

  /** What the naive one knows of a friend. */
  private static final class Friend {
    Bought holder;
    boolean spent;
  }

  private static int minute(Random random) {
    return random.nextInt(10) * 1440 + random.nextInt(1440);
  }

  /**
   * Members who name each other and buy, in files that come late, night after night, against one
   * who looks at everything known.
   */
  @Test
  void B19_one_award_a_friend_and_one_direction_a_pair_against_an_oracle() {
    int paidInAll = 0;
    for (long seed = 1; seed <= 4000; seed++) {
      var random = new Random(seed);
      boolean next = random.nextBoolean();
      Programme programme =
          programme(
              "{id: r, on: referral, when: {friend_order_fen: {gte: 40}}, points: 5"
                  + (next ? ", after_return: next}" : "}"));
      var named = new ArrayList<Named>();
      for (int i = 0, n = random.nextInt(8); i < n; i++) {
        int at = minute(random);
        named.add(new Named(i, member(random), member(random), at, at / 1440 + random.nextInt(3)));
      }
      var bought = new ArrayList<Bought>();
      for (int i = 0, n = random.nextInt(9); i < n; i++) {
        int at = minute(random);
        int shown = at / 1440 + random.nextInt(3);
        int returned = random.nextInt(3) == 0 ? shown + random.nextInt(4) : 1000;
        bought.add(new Bought(i, member(random), at, shown, 10 + random.nextInt(90), returned));
      }
      Map<String, Friend> naive = new HashMap<>();
      Set<String> directions = new HashSet<>();
      Map<String, Referral.Held> held = new HashMap<>();
      var paid = new ArrayList<ReferralShare.Paid>();
      for (int night = 0; night < 16; night++) {
        List<String> expected = naive(named, bought, night, next, naive, directions);
        List<String> got = night(programme, named, bought, night, held, paid);
        assertThat(got).as("seed %d night %d", seed, night).isEqualTo(expected);
        paidInAll += got.size();
      }
    }
    assertThat(paidInAll).isGreaterThan(1000);
  }

  private static String member(Random random) {
    return "M" + random.nextInt(4);
  }

  /** {@code <friend> <referrer> <order> <points>} of the night. */
  private static List<String> naive(
      List<Named> named,
      List<Bought> bought,
      int night,
      boolean next,
      Map<String, Friend> friends,
      Set<String> directions) {
    record Due(String friend, Named by, Bought order) {}
    var due = new ArrayList<Due>();
    for (int m = 0; m < 4; m++) {
      String who = "M" + m;
      Friend friend = friends.computeIfAbsent(who, any -> new Friend());
      if (friend.holder != null && friend.holder.kept(night) == 0) {
        friend.holder = null;
        friend.spent |= !next;
      }
      if (friend.holder != null || friend.spent) continue;
      Named first =
          named.stream()
              .filter(one -> one.friend().equals(who) && !one.referrer().equals(who))
              .filter(one -> one.shown() <= night)
              .min(Comparator.comparing(Named::at).thenComparing(Named::id))
              .orElse(null);
      if (first == null) continue;
      List<Bought> known =
          bought.stream()
              .filter(one -> one.buyer().equals(who) && one.shown() <= night)
              .sorted(Comparator.comparing(Bought::at).thenComparing(Bought::id))
              .toList();
      if (known.stream().anyMatch(one -> one.at() < first.at())) continue;
      for (Bought one : known) {
        if (one.kept(night) < 40) continue;
        friend.holder = one;
        due.add(new Due(who, first, one));
        break;
      }
    }
    due.sort(
        Comparator.comparing((Due one) -> one.order().at())
            .thenComparing(one -> one.by().at())
            .thenComparing(one -> one.by().id()));
    var given = new ArrayList<String>();
    for (Due one : due) {
      String referrer = one.by().referrer();
      boolean other = directions.contains(referrer + " " + one.friend());
      if (!other) directions.add(one.friend() + " " + referrer);
      given.add(one.friend() + " " + referrer + " o" + one.order().id() + (other ? " 0" : " 5"));
    }
    return given;
  }

  private static List<String> night(
      Programme programme,
      List<Named> named,
      List<Bought> bought,
      int night,
      Map<String, Referral.Held> held,
      List<ReferralShare.Paid> paid) {
    var candidates = new ArrayList<ReferralShare.Candidate>();
    for (int m = 0; m < 4; m++) {
      String friend = "M" + m;
      List<Bought> his =
          bought.stream()
              .filter(one -> one.buyer().equals(friend) && one.shown() <= night)
              .toList();
      Set<Integer> touched =
          his.stream()
              .filter(one -> one.shown() == night || one.returned() == night)
              .map(Bought::id)
              .collect(Collectors.toSet());
      List<Named> by =
          named.stream()
              .filter(one -> one.friend().equals(friend) && one.shown() <= night)
              .toList();
      boolean fresh = by.stream().anyMatch(one -> one.shown() == night);
      if (touched.isEmpty() && !fresh) continue;
      Referral.Held before = held.get(friend);
      boolean wide =
          fresh
              || before != null && touched.contains((int) before.order().getLeastSignificantBits());
      var orders = new ArrayList<Referral.Order>();
      for (Bought one : his)
        if (wide || touched.contains(one.id()))
          orders.add(order(one.id(), friend, one.at(), one.base(), one.kept(night)));
      var events = new ArrayList<Referral.Event>();
      var pairs = new ArrayList<Referral.Pair>();
      for (Named one : by) {
        var event =
            new Referral.Event(
                "x/app/" + one.id(),
                at(one.at()),
                "x",
                "app",
                false,
                one.shown() == night,
                one.referrer(),
                his.stream().anyMatch(order -> order.at() < one.at()));
        events.add(event);
        for (Referral.Order order : orders)
          if (!order.money().at().isBefore(event.at()))
            pairs.add(new Referral.Pair(event, order, null));
      }
      if (before != null) {
        Referral.Held known = before;
        NamedOrder money =
            orders.stream()
                .filter(one -> one.key().equals(known.order()))
                .map(Referral.Order::money)
                .findFirst()
                .orElse(null);
        before =
            new Referral.Held(
                "r",
                known.referrer(),
                known.order(),
                known.number(),
                known.at(),
                known.state(),
                money);
      }
      Referral.Answer answer =
          Referral.of(
              programme, ZONE, friend, events, pairs, before == null ? List.of() : List.of(before));
      for (Referral.Held one : answer.changed()) held.put(friend, one);
      for (Referral.Won won : answer.won()) {
        candidates.add(new ReferralShare.Candidate(friend, won));
        held.put(
            friend,
            new Referral.Held(
                "r",
                won.event().referrer(),
                won.order().key(),
                won.order().order(),
                won.order().money().at(),
                Referral.State.PAID,
                null));
      }
    }
    var given = new ArrayList<String>();
    for (ReferralShare.Given one : ReferralShare.of(ZONE, candidates, paid)) {
      Referral.Won won = one.candidate().won();
      String referrer = won.event().referrer();
      String friend = one.candidate().friend();
      given.add(friend + " " + referrer + " " + won.order().order() + " " + one.points());
      paid.add(
          new ReferralShare.Paid(
              friend,
              referrer,
              "r",
              won.order().key(),
              one.number(),
              won.order().money().at(),
              one.points()));
    }
    return given;
  }

  /** One limit over all friends; a number that two shops use is told apart. */
  @Test
  void B19_a_limit_counts_friends_and_a_number_of_two_shops_is_told_apart() {
    Programme programme =
        programme("{id: r, on: referral, points: 5, limit: {per: member_day, points: 7}}");
    var candidates = new ArrayList<ReferralShare.Candidate>();
    for (int i = 0; i < 3; i++) {
      var event = new Referral.Event("x/app/" + i, at(0), "x", "app", false, true, "A", false);
      Referral.Order bought = order(i, "F" + i, 30 - i, 100, 100);
      bought = new Referral.Order(bought.key(), "pos", "S" + i, "7", bought.money());
      Referral.Answer answer =
          Referral.of(
              programme,
              ZONE,
              "F" + i,
              List.of(event),
              List.of(new Referral.Pair(event, bought, null)),
              List.of());
      answer
          .won()
          .forEach(
              won -> candidates.add(new ReferralShare.Candidate(won.order().money().owner(), won)));
    }
    assertThat(ReferralShare.of(ZONE, candidates, List.of()))
        .extracting(one -> one.allotment().causeKey() + " " + one.points())
        .containsExactly("7#r 5", "7@pos/S1#r 2", "7@pos/S0#r 0");
  }

  @Test
  void what_is_wrong_of_referrals_is_told_with_what_to_do() {
    assertThat(
            RuleText.problems(
                """
                rules:
                - {id: a, on: referral, times: 2}
                - {id: b, on: referral, points: 1, limit: {per: friend, count: 2}}
                - {id: c, on: referral, points: 1, limit: {per: order, count: 2}}
                - {id: d, on: referral, points: 1, accept_late: 3d}
                - {id: e, on: referral, points: 1, slot: first_order}
                - {id: f, on: activity, points: 1, limit: {per: friend, count: 1}}
                - {id: g, on: activity, points: 1, after_return: next}
                """))
        .map(problem -> problem.replaceFirst("^cloud.yaml:", ""))
        .containsExactly(
            "8: rules.0: a factor counts the money of orders only; give points",
            "9: rules.1.limit: a friend counts once; say count: 1, or leave it out",
            "10: rules.2.limit.per: is no period of it; say one of friend, member, member_day,"
                + " member_month",
            "11: rules.3.accept_late: is for activities; say on: activity, or leave it out",
            "12: rules.4.slot: an order has the slot; leave on out",
            "12: rules.4.slot: only orders have it; leave it out",
            "13: rules.5.limit.per: is no period of it; say one of member, member_day, member_month,"
                + " member_platform_day, order",
            "14: rules.6.after_return: says something beside slot only; add slot: first_order");
  }
}
