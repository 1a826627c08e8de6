package omnipoints.jobs;

import java.util.List;
import java.util.Map;
import omnipoints.jobs.extract.ExtractFolder;
import omnipoints.jobs.extract.ExtractFolder.CsvFile;

/**
 * What members are told of their points: those that became available tonight, and those whose last
 * day comes soon, by date. Both by the account that holds them.
 */
final class MemberPoints {

  private final CsvFile arrived;
  private final CsvFile expiring;
  private final Night night;

  /** Begins both files. */
  MemberPoints(Night night, ExtractFolder files) {
    this.night = night;
    this.arrived =
        files.open("points_arrived_" + night.date() + ".csv", List.of("member_id", "points"));
    this.expiring =
        files.open(
            "points_expiring_" + night.date() + ".csv",
            List.of("member_id", "expires_on", "points"));
  }

  /** Writes and ends them. */
  void write() {
    night
        .database()
        .readOnce(
            connection -> {
              Extract.SQL
                  .statement("arrived")
                  .forEachRow(
                      connection,
                      Map.of("night", night.date()),
                      row -> arrived.row(row.getString(1), row.getString(2)));
              Extract.SQL
                  .statement("expiring")
                  .forEachRow(
                      connection,
                      Map.of("night", night.date(), "days", night.home().config().expiringDays()),
                      row -> expiring.row(row.getString(1), row.getString(2), row.getString(3)));
            });
    arrived.close();
    expiring.close();
  }
}
