package omnipoints.points;

import java.util.Map;

/** What the product documents say of SKUs, as read up to tonight. */
public record Products(Map<String, Products.Product> bySku) {
  /** Nothing is told. */
  public static final Products NONE = new Products(Map.of());

  private static final Product UNKNOWN = new Product(null, null, false);

  /**
   * A SKU.
   *
   * @param category null where nobody told
   * @param brand null where nobody told
   * @param excluded earns nothing, as if the mapping's list of exclusions named it
   */
  public record Product(String category, String brand, boolean excluded) {}

  /** What is told of a SKU; all unknown where nothing is. */
  public Product of(String sku) {
    return bySku.getOrDefault(sku, UNKNOWN);
  }
}
