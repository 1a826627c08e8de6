package omnipoints.jobs;

import java.util.List;
import java.util.Map;
import omnipoints.jobs.extract.ExtractFolder;
import omnipoints.jobs.extract.ExtractFolder.CsvFile;
import omnipoints.points.tiers.Level;

/**
 * What members are told of their tier: every change once, with what the new level promises. Without
 * tiers there is no file.
 */
final class TierChanges {

  private static final List<String> COLUMNS =
      List.of("member_id", "from", "to", "reason", "effective_on", "benefits");

  private final Night night;
  private final CsvFile file;

  /** Begins the file. */
  TierChanges(Night night, ExtractFolder files) {
    this.night = night;
    this.file =
        Tier.asked(night) ? files.open("tier_changes_" + night.date() + ".csv", COLUMNS) : null;
  }

  /** Writes and ends it. */
  void write() {
    if (file == null) return;
    night
        .database()
        .readOnce(
            connection ->
                Extract.SQL
                    .statement("tier_changes")
                    .forEachRow(
                        connection,
                        Map.of("night", night.date()),
                        row ->
                            file.row(
                                row.getString("member_id"),
                                row.getString("tier_from"),
                                row.getString("tier_to"),
                                row.getString("reason"),
                                row.getString("effective_on"),
                                benefits(row.getString("tier_to")))));
    file.close();
  }

  private String benefits(String tier) {
    Level level = night.rules().tiers().level(tier);
    return level == null || level.benefits().isEmpty() ? null : String.join("|", level.benefits());
  }
}
