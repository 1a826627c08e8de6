package omnipoints.mappings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import omnipoints.facts.OwnRow;
import omnipoints.facts.OwnShape;

/** The documents of our own, by name. */
public final class OwnDocuments {

  private OwnDocuments() {}

  /**
   * How the document of these rows is called: {@code RedemptionEvent} is {@code redemption_event}.
   */
  public static String name(Class<? extends OwnRow> rows) {
    return rows.getSimpleName().replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** All of them, in the order in which they are declared. */
  public static List<String> names() {
    return Arrays.stream(Grain.values())
        .filter(one -> one.own() != null)
        .map(OwnDocuments::name)
        .toList();
  }

  /**
   * The columns of a document in their order.
   *
   * @throws IllegalArgumentException there is no such document
   */
  public static List<String> columns(String document) {
    return OwnShape.of(grain(document).own()).columns();
  }

  private static String name(Grain grain) {
    return name(grain.own());
  }

  private static Grain grain(String document) {
    return Arrays.stream(Grain.values())
        .filter(grain -> grain.own() != null && name(grain).equals(document))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no document " + document + "; there are " + String.join(", ", names())));
  }
}
