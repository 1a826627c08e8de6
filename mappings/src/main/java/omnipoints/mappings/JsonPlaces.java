package omnipoints.mappings;

import java.util.List;
import omnipoints.files.JsonShape;

/**
 * Where the rows of a JSON document stand, and what is read of them.
 *
 * @param each paths of which a file has one: the same rows come from several calls of an API
 * @param linesOrNull an array in each row whose elements are lines, null if a row is one
 * @param columns paths below a row
 */
record JsonPlaces(List<String> each, String linesOrNull, List<String> columns) {
  /** As a file has it whose rows stand at that path. */
  JsonShape at(String path) {
    return new JsonShape(path, linesOrNull, columns);
  }
}
