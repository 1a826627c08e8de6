package omnipoints.mappings;

/**
 * How much money one line of an order may carry before a person has to let it in: a barcode or a
 * phone number keyed as an amount reads like any other.
 */
@FunctionalInterface
public interface LineLimit {
  /** Everything may come in. */
  LineLimit NONE = (shop, order, fen) -> true;

  boolean allows(String shop, String order, long fen);
}
