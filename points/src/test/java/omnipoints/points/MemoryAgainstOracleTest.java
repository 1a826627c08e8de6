package omnipoints.points;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Years of one member's activities and orders, in files that come late, against oracles that know
 * all at once and look at each day or order by itself.
 */
class MemoryAgainstOracleTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final LocalDate START = LocalDate.parse("2026-03-01");
  private static final int DAYS = 25;

  private static final Programme LADDER =
      programme("{id: r, on: activity, ladder: {2: 1, 3: 3, 5: 10}, restart: 5, accept_late: 4d}");
  private static final Programme LIMIT =
      programme("{id: r, on: activity, limit: {per: member_day, points: 5}, points: 2}");
  private static final Programme SLOT_NEXT =
      programme("{id: r, slot: first_order, slot_min_fen: 50, points: 5, after_return: next}");
  private static final Programme SLOT_NEVER =
      programme("{id: r, slot: first_order, slot_min_fen: 50, points: 5}");

  private static Programme programme(String rule) {
    return new Programme("cloud", List.of(RuleText.program("rules: [" + rule + "]\n")));
  }

  private static Instant at(int day, int minute) {
    return START.plusDays(day).atStartOfDay(ZONE).plusMinutes(minute).toInstant();
  }

  private static int day(Instant at) {
    return (int) (LocalDate.ofInstant(at, ZONE).toEpochDay() - START.toEpochDay());
  }

  /** An activity of a day that a file brings some days later. */
  private static List<ActivityWorth.Event> activities(Random random) {
    var all = new ArrayList<ActivityWorth.Event>();
    for (int i = 0, n = random.nextInt(40); i < n; i++) {
      int day = random.nextInt(DAYS);
      int late = random.nextInt(3) == 0 ? random.nextInt(7) : 0;
      all.add(
          new ActivityWorth.Event(
              "x/app/" + i,
              at(day, random.nextInt(1440)),
              "x",
              "app",
              null,
              null,
              START.plusDays(day + late),
              random.nextInt(10) == 0,
              null,
              null,
              true,
              false,
              "M1",
              null));
    }
    return all;
  }

  private static ActivityWorth.Event known(ActivityWorth.Event of) {
    return new ActivityWorth.Event(
        of.key(),
        of.at(),
        of.type(),
        of.platform(),
        null,
        null,
        of.readOn(),
        of.makeup(),
        null,
        null,
        false,
        false,
        "M1",
        null);
  }

  /** Night after night; what each award was given by then, by its key. */
  private static Map<String, Long> live(
      Programme programme, List<ActivityWorth.Event> all, int nights, List<String> seen) {
    var paid = new TreeMap<String, ActivityWorth.Paid>();
    for (int n = 0; n < nights; n++) {
      LocalDate night = START.plusDays(n);
      List<ActivityWorth.Event> tonight =
          all.stream().filter(one -> one.readOn().equals(night)).toList();
      if (tonight.isEmpty()) continue;
      var history = new ArrayList<ActivityWorth.Event>();
      for (ActivityWorth.Event one : all) if (one.readOn().isBefore(night)) history.add(known(one));
      history.addAll(tonight);
      ActivityWorth.Worth worth =
          ActivityWorth.of(
              programme,
              ZONE,
              tonight,
              new ActivityWorth.History(night, List.copyOf(paid.values()), history, null));
      for (LineTarget target : worth.targets())
        paid.put(
            target.key().order(),
            new ActivityWorth.Paid(
                "r",
                target.key().order(),
                "app",
                target.earnedAt(),
                null,
                target.award().granted(),
                target.decision(),
                target.award()));
      for (Allotment one : worth.allotments()) if (one.bound()) seen.add(one.causeKey());
    }
    var points = new TreeMap<String, Long>();
    paid.forEach((key, one) -> points.put(key, one.points()));
    return points;
  }

  private static boolean genuine(ActivityWorth.Event one, int acceptLate) {
    return !one.makeup()
        && one.readOn().toEpochDay() - START.toEpochDay() - day(one.at()) <= acceptLate;
  }

  @Test
  void B16_ladders_are_what_the_days_say_however_late_files_are() {
    for (long seed = 1; seed <= 3000; seed++) {
      List<ActivityWorth.Event> all = activities(new Random(seed));
      var days = new TreeSet<Integer>();
      for (ActivityWorth.Event one : all) if (genuine(one, 4)) days.add(day(one.at()));
      var expected = new TreeMap<Integer, Long>();
      for (int day : days) {
        int row = 1;
        while (days.contains(day - row)) row++;
        int step = (row - 1) % 5 + 1;
        expected.put(day, step >= 5 ? 10L : step >= 3 ? 3L : step == 2 ? 1L : 0L);
      }
      expected.values().removeIf(points -> points == 0);
      var got = new TreeMap<Integer, Long>();
      live(LADDER, all, DAYS + 8, new ArrayList<>())
          .forEach(
              (key, points) -> {
                for (ActivityWorth.Event one : all)
                  if (one.key().equals(key)) got.merge(day(one.at()), points, Long::sum);
              });
      got.values().removeIf(points -> points == 0);
      assertThat(got).as("seed %d", seed).isEqualTo(expected);
    }
  }

  /** What is booked stays; a late one takes what is left of its day. */
  @Test
  void B17_limits_are_kept_and_used_up_however_late_files_are() {
    for (long seed = 1; seed <= 2000; seed++) {
      List<ActivityWorth.Event> all = activities(new Random(seed));
      var seen = new ArrayList<String>();
      Map<String, Long> points = live(LIMIT, all, DAYS + 8, seen);
      var order = new ArrayList<>(all);
      order.sort(
          Comparator.comparing(ActivityWorth.Event::readOn)
              .thenComparing(ActivityWorth.Event::at)
              .thenComparing(ActivityWorth.Event::key));
      var left = new TreeMap<Integer, Long>();
      for (ActivityWorth.Event one : order) {
        long there = left.getOrDefault(day(one.at()), 5L);
        long due = genuine(one, 30) ? Math.min(2, there) : 0;
        left.put(day(one.at()), there - due);
        assertThat(points.getOrDefault(one.key(), 0L)).as("seed %d", seed).isEqualTo(due);
        assertThat(seen.contains(one.key() + "#r")).as("seed %d", seed).isEqualTo(due < 2);
      }
    }
  }

  private static final class Bought {
    int id;
    int paid;
    int shown;
    long base;

    /** Night of the return of all of it, and of its being undone. */
    int returned;

    long kept(int night) {
      return night >= returned ? 0 : base;
    }

    FirstOrder.Order on(int night) {
      return new FirstOrder.Order(
          new UUID(0, id),
          "c",
          "s",
          "o" + id,
          at(paid, 0),
          base,
          kept(night),
          night == shown,
          false);
    }
  }

  /** One order has the slot; it is the earliest that was there when it became free. */
  @Test
  void B8_a_member_has_one_first_order_at_a_time() {
    for (long seed = 1; seed <= 5000; seed++) {
      var random = new Random(seed);
      boolean next = random.nextBoolean();
      var all = new ArrayList<Bought>();
      for (int i = 0, n = random.nextInt(6); i < n; i++) {
        var one = new Bought();
        one.id = i;
        one.paid = random.nextInt(10);
        one.shown = one.paid + random.nextInt(4);
        one.base = 10 + random.nextInt(100);
        one.returned = random.nextInt(3) == 0 ? one.shown + random.nextInt(4) : 1000;
        all.add(one);
      }
      Bought holder = null;
      boolean closed = false;
      FirstOrder.Slot slot = null;
      for (int night = 0; night < 18; night++) {
        int now = night;
        List<Bought> touched =
            all.stream().filter(one -> one.shown == now || one.returned == now).toList();
        if (touched.isEmpty()) continue;
        boolean wide = slot != null && slot.state() != FirstOrder.State.CLOSED;
        List<FirstOrder.Order> tonight =
            all.stream()
                .filter(one -> wide ? one.shown <= now : touched.contains(one))
                .map(one -> one.on(now))
                .toList();
        List<FirstOrder.Order> earlier =
            all.stream().filter(one -> one.shown < now).map(one -> one.on(now)).toList();
        FirstOrder.Answer answer =
            FirstOrder.of(
                next ? SLOT_NEXT : SLOT_NEVER,
                ZONE,
                START.plusDays(night),
                slot == null ? List.of() : List.of(slot),
                tonight,
                slot == null ? earlier : List.of());
        slot = answer.slot();
        if (holder != null && holder.kept(now) == 0) {
          closed |= !next;
          holder = null;
        }
        if (holder == null && !closed)
          holder =
              all.stream()
                  .filter(one -> one.shown <= now && one.base >= 50 && one.kept(now) > 0)
                  .min(Comparator.comparing((Bought one) -> one.paid).thenComparing(one -> one.id))
                  .orElse(null);
        UUID expected = holder == null ? null : new UUID(0, holder.id);
        boolean held = slot != null && slot.state() == FirstOrder.State.HELD;
        assertThat(held ? slot.order().key() : null)
            .as("seed %d night %d", seed, night)
            .isEqualTo(expected);
      }
    }
  }
}
