package omnipoints.mappings;

/**
 * What reading one file came to. Rows are data rows: header, preamble, footer and blank rows are
 * none. {@code rows = rows that yielded records + rejectedRows + filteredRows}.
 *
 * @param rejectedRows rows with at least one {@link Record.Reject}, each counted once
 * @param filteredRows rows a declared filter left out
 */
public record ReadSummary(
    Document document, Encoding encoding, long rows, long rejectedRows, long filteredRows) {}
