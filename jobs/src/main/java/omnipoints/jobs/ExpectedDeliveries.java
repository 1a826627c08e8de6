package omnipoints.jobs;

import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import omnipoints.jobs.HomeConfig.ChannelConfig;
import omnipoints.sql.Script;

/** What a night expects, checked off by what has arrived, be it empty or a duplicate. */
record ExpectedDeliveries(LocalDate night, List<Item> items) {

  private static final Script SQL = Night.script("collect");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  /** How it stands with an expected document. */
  enum State {
    ARRIVED,
    WAITING,
    MISSING,
    /** Missing, and somebody decided to close without its channel. */
    WITHOUT
  }

  /**
   * One expected document.
   *
   * @param deadline until when the night waits for it, empty if it does not
   */
  record Item(String channel, Expected expected, Optional<Instant> deadline, State state) {
    private String named() {
      return channel
          + " "
          + expected.document()
          + (expected.shop() == null ? "" : " of " + expected.shop());
    }
  }

  /** A document of a channel that came with a night. */
  record Arrived(String channel, String shop, String document) {}

  /** Checks off what a night expects, in the order of channels and settings. */
  static ExpectedDeliveries of(Night night, Connection connection, List<Arrived> arrived) {
    Set<String> without =
        new HashSet<>(
            SQL.statement("withouts")
                .list(connection, Map.of("night", night.date()), row -> row.getString(1)));
    var items = new ArrayList<Item>();
    for (ChannelConfig channel : night.home().config().channels().values()) {
      for (Expected expected : channel.expected()) {
        if (!expected.on(night.date())) continue;
        Optional<Instant> deadline = expected.waits(night.date(), night.zone());
        State state =
            arrived.stream().anyMatch(one -> is(one, channel.code(), expected))
                ? State.ARRIVED
                : without.contains(channel.code())
                    ? State.WITHOUT
                    : deadline.filter(night.clock().instant()::isBefore).isPresent()
                        ? State.WAITING
                        : State.MISSING;
        items.add(new Item(channel.code(), expected, deadline, state));
      }
    }
    return new ExpectedDeliveries(night.date(), List.copyOf(items));
  }

  private static boolean is(Arrived one, String channel, Expected expected) {
    return one.channel().equals(channel)
        && one.document().equals(expected.document())
        && (expected.shop() == null || one.shop().equals(expected.shop()));
  }

  /** Whether a night of the home waits for anything at all, so that looking is worth it. */
  static boolean mayWait(Night night) {
    return night.home().config().channels().values().stream()
        .flatMap(channel -> channel.expected().stream())
        .anyMatch(expected -> expected.on(night.date()) && expected.deadline() != null);
  }

  /** Writes the list down for {@code status}. */
  void store(Connection connection) {
    SQL.statement("expected_again").run(connection, Map.of("night", night));
    int n = 0;
    for (Item item : items) {
      var row = new HashMap<String, Object>();
      row.put("night", night);
      row.put("n", ++n);
      row.put("channel", item.channel());
      row.put("shop", item.expected().shop() == null ? "" : item.expected().shop());
      row.put("document", item.expected().document());
      row.put("deadline", item.deadline().orElse(null));
      row.put("state", item.state().name());
      SQL.statement("expected").run(connection, row);
    }
  }

  /** Why the night does not go on yet, empty if it does. */
  Optional<NightRefused> waiting(Night of) {
    List<Item> missing = items.stream().filter(item -> item.state() == State.WAITING).toList();
    if (missing.isEmpty()) return Optional.empty();
    Instant last =
        missing.stream()
            .map(item -> item.deadline().orElseThrow())
            .max(Instant::compareTo)
            .orElseThrow();
    String until = MINUTE.format(last.atZone(of.zone()));
    var next = new ArrayList<String>();
    next.add(
        "./omnipoints nightly --date " + night + "   (when it has come, or after " + until + ")");
    missing.stream()
        .map(Item::channel)
        .distinct()
        .forEach(
            channel ->
                next.add(
                    "./omnipoints nightly --date "
                        + night
                        + " --without "
                        + channel
                        + " --reason TEXT"));
    return Optional.of(
        new NightRefused(
            10,
            NightRefused.WAITING,
            "night "
                + night
                + " waits until "
                + until
                + " for "
                + missing.stream().map(Item::named).collect(Collectors.joining(", ")),
            next));
  }
}
