package omnipoints.books;

import java.util.Map;
import java.util.stream.Collectors;
import omnipoints.points.Products;
import omnipoints.sql.Script;

/** What product documents say of SKUs, as read by now. */
public final class ProductFacts {
  private static final Script SQL = Books.script("products");

  private ProductFacts() {}

  private record Row(String sku, String category, String brand, boolean excluded) {}

  /** All that is told. */
  public static Products of(Books books) {
    return new Products(
        books.list(SQL.statement("products"), Map.of(), Row.class).stream()
            .collect(
                Collectors.toMap(
                    Row::sku,
                    row -> new Products.Product(row.category(), row.brand(), row.excluded()))));
  }
}
