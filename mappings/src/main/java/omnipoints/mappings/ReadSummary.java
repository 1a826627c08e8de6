package omnipoints.mappings;

import java.util.SortedSet;
import omnipoints.files.Encoding;

/**
 * What reading one file came to. Rows are data rows: header, preamble, footer and blank rows are
 * none. {@code rows = rows that yielded records + rejectedRows + filteredRows}.
 *
 * @param rejectedRows rows with at least one {@link FactRecord.Reject}, each counted once
 * @param filteredRows rows a declared filter left out
 * @param doubled a till file in which every row stands an even number of times
 * @param shopNames what the field {@code shop} says in these rows, whatever gives them their shop;
 *     at most {@link #SHOPS_MAX}
 */
public record ReadSummary(
    Document document,
    Encoding encoding,
    long rows,
    long rejectedRows,
    long filteredRows,
    boolean doubled,
    SortedSet<String> shopNames) {
  /** Names of shops that are kept of one file. */
  public static final int SHOPS_MAX = 1000;
}
