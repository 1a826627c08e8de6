package omnipoints.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A workbook of the 2007 format, streamed: of a sheet one row is in memory, of the strings the
 * frequent ones. Not built on a library's reader, because limits have to be this file's own, every
 * part has to match its check sum, and a million distinct strings must not fill the heap.
 */
final class XlsxWorkbook implements Workbook {
  private static final int STYLES_MAX = 1 << 16;

  private final GuardedZip zip;
  private final String fileName;
  private final Limits limits;
  private final List<Part> sheets = new ArrayList<>();
  private final List<GuardedZip.Member> sheetParts = new ArrayList<>();
  private final CellStyles styles = new CellStyles();
  private SharedStrings strings;
  private String stringsPart;
  private String stylesPart;
  private boolean epoch1904;

  private XlsxWorkbook(GuardedZip zip, String fileName, Limits limits) {
    this.zip = zip;
    this.fileName = fileName;
    this.limits = limits;
  }

  static XlsxWorkbook open(Path file, String fileName, Limits limits) {
    GuardedZip zip = GuardedZip.open(file, fileName, new InflationBudget(fileName, limits));
    XlsxWorkbook workbook = new XlsxWorkbook(zip, fileName, limits);
    try {
      workbook.readDirectory();
      return workbook;
    } catch (RuntimeException e) {
      workbook.close();
      throw e;
    }
  }

  private void readDirectory() {
    String main = mainPart();
    int slash = main.lastIndexOf('/');
    String folder = main.substring(0, slash + 1);
    Map<String, String> targets = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    relations(folder + "_rels/" + main.substring(slash + 1) + ".rels", folder, targets, types);
    types.forEach(
        (id, type) -> {
          if (type.endsWith("/sharedStrings")) stringsPart = targets.get(id);
          if (type.endsWith("/styles")) stylesPart = targets.get(id);
        });
    readSheets(main, targets, types);
    readStyles();
  }

  private String mainPart() {
    Map<String, String> targets = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    if (zip.find("_rels/.rels") != null) relations("_rels/.rels", "", targets, types);
    for (Map.Entry<String, String> type : types.entrySet()) {
      if (type.getValue().endsWith("/officeDocument")) return targets.get(type.getKey());
    }
    return "xl/workbook.xml";
  }

  private void relations(
      String part, String folder, Map<String, String> targets, Map<String, String> types) {
    try (XmlEvents xml = open(part)) {
      while (xml.nextElement()) {
        if (!xml.name().equals("Relationship")) continue;
        String id = xml.attribute("Id");
        String target = xml.attribute("Target");
        String type = xml.attribute("Type");
        if (id == null || target == null || type == null) continue;
        targets.put(id, resolved(folder, target));
        types.put(id, type);
      }
      xml.finish();
    }
  }

  private static String resolved(String folder, String target) {
    if (target.startsWith("/")) return target.substring(1);
    List<String> steps = new ArrayList<>();
    for (String step : (folder + target).split("/")) {
      if (step.equals("..") && !steps.isEmpty()) steps.remove(steps.size() - 1);
      else if (!step.equals(".")) steps.add(step);
    }
    return String.join("/", steps);
  }

  private void readSheets(String main, Map<String, String> targets, Map<String, String> types) {
    if (main.endsWith(".bin")) {
      throw new DeliveryRefused(
          DeliveryOutcome.NO_MAPPING,
          fileName + ": the file is a binary workbook (XLSB), no mapping reads that",
          List.of("save it as XLSX or CSV, or export it again in one of these formats"));
    }
    try (XmlEvents xml = open(main)) {
      int index = 0;
      while (xml.nextElement()) {
        if (xml.name().equals("workbookPr")) {
          String flag = xml.attribute("date1904");
          epoch1904 = "1".equals(flag) || "true".equals(flag);
        }
        if (!xml.name().equals("sheet")) continue;
        String state = xml.attribute("state");
        String id = xml.qualified("id");
        GuardedZip.Member part = id == null ? null : zip.find(targets.getOrDefault(id, ""));
        boolean rows = id != null && types.getOrDefault(id, "").endsWith("/worksheet");
        if (rows && part == null) {
          throw Refusals.broken(fileName, "the sheet " + xml.attribute("name") + " is missing");
        }
        boolean visible = state == null || state.equals("visible");
        if (rows && visible) {
          sheets.add(new Part(Part.Format.XLSX, xml.attribute("name"), index, (char) 0));
        }
        sheetParts.add(part);
        index++;
      }
      xml.finish();
    }
  }

  private void readStyles() {
    if (stylesPart == null || zip.find(stylesPart) == null) return;
    try (XmlEvents xml = open(stylesPart)) {
      boolean cells = false;
      int known = 0;
      while (xml.nextElement()) {
        String name = xml.name();
        if (name.equals("numFmt"))
          styles.format(xml.number("numFmtId"), xml.attribute("formatCode"));
        else if (name.equals("cellXfs")) cells = true;
        else if (name.equals("cellStyles") || name.equals("dxfs")) cells = false;
        else if (name.equals("xf") && cells && known++ < STYLES_MAX) {
          styles.style(xml.number("numFmtId"));
        }
      }
      xml.finish();
    }
    styles.complete();
  }

  private XmlEvents open(String part) {
    GuardedZip.Member member = zip.find(part);
    if (member == null) throw Refusals.broken(fileName, "the workbook lacks its part " + part);
    return open(member);
  }

  private XmlEvents open(GuardedZip.Member member) {
    String where = fileName + ": " + MemberName.printable(member.name());
    return new XmlEvents(zip.open(member, where), where);
  }

  @Override
  public List<Part> sheets() {
    return List.copyOf(sheets);
  }

  @Override
  public RowSource rows(Part sheet) {
    if (strings == null) {
      boolean any = stringsPart != null && zip.find(stringsPart) != null;
      String where = fileName + ": the shared strings";
      strings = new SharedStrings(any ? open(stringsPart) : null, where, limits.fieldChars());
    }
    String where = fileName + ": sheet " + MemberName.printable(String.valueOf(sheet.sheet()));
    XmlEvents xml = open(sheetParts.get(sheet.index()));
    return new XlsxRows(xml, where, strings, styles, limits, epoch1904);
  }

  @Override
  public void finish() {
    strings.finish();
  }

  @Override
  public void close() {
    if (strings != null) strings.close();
    zip.close();
  }
}
