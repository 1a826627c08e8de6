package omnipoints.jobs;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** One thing that documents tell of a {@link Year}; each is one row of a file, or one receipt. */
sealed interface Told {

  /** The night whose files tell it. */
  LocalDate night();

  /** Goods on a receipt or in a parcel. */
  record Thing(String sku, int yuan, String line) {

    /** Whether others bought the same. */
    boolean common() {
      return Year.COMMON.contains(sku);
    }
  }

  /**
   * @param at when it was paid, and complete
   */
  record Sale(
      LocalDate night,
      String card,
      String channel,
      String shop,
      String no,
      List<Thing> things,
      LocalDateTime at)
      implements Told {

    long fen() {
      long fen = 0;
      for (Thing thing : things) fen += 100L * thing.yuan();
      return fen;
    }
  }

  /**
   * Goods that came back, or a part of their price.
   *
   * @param inAll what by then came back of them, this included
   */
  record Back(
      LocalDate night,
      Sale sale,
      Thing thing,
      int yuan,
      int inAll,
      LocalDateTime at,
      String receipt)
      implements Told {}

  /**
   * @param order the order it names, or null
   * @param friend the card of a friend it names, or null
   */
  record Act(
      LocalDate night,
      String no,
      String type,
      String platform,
      String card,
      LocalDateTime at,
      Sale order,
      String friend,
      boolean makeup)
      implements Told {

    String key() {
      return type + "/" + platform + "/" + no;
    }
  }

  /** A row of the members' list; with a phone that another card has they are one person. */
  record Person(LocalDate night, String card, String phone) implements Told {}

  record Nick(LocalDate night, String card, LocalDateTime at) implements Told {}

  record Tag(LocalDate night, String card, String name) implements Told {}

  record Friends(LocalDate night, String card, String friend) implements Told {}

  /**
   * @param item {@code cash_off}, an item of the catalogue, or {@code draw:<draw>}
   * @param points 0 for what the programme says
   * @param order what points pay a part of, or null
   */
  record Ask(
      LocalDate night,
      String no,
      boolean executed,
      String card,
      String item,
      int qty,
      long points,
      Sale order,
      LocalDateTime at)
      implements Told {}

  record Cancel(LocalDate night, Ask ask, LocalDateTime at) implements Told {}

  /**
   * @param k which code of the request
   */
  record Use(LocalDate night, Ask ask, int k, String shop, String order, LocalDateTime at)
      implements Told {}

  /**
   * @param paidIn the top-up that is refunded, or null
   */
  record TopUp(LocalDate night, String no, String card, int yuan, TopUp paidIn, LocalDateTime at)
      implements Told {}

  record Gift(LocalDate night, String no, String from, String to, long points, LocalDateTime at)
      implements Told {}

  /**
   * @param signed whether two of the staff did
   */
  record Correction(
      LocalDate night, String no, String card, long points, boolean signed, LocalDateTime at)
      implements Told {}

  record State(LocalDate night, String card, String state, LocalDateTime at) implements Told {}

  /**
   * @param undo whether the use of that number was none after all
   */
  record PassUse(LocalDate night, String no, String card, LocalDateTime at, boolean undo)
      implements Told {}

  /** What another platform says somebody holds there. */
  record Holds(LocalDate night, String card, long points) implements Told {}

  /**
   * Staff lets go what is held, if it is.
   *
   * @param no of a request or a gift
   */
  record LetGo(LocalDate night, String no) implements Told {}

  /** Whose an order is that its platform does not tell. */
  record Bound(LocalDate night, Sale sale, LocalDateTime at) implements Told {}

  /** A parcel that takes the place of another one, which goes back. */
  record Swap(LocalDate night, Sale fresh, Sale old) implements Told {}

  /** Goods that come back to a till which names no sale. */
  record Loose(
      LocalDate night,
      String card,
      String shop,
      String sku,
      int yuan,
      LocalDateTime at,
      String receipt)
      implements Told {

    String key() {
      String order = at.toLocalDate().toString().replace("-", "") + "-9-" + receipt;
      return "%s/%s#%010d#R001".formatted(order, sku, yuan * 100);
    }
  }

  record Value(LocalDate night, String draw, String value) implements Told {}
}
