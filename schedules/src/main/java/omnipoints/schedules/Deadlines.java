package omnipoints.schedules;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import omnipoints.sql.Database;

/** Nights that are not closed by the time their schedule names; each is said once. */
final class Deadlines {

  private final Schedules schedules;
  private final ZoneId installation;
  private final Database database;
  private final Set<LocalDate> told = new HashSet<>();

  Deadlines(Schedules schedules, ZoneId installation, Database database) {
    this.schedules = schedules;
    this.installation = installation;
    this.database = database;
  }

  /** Those that have become late; a home that never ran a night is late with none. */
  List<ServeEvent.DeadlinePassed> passed(Instant now) throws SQLException {
    var late = new ArrayList<ServeEvent.DeadlinePassed>();
    for (Schedule schedule : schedules.all()) {
      Instant fired = schedule.last(now, installation).orElse(null);
      if (fired == null) continue;
      Instant deadline = schedule.deadline(fired, installation).orElse(null);
      if (deadline == null || now.isBefore(deadline)) continue;
      LocalDate night = schedule.businessDate(fired, installation);
      if (told.contains(night) || !late(night)) continue;
      told.add(night);
      late.add(new ServeEvent.DeadlinePassed(night, deadline));
    }
    return late;
  }

  private boolean late(LocalDate night) throws SQLException {
    try (Connection connection = database.connection()) {
      return ServeLock.SQL
          .statement("late")
          .one(connection, Map.of("night", night), row -> true)
          .orElse(false);
    }
  }
}
