package omnipoints.mappings;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import omnipoints.facts.FactRecord;
import omnipoints.facts.Token;

/** One row, one member's master data. */
final class MemberRows implements RecordRows {
  @Override
  public Outcome read(RowTyping row, Consumer<FactRecord> sink) {
    List<Token> person = new ArrayList<>();
    BindingRows.add(person, row.token("card", "card", ""));
    BindingRows.add(person, row.phone("phone"));
    LocalDate birthday = row.date("birthday");
    LocalDate joinDate = row.date("join_date");
    String homeShop = row.text("home_shop");
    if (!row.rejected() && person.isEmpty()) row.missing("card");
    if (row.rejected()) return Outcome.READ;
    sink.accept(
        new FactRecord.MemberRecord(row.row(), List.copyOf(person), birthday, joinDate, homeShop));
    return Outcome.READ;
  }
}
