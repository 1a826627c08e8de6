package omnipoints.jobs;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import omnipoints.sql.Script;

/**
 * Keys and indexes of the night's own tables, built in bulk when all rows are there: two sessions,
 * each the next one nobody has begun, in a transaction of its own. What a crash leaves goes with
 * the tables, which the step makes anew.
 */
final class NightIndexes {

  private static final Script SQL = Night.script("post");

  private NightIndexes() {}

  static void build(Night night) {
    List<String> all =
        SQL.names().stream()
            .filter(name -> name.startsWith("key_") || name.startsWith("index_"))
            .toList();
    var next = new ConcurrentLinkedQueue<>(all);
    Beside<Void> beside = Beside.run(() -> build(night, next));
    try {
      night.progress().doing("indexes");
      build(night, next);
    } finally {
      beside.await();
    }
    beside.result();
  }

  private static void build(Night night, Queue<String> next) {
    for (String name; (name = next.poll()) != null; ) {
      String statement = name;
      night
          .database()
          .transact(
              connection -> {
                night.lock().fence(connection);
                night.run(connection, SQL, statement);
              });
    }
  }
}
