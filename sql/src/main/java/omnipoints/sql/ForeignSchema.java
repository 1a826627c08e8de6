package omnipoints.sql;

/**
 * Tables a library brings its own script for (Spring Batch, Quartz). The script runs once, into a
 * schema of its own; its DROP, COMMIT and SET statements are left out, so it can neither lose data
 * nor end our transaction.
 *
 * @param schema lower-case name; created if absent, e.g. {@code batch}
 * @param classpathScript e.g. {@code org/springframework/batch/core/schema-postgresql.sql}
 * @param version of the library; a newer version than the one applied is refused until a migration
 *     is written for it
 */
public record ForeignSchema(String schema, String classpathScript, String version) {
  /** Refuses names that would need quoting. */
  public ForeignSchema {
    if (!schema.matches("[a-z][a-z0-9_]*"))
      throw new IllegalArgumentException("schema '" + schema + "'");
  }
}
