package omnipoints.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MigrationsTest {

  private static final ForeignSchema LIBRARY =
      new ForeignSchema("library", "omnipoints/sql/library-schema.sql", "1");

  @Test
  void the_second_time_there_is_nothing_to_do() {
    try (TestDatabase test = TestDatabase.bare()) {
      assertThat(Migrations.apply(test.database())).isTrue();
      assertThat(Migrations.apply(test.database())).isFalse();
    }
  }

  @Test
  void a_library_gets_its_tables_in_its_own_schema_and_cannot_drop_them_again() {
    try (TestDatabase test = TestDatabase.bare()) {
      assertThat(Migrations.apply(test.database(), LIBRARY)).isTrue();
      test.database()
          .transact(
              connection ->
                  Database.execute(
                      connection, "fill", "insert into library.shelf values (1, 'a;b')"));
      assertThat(Migrations.apply(test.database(), LIBRARY)).isFalse();
      assertThat(Migrations.apply(test.database())).as("another set of schemas").isTrue();
      assertThat(Migrations.apply(test.database(), LIBRARY)).isTrue();
      long kept =
          test.database()
              .inTransaction(
                  connection ->
                      Database.execute(
                          connection, "count", "update library.shelf set title = 'x'"));
      assertThat(kept).isEqualTo(1);
    }
  }

  @Test
  void a_newer_library_needs_a_migration() {
    try (TestDatabase test = TestDatabase.bare()) {
      Migrations.apply(test.database(), LIBRARY);
      var newer = new ForeignSchema("library", LIBRARY.classpathScript(), "2");
      assertThatThrownBy(() -> Migrations.apply(test.database(), newer))
          .isInstanceOf(MigrationFailed.class)
          .hasMessage("schema library is of version 1, this program brings 2");
    }
  }

  @Test
  void a_database_of_a_newer_program_is_refused() {
    try (TestDatabase test = TestDatabase.bare()) {
      Migrations.apply(test.database());
      test.database()
          .transact(
              connection ->
                  Database.execute(
                      connection,
                      "a migration of the future",
                      """
                      insert into flyway_schema_history
                        select coalesce(max(installed_rank), 0) + 1, '9999', 'future', 'SQL', 'V9999__future.sql', 1, 'x', now(), 1, true
                        from flyway_schema_history;
                      update omnipoints_schema set version = 'of the future'
                      """));
      assertThatThrownBy(() -> Migrations.apply(test.database()))
          .isInstanceOf(MigrationFailed.class)
          .hasMessage("the database was migrated by a newer OmniPoints than this one");
    }
  }
}
