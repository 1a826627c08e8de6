package omnipoints.files;

import java.util.List;

/**
 * What of a JSON document is a table: its rows, and the columns that are read.
 *
 * @param each where the rows stand: {@code $.data.orders[*]}; every value of the file must have it
 * @param linesOrNull an array in each of them, whose elements are rows of their own beside which
 *     the rest of the element is repeated: {@code lines[*]}; null if an element is one row
 * @param columns paths below {@code each}; those that begin with {@code lines} are the line's
 */
public record JsonShape(String each, String linesOrNull, List<String> columns) {}
