package omnipoints.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a delivery lies in the folder of its shop: the same file, or a name in the shop column,
 * under another folder would count everything a second time. A pure decision.
 *
 * @param allowed by folder, the names it may carry, as the settings list them
 */
record ShopFolders(Map<String, Set<String>> allowed) {

  /**
   * Something accepted before, or earlier tonight.
   *
   * @param what the name in the shop column, or what is said of the file
   * @param shop under which its rows were booked
   */
  record Seen(String what, String shop, String night, String file) {}

  /**
   * Why the names of a file do not belong to {@code shop}; empty if they do.
   *
   * @param shop of the folder; empty: each row belongs to the shop its column names
   * @param names in the shop column
   * @param seen where these names were seen
   */
  List<String> strangers(String shop, Set<String> names, List<Seen> seen) {
    var faults = new ArrayList<String>();
    for (String name : names) {
      String bookedAs = shop.isEmpty() ? name : shop;
      Set<String> own = allowed.get(bookedAs);
      if (own != null) {
        if (!own.contains(name))
          faults.add(
              "its shop column says "
                  + name
                  + ", but by omnipoints.yaml "
                  + bookedAs
                  + " carries "
                  + String.join(", ", own));
        continue;
      }
      String owner =
          allowed.keySet().stream()
              .filter(folder -> allowed.get(folder).contains(name))
              .findFirst()
              .orElse(null);
      if (owner != null) {
        faults.add(
            "its shop column says " + name + ", which by omnipoints.yaml belongs to " + owner);
        continue;
      }
      List<Seen> before = seen.stream().filter(one -> one.what().equals(name)).toList();
      if (before.stream().anyMatch(one -> one.shop().equals(bookedAs))) continue;
      before.stream()
          .findFirst()
          .ifPresent(
              one ->
                  faults.add(
                      "its shop column says "
                          + name
                          + ", which was accepted under shop "
                          + one.shop()
                          + " before ("
                          + one.file()
                          + ", night "
                          + one.night()
                          + ")"));
    }
    return faults;
  }

  /** What to do about a file of {@code file} that lies under {@code shop} but should not. */
  static String refusal(String file, String shop, List<String> faults) {
    return file
        + ": it lies under shop "
        + (shop.isEmpty() ? "(none)" : shop)
        + ", but "
        + String.join("; ", faults)
        + "; nothing of it was used, because orders of one shop under two would earn twice. Put the"
        + " file into the folder of its shop, or list the names of the folder under"
        + " channels.<channel>.shops in omnipoints.yaml";
  }
}
