package omnipoints.jobs;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import omnipoints.jobs.extract.ExtractFolder;
import omnipoints.points.DrawProof;
import omnipoints.points.rules.Draw;
import omnipoints.sql.Script;
import omnipoints.sql.Statements;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is told of lotteries: what closes say of them, who won, and the proof of it. */
final class DrawFiles {

  private static final Script SQL = Statements.job("export").step("mall");

  static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private record Drawn(
      String draw,
      LocalDate opened,
      LocalDate closes,
      Long wins,
      String commitment,
      LocalDate listed,
      String value) {}

  private DrawFiles() {}

  /** What the close of the night says, as it was hashed with it. */
  static List<Map<String, String>> said(Night night, Connection connection) {
    return SQL.statement("draws")
        .list(
            connection,
            Map.of("night", night.date()),
            row -> {
              var said = new LinkedHashMap<String, String>();
              for (String column : List.of("draw", "what", "value"))
                said.put(column, row.getString(column));
              return said;
            });
  }

  static void write(Night night, Connection connection, ExtractFolder files) {
    List<Drawn> drawn =
        SQL.statement("drawn")
            .list(
                connection,
                Map.of("night", night.date()),
                row ->
                    new Drawn(
                        row.getString("draw"),
                        Columns.date(row, "opened"),
                        Columns.date(row, "closes"),
                        Columns.number(row, "wins"),
                        row.getString("commitment"),
                        Columns.date(row, "listed"),
                        row.getString("public")));
    for (Drawn draw : drawn) write(night, connection, files, draw);
  }

  private static void write(Night night, Connection connection, ExtractFolder files, Drawn draw) {
    Map<String, Object> of = Map.of("draw", draw.draw());
    List<DrawProof.Winner> winners = new ArrayList<>();
    files.csv(
        "draw_" + draw.draw() + ".csv",
        List.of("place", "request_no", "member_id", "item", "score"),
        csv ->
            SQL.statement("draw_wins")
                .forEachRow(
                    connection,
                    of,
                    row -> {
                      csv.row(
                          row.getString("place"),
                          row.getString("request_no"),
                          row.getString("member_id"),
                          row.getString("item"),
                          row.getString("score"));
                      winners.add(
                          new DrawProof.Winner(
                              row.getInt("place"),
                              row.getString("request_no"),
                              row.getString("item"),
                              row.getString("score")));
                    }));
    var proof =
        new DrawProof(
            DrawProof.SCHEMA,
            draw.draw(),
            draw.opened(),
            draw.closes(),
            draw.listed(),
            draw.commitment(),
            SQL.statement("draw_list").one(connection, of, row -> row.getString(1)).orElseThrow(),
            HexFormat.of().formatHex(night.tokens().seed(draw.draw())),
            draw.value(),
            draw.wins(),
            SQL.statement("draw_prizes")
                .list(connection, of, row -> new Draw.Prize(row.getString(1), row.getLong(2))),
            SQL.statement("draw_entries")
                .list(connection, of, row -> new DrawProof.Entry(row.getString(1), row.getLong(2))),
            winners);
    files.show(
        "draw_" + draw.draw() + ".proof.json",
        out -> {
          out.write(JSON.writeValueAsBytes(proof));
          out.write('\n');
        });
  }
}
