package omnipoints.bench;

import java.time.LocalDate;

/**
 * How big the invented world is.
 *
 * @param lines order lines that are new in a night; each of them earns
 * @param members buyers known before; about three of a hundred orders come from new ones
 * @param lots lots that exist before the first measured night, about
 * @param expiring lots that expire each night, about
 * @param history nights run before the measured one, besides those that fill the world
 * @param nights nights measured one after the other
 * @param start business date of night 0
 * @param redemptions asked for in every night from night 1 on
 */
record Sizes(
    long seed,
    long lines,
    long members,
    long lots,
    long expiring,
    int history,
    int nights,
    LocalDate start,
    long redemptions) {

  /** Nobody redeems anything. */
  Sizes(
      long seed,
      long lines,
      long members,
      long lots,
      long expiring,
      int history,
      int nights,
      LocalDate start) {
    this(seed, lines, members, lots, expiring, history, nights, start, 0);
  }

  /** What one night that fills the world takes at most; bigger ones would measure nothing else. */
  private static final long FILLING_LINES = 1_000_000;

  private static final long FEW_LINES = 10_000;

  LocalDate date(int night) {
    return start.plusDays(night);
  }

  /** Lines older than night 0. */
  long oldLines() {
    return Math.max(0, lots - lines);
  }

  /** Groups of old lines, numbered from minus this many to -1 like the nights that bring them. */
  int oldGroups() {
    return (int) ((oldLines() + FILLING_LINES - 1) / FILLING_LINES);
  }

  /** Night 0, or the first one that brings old lines; of few, night 0 brings them itself. */
  int firstNight() {
    return oldLines() <= FEW_LINES ? 0 : -oldGroups();
  }

  /**
   * The oldest purchases that a night is the first to show, as the number of their group or night.
   */
  int shownFirstBy(int night) {
    return night == 0 && firstNight() == 0 ? -oldGroups() : night;
  }

  /** The first night that is measured; night 0 already brings a night's lines. */
  int measuredFrom() {
    return 1 + history;
  }

  int lastNight() {
    return history + nights;
  }

  long linesOf(int night) {
    return night >= 0 ? lines : oldLines() / oldGroups();
  }

  /** What makes the files what they are; the same words, the same bytes. */
  String world() {
    String world =
        "seed %d lines %d members %d lots %d expiring %d start %s"
            .formatted(seed, lines, members, lots, expiring, start);
    return redemptions == 0 ? world : world + " redemptions " + redemptions;
  }
}
