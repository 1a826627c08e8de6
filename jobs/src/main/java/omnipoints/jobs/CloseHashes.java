package omnipoints.jobs;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import omnipoints.facts.Sha256;
import omnipoints.sql.Script;

/**
 * The two hash chains of closes. {@code close_hash} chains the business facts (night, previous
 * hash, programme version, control totals, entry root, what it says of draws); {@code
 * evidence_hash} chains how they came about (inputs, code, mappings, programme, what was let
 * through) and never enters an extract.
 */
final class CloseHashes {

  private static final Script SQL = Night.script("close");

  private CloseHashes() {}

  /**
   * The close hash of a night, from what stands in the database of it.
   *
   * @param before the close hash of the night before, empty for the first
   */
  static String business(
      Connection connection, LocalDate night, String before, int programVersion, String entryRoot) {
    var text = new StringBuilder();
    field(text, "omnipoints.close/1", night, before, programVersion, entryRoot);
    SQL.statement("control_totals")
        .forEachRow(
            connection,
            Map.of("night", night),
            row ->
                field(
                    text,
                    row.getString("what"),
                    row.getString("channel"),
                    row.getString("shop"),
                    row.getString("name"),
                    row.getLong("figure"),
                    row.getLong("moved")));
    SQL.statement("draws")
        .forEachRow(
            connection,
            Map.of("night", night),
            row ->
                field(
                    text,
                    "draw",
                    row.getString("draw"),
                    row.getString("what"),
                    row.getString("value")));
    return hex(text);
  }

  /**
   * The evidence hash of a night, from what stands in the database of it.
   *
   * @param before the evidence hash of the night before, empty for the first
   */
  static String evidence(Connection connection, LocalDate night, String before, String closeHash) {
    var text = new StringBuilder();
    field(text, "omnipoints.evidence/1", night, before, closeHash);
    SQL.statement("pins")
        .forEachRow(
            connection,
            Map.of("night", night),
            row ->
                field(
                    text,
                    row.getString("code_hash"),
                    row.getString("mappings_hash"),
                    row.getString("program_hash"),
                    row.getString("accepted")));
    SQL.statement("inputs")
        .forEachRow(
            connection,
            Map.of("night", night),
            row ->
                field(
                    text,
                    row.getString("channel"),
                    row.getString("shop"),
                    row.getString("document"),
                    row.getString("sha256"),
                    row.getString("outcome")));
    return hex(text);
  }

  /** One line of length-prefixed fields, so that no two different facts make the same text. */
  private static void field(StringBuilder text, Object... fields) {
    for (Object field : fields) {
      String value = String.valueOf(field);
      text.append(value.length()).append(':').append(value).append(' ');
    }
    text.append('\n');
  }

  private static String hex(StringBuilder text) {
    return HexFormat.of()
        .formatHex(Sha256.digest().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
