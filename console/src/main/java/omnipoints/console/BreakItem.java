package omnipoints.console;

import omnipoints.books.Breaks;

/** One break as lists and {@code breaks show} tell it to people. */
final class BreakItem {
  private BreakItem() {}

  /** Two or more lines: what it is and since when, then what disagrees. */
  static void print(Page page, Breaks.Item item) {
    page.wrapped(
        page.words()
            .say(
                "breaks.item",
                item.id(),
                item.type(),
                item.channel(),
                item.shop(),
                item.firstNight(),
                item.ageNights(),
                page.words().sayOr("break.state." + item.state(), "")),
        4);
    if (!item.owner().isEmpty())
      page.wrapped(
          "  "
              + page.words()
                  .say(
                      item.dueOn() == null ? "breaks.owned" : "breaks.owned.due",
                      item.owner(),
                      item.dueOn()),
          4);
    if (!item.ofClass() && item.points() != null)
      page.wrapped("  " + page.words().say("breaks.stake", item.points()), 4);
    if (!item.cause().isEmpty())
      page.wrapped("  " + page.words().say("breaks.cause", item.cause()), 4);
    page.wrapped("  " + (item.ofClass() ? "" : item.key() + ": ") + item.detail(), 2);
  }
}
