package omnipoints.routes.pull;

import java.util.List;

/**
 * What one answer of a list says of itself.
 *
 * @param rows orders or cases in it
 * @param ids their numbers, where each is to be asked for by itself; else empty
 * @param totalOrNull how many the window has, null where the platform does not tell
 * @param nextOrNull the cursor of the next page, null after the last one
 */
record Page(long rows, List<String> ids, Long totalOrNull, String nextOrNull) {}
