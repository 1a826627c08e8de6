package omnipoints.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * A workbook of the 97–2003 format, record by record. Its string table is in memory: the format
 * ends at 65,536 rows a sheet.
 */
final class XlsWorkbook implements Workbook {
  private final POIFSFileSystem container;
  private final String fileName;
  private final Limits limits;
  private final List<Part> sheets = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();
  private final CellStyles styles = new CellStyles();
  private SSTRecord strings;
  private boolean epoch1904;

  private XlsWorkbook(POIFSFileSystem container, String fileName, Limits limits) {
    this.container = container;
    this.fileName = fileName;
    this.limits = limits;
  }

  static XlsWorkbook open(Path file, String fileName, Limits limits) {
    POIFSFileSystem container;
    try {
      container = new POIFSFileSystem(file.toFile(), true);
    } catch (FileSystemException e) {
      throw new UncheckedIOException(fileName + " cannot be read", e);
    } catch (IOException | RuntimeException e) {
      throw Refusals.torn(fileName, "the workbook's container is torn or damaged");
    }
    XlsWorkbook workbook = new XlsWorkbook(container, fileName, limits);
    try {
      workbook.readGlobals();
      return workbook;
    } catch (RuntimeException e) {
      workbook.close();
      throw e;
    }
  }

  private void readGlobals() {
    DirectoryNode root = container.getRoot();
    if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
      throw Refusals.locked(fileName, "the workbook");
    }
    List<BoundSheetRecord> bound = new ArrayList<>();
    try (InputStream bytes = stream()) {
      Records records = new Records(bytes);
      int depth = 0;
      Record record;
      while ((record = records.next()) != null) {
        if (record instanceof BOFRecord) depth++;
        else if (record instanceof EOFRecord && --depth == 0) break;
        else if (record instanceof BoundSheetRecord sheet) bound.add(sheet);
        else if (record instanceof SSTRecord table) strings = table;
        else if (record instanceof DateWindow1904Record window)
          epoch1904 = window.getWindowing() == 1;
        else if (record instanceof FormatRecord format) {
          styles.format(format.getIndexCode(), format.getFormatString());
        } else if (record instanceof ExtendedFormatRecord style) {
          styles.style(style.getFormatIndex());
        }
      }
    } catch (IOException e) {
      throw Refusals.broken(fileName, "the workbook is damaged (" + e.getMessage() + ")");
    }
    styles.complete();
    list(bound);
  }

  private void list(List<BoundSheetRecord> bound) {
    for (int i = 0; i < bound.size(); i++) {
      BoundSheetRecord sheet = bound.get(i);
      positions.add(sheet.getPositionOfBof());
      if (sheet.isHidden() || sheet.isVeryHidden()) continue;
      sheets.add(new Part(Part.Format.XLS, sheet.getSheetname(), i, (char) 0));
    }
  }

  private InputStream stream() {
    DirectoryNode root = container.getRoot();
    for (String name : List.of("Workbook", "WORKBOOK", "BOOK", "Book")) {
      Set<String> names = root.getEntryNames();
      if (!names.contains(name)) continue;
      if (name.equalsIgnoreCase("Book")) {
        throw new DeliveryRefused(
            DeliveryOutcome.NO_MAPPING,
            fileName + ": the file is a workbook of Excel 95 or older, no mapping reads that",
            List.of("save it as XLSX or CSV, or export it again in one of these formats"));
      }
      try {
        return root.createDocumentInputStream(name);
      } catch (IOException | RuntimeException e) {
        throw Refusals.broken(fileName, "the workbook is damaged (" + e.getMessage() + ")");
      }
    }
    throw new DeliveryRefused(
        DeliveryOutcome.NO_MAPPING,
        fileName + ": the file is an office document without sheets, no mapping reads that",
        List.of("export it as XLSX or CSV"));
  }

  /** The records of one pass, with every fault of the library told as damage of the file. */
  final class Records {
    private final RecordFactoryInputStream records;

    Records(InputStream bytes) {
      try {
        records = new RecordFactoryInputStream(bytes, false);
      } catch (EncryptedDocumentException e) {
        throw Refusals.locked(fileName, "the workbook");
      } catch (RuntimeException e) {
        throw damaged(e);
      }
    }

    Record next() {
      try {
        return records.nextRecord();
      } catch (EncryptedDocumentException e) {
        throw Refusals.locked(fileName, "the workbook");
      } catch (RuntimeException e) {
        throw damaged(e);
      }
    }

    private DeliveryRefused damaged(RuntimeException e) {
      return Refusals.broken(fileName, "the workbook is damaged (" + e.getMessage() + ")");
    }
  }

  @Override
  public List<Part> sheets() {
    return List.copyOf(sheets);
  }

  @Override
  public RowSource rows(Part sheet) {
    String where = fileName + ": sheet " + MemberName.printable(sheet.sheet());
    InputStream bytes = stream();
    try {
      bytes.skipNBytes(positions.get(sheet.index()));
      XlsRows.Globals globals = new XlsRows.Globals(strings, styles, limits, epoch1904);
      return new XlsRows(new Records(bytes), bytes, globals, where);
    } catch (IOException | RuntimeException e) {
      if (e instanceof DeliveryRefused refused) throw refused;
      throw Refusals.broken(where, "the sheet is not where the workbook says");
    }
  }

  @Override
  public void close() {
    try {
      container.close();
    } catch (IOException e) {
      throw new UncheckedIOException(fileName + " cannot be closed", e);
    }
  }
}
