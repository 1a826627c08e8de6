package omnipoints.schedules;

import omnipoints.sql.ForeignSchema;

/** The tables in which Quartz keeps its triggers. */
public final class QuartzTables {

  /** For {@link omnipoints.sql.Migrations#apply}. */
  public static final ForeignSchema SCHEMA =
      new ForeignSchema("quartz", "org/quartz/impl/jdbcjobstore/tables_postgres.sql", "2.5.2");

  static final String PREFIX = "quartz.qrtz_";

  private QuartzTables() {}
}
