package dev.iiswarden.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a Sysmon event 7, 11 or 13 as EDR products would report the same action. */
public final class EdrEvent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EdrEvent() {}

  /** As a row of Microsoft Defender's advanced hunting tables. */
  public static String defender(WindowsEvent event) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("Timestamp", event.time().toString());
    row.put("DeviceId", "0c1d2e3f");
    row.put("DeviceName", event.computer());
    row.put("ReportId", 4711);
    row.put("InitiatingProcessFileName", name(data(event, "Image")));
    row.put("InitiatingProcessFolderPath", data(event, "Image"));
    row.put("InitiatingProcessId", Long.valueOf(data(event, "ProcessId")));
    if (event.id() == 13) {
      String path = data(event, "TargetObject");
      row.put("ActionType", "RegistryValueSet");
      row.put("RegistryKey", key(path).replace("HKLM", "HKEY_LOCAL_MACHINE"));
      row.put("RegistryValueName", name(path));
      row.put("RegistryValueData", data(event, "Details"));
    } else {
      row.put("ActionType", event.id() == 7 ? "ImageLoaded" : "FileCreated");
      row.put("FolderPath", file(event));
      row.put("FileName", name(file(event)));
    }
    return json(row);
  }

  /** As an OCSF event. */
  public static String ocsf(WindowsEvent event) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("category_uid", 1);
    record.put("metadata", Map.of("version", "1.5.0", "product", Map.of("name", "Sample EDR")));
    record.put("time", event.time().toEpochMilli());
    record.put("device", Map.of("hostname", event.computer(), "type_id", 1));
    record.put(
        "actor",
        Map.of(
            "process",
            Map.of(
                "pid",
                Long.valueOf(data(event, "ProcessId")),
                "name",
                name(data(event, "Image")),
                "file",
                Map.of("path", data(event, "Image")))));
    record.put("activity_id", event.id() == 13 ? 2 : 1);
    if (event.id() == 13) {
      String path = data(event, "TargetObject");
      record.put("class_uid", 201002);
      record.put(
          "reg_value",
          Map.of(
              "path",
              key(path).replace("HKLM", "HKEY_LOCAL_MACHINE"),
              "name",
              name(path),
              "reg_string_data",
              data(event, "Details")));
    } else {
      Map<String, Object> file = Map.of("path", file(event), "name", name(file(event)));
      record.put("class_uid", event.id() == 7 ? 1005 : 1001);
      record.put(
          event.id() == 7 ? "module" : "file", event.id() == 7 ? Map.of("file", file) : file);
    }
    return json(record);
  }

  /** As an event of CrowdStrike's FDR, enriched with the computer's name. */
  public static String crowdstrike(WindowsEvent event) {
    Map<String, Object> record = new LinkedHashMap<>();
    String image = data(event, "Image");
    Instant time = event.time();
    record.put("aid", "00112233445566778899aabbccddeeff");
    record.put("ComputerName", event.computer());
    record.put("event_platform", "Win");
    record.put("timestamp", Long.toString(time.plusSeconds(9).toEpochMilli()));
    record.put(
        "ContextTimeStamp", time.toEpochMilli() / 1000 + "." + time.toString().substring(20, 23));
    if (event.id() == 7) {
      record.put("event_simpleName", "ClassifiedModuleLoad");
      record.put("TargetImageFileName", device(image));
      record.put("ImageFileName", device(file(event)));
      return json(record);
    }
    record.put("ContextBaseFileName", name(image));
    record.put("ContextImageFileName", device(image));
    if (event.id() == 11) {
      record.put("event_simpleName", "PeFileWritten");
      record.put("TargetFileName", device(file(event)));
    } else {
      String path = data(event, "TargetObject");
      record.put("event_simpleName", "AsepValueUpdate");
      record.put("RegObjectName", key(path).replace("HKLM", "\\REGISTRY\\MACHINE"));
      record.put("RegValueName", name(path));
      record.put("RegStringValue", data(event, "Details"));
    }
    return json(record);
  }

  private static String file(WindowsEvent event) {
    return data(event, event.id() == 7 ? "ImageLoaded" : "TargetFilename");
  }

  private static String data(WindowsEvent event, String field) {
    return event.data().getOrDefault(field, "");
  }

  private static String device(String path) {
    return path.replace("C:", "\\Device\\HarddiskVolume3");
  }

  private static String key(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('\\')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('\\') + 1);
  }

  private static String json(Map<String, Object> record) {
    try {
      return JSON.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
