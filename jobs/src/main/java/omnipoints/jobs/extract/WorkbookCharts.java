package omnipoints.jobs.extract;

import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFLineProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrossBetween;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.AxisTickLabelPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.MarkerStyle;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFLineChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** Charts of a spreadsheet's own kind, drawn from cells of their sheet. */
final class WorkbookCharts {

  private static final int COLUMNS = 6;

  /** Of the series, in their order; said, because programs differ in what they draw unsaid. */
  private static final List<byte[]> COLOURS =
      List.of(
          new byte[] {0x2f, 0x75, (byte) 0xb5},
          new byte[] {(byte) 0xc0, 0x00, 0x00},
          new byte[] {0x7f, 0x7f, 0x7f});

  private WorkbookCharts() {}

  /** Rows of one column; the row above them names it. */
  record Range(int first, int last, int column) {
    CellRangeAddress cells() {
      return new CellRangeAddress(first, last, column, column);
    }
  }

  /** The upper left corner of a chart, and how many rows it is high. */
  record Place(int column, int row, int rows) {}

  /** A column for each category and series. */
  static void columns(
      XSSFSheet sheet, Place place, String title, Range categories, List<Range> series) {
    XSSFChart chart = chart(sheet, place, title, series);
    var data =
        (XDDFBarChartData)
            chart.createData(ChartTypes.BAR, across(chart), up(chart, AxisPosition.LEFT));
    data.setBarDirection(BarDirection.COL);
    data.setVaryColors(false);
    data.setGapWidth(80);
    plot(chart, data, sheet, categories, series);
    for (int i = 0; i < series.size(); i++) data.getSeries(i).setFillProperties(colour(i));
  }

  /** A line for each series. */
  static void lines(
      XSSFSheet sheet, Place place, String title, Range categories, List<Range> series) {
    XSSFChart chart = chart(sheet, place, title, series);
    var data =
        (XDDFLineChartData)
            chart.createData(ChartTypes.LINE, across(chart), up(chart, AxisPosition.LEFT));
    plot(chart, data, sheet, categories, series);
    for (int i = 0; i < series.size(); i++) {
      var line = (XDDFLineChartData.Series) data.getSeries(i);
      line.setSmooth(false);
      line.setMarkerStyle(MarkerStyle.CIRCLE);
      line.setLineProperties(new XDDFLineProperties(colour(i)));
    }
  }

  private static XDDFSolidFillProperties colour(int series) {
    return new XDDFSolidFillProperties(XDDFColor.from(COLOURS.get(series)));
  }

  private static XSSFChart chart(XSSFSheet sheet, Place place, String title, List<Range> series) {
    XSSFDrawing drawing = sheet.createDrawingPatriarch();
    XSSFChart chart =
        drawing.createChart(
            drawing.createAnchor(
                0,
                0,
                0,
                0,
                place.column(),
                place.row(),
                place.column() + COLUMNS,
                place.row() + place.rows()));
    chart.setTitleText(title);
    chart.setTitleOverlay(false);
    if (series.size() > 1) chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
    return chart;
  }

  private static XDDFCategoryAxis across(XSSFChart chart) {
    XDDFCategoryAxis axis = chart.createCategoryAxis(AxisPosition.BOTTOM);
    axis.setTickLabelPosition(AxisTickLabelPosition.LOW);
    return axis;
  }

  private static XDDFValueAxis up(XSSFChart chart, AxisPosition position) {
    XDDFValueAxis axis = chart.createValueAxis(position);
    axis.setCrosses(AxisCrosses.AUTO_ZERO);
    axis.setCrossBetween(AxisCrossBetween.BETWEEN);
    axis.setNumberFormat("#,##0");
    return axis;
  }

  private static void plot(
      XSSFChart chart, XDDFChartData data, XSSFSheet sheet, Range categories, List<Range> series) {
    XDDFDataSource<String> names =
        XDDFDataSourcesFactory.fromStringCellRange(sheet, categories.cells());
    for (Range one : series)
      data.addSeries(names, XDDFDataSourcesFactory.fromNumericCellRange(sheet, one.cells()))
          .setTitle(
              sheet.getRow(one.first() - 1).getCell(one.column()).getStringCellValue(),
              new CellReference(sheet.getSheetName(), one.first() - 1, one.column(), true, true));
    chart.plot(data);
  }
}
