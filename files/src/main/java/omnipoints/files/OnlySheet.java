package omnipoints.files;

/** The rows of one sheet, which own their workbook: closing them closes it. */
record OnlySheet(Workbook workbook, RowSource rows) implements RowSource {
  @Override
  public Row next() {
    Row row = rows.next();
    if (row == null) workbook.finish();
    return row;
  }

  @Override
  public boolean endsClean() {
    return rows.endsClean();
  }

  @Override
  public long position() {
    return rows.position();
  }

  @Override
  public boolean grid() {
    return rows.grid();
  }

  @Override
  public boolean epoch1904() {
    return rows.epoch1904();
  }

  @Override
  public void close() {
    rows.close();
    workbook.close();
  }
}
