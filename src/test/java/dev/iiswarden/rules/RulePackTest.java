package dev.iiswarden.rules;

import static dev.iiswarden.testing.Story.APPCMD;
import static dev.iiswarden.testing.Story.CMD;
import static dev.iiswarden.testing.Story.POWERSHELL;
import static dev.iiswarden.testing.Story.W3WP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.alert.Alert;
import dev.iiswarden.decode.Decoded;
import dev.iiswarden.event.FileEvent;
import dev.iiswarden.event.LibraryEvent;
import dev.iiswarden.testing.RaisedAlerts;
import dev.iiswarden.testing.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each rule beyond the base query fires on, and what lies next to that. */
class RulePackTest {
  private static final String INETSRV = "C:\\Windows\\System32\\inetsrv\\";
  private static final String EVIL = "C:\\inetpub\\bin\\evil.dll";
  private static final String MSIEXEC = "C:\\Windows\\System32\\msiexec.exe";
  private static final String IMAGE = "/system.webServer/globalModules/add[@name=\"Evil\"]/@image";

  private static void raises(Story story, String... rules) {
    assertEquals(List.of(rules), story.rules());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "appcmd.exe install module /name:Evil /image:C:\\evil.dll",
        "\"C:\\Windows\\System32\\inetsrv\\APPCMD.EXE\"  ADD MODULE /name:Evil /type:Evil.Module",
        "appcmd set module Evil /lockItem:true",
        "appcmd set config -section:system.webServer/globalModules /+\"[name='e',image='e.dll']\"",
        "appcmd set config /section:isapiFilters /+[name='e',path='C:\\e.dll']",
        "appcmd set config /section:system.webServer/security/isapiCgiRestriction /+[path='e.dll']",
        "appcmd set config /section:handlers /+[name='e',path='*.e',scriptProcessor='C:\\e.dll']"
      })
  void appcmdRegisters(String command) {
    raises(Story.begin().started(APPCMD, command), "registration-appcmd");
  }

  @Test
  void appcmdIsKnownUnderAnotherName() {
    raises(
        Story.begin()
            .sysmon(
                1,
                "ProcessId",
                "5",
                "Image",
                "C:\\Users\\Public\\a.exe",
                "OriginalFileName",
                "appcmd.exe",
                "CommandLine",
                "a.exe install module /name:Evil /image:C:\\evil.dll"),
        "registration-appcmd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "appcmd.exe uninstall module Evil",
        "appcmd.exe delete module Evil",
        "appcmd.exe list site",
        "appcmd.exe set config /section:httpLogging /selectiveLogging:LogAll"
      })
  void appcmdDoesOtherThingsToo(String command) {
    raises(Story.begin().started(APPCMD, command));
  }

  @Test
  void theSetupOfIisRegistersItsOwnModules() {
    raises(
        Story.begin()
            .started(5, APPCMD, "appcmd install module /name:a", 4, INETSRV + "iissetup.exe"));
    raises(
        Story.begin()
            .started(5, APPCMD, "appcmd install module /name:a", 4, "C:\\Temp\\iissetup.exe"),
        "registration-appcmd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "powershell New-WebGlobalModule -Name Evil -Image C:\\evil.dll",
        "powershell -c \"enable-webglobalmodule Evil\"",
        "powershell Set-WebGlobalModule -Name Evil -Image e.dll",
        "powershell Add-WebConfigurationProperty -Filter system.webServer/globalModules -Value x",
        "powershell New-IISConfigCollectionElement (Get-IISConfigSection system.webServer/isapiFilters)"
      })
  void powershellRegisters(String command) {
    raises(Story.begin().started(POWERSHELL, command), "registration-cmdlet");
    raises(Story.begin().ran(command), "registration-script-block");
  }

  @Test
  void powershellDoesOtherThingsToo() {
    raises(Story.begin().started(POWERSHELL, "powershell Get-WebSite"));
    raises(Story.begin().ran("Get-WebConfigurationProperty -Filter system.webServer/security"));
    raises(Story.begin().started("C:\\edit.exe", "edit.exe New-WebGlobalModule.txt"));
  }

  @ParameterizedTest
  @CsvSource({
    "/system.webServer/globalModules/add[@name=\"Evil\"]/@image, C:\\evil.dll",
    "/system.webServer/modules/add[@name=\"Evil\"]/@type, Evil.Module",
    "/system.webServer/isapiFilters/filter[@name=\"Evil\"]/@path, C:\\evil.dll",
    "/system.webServer/security/isapiCgiRestriction/add[@path=\"C:\\evil.dll\"]/@path, C:\\evil.dll",
    "/system.webServer/handlers/add[@name=\"Evil\"]/@scriptProcessor, C:\\evil.dll"
  })
  void theConfigurationLogShowsRegistrations(String configuration, String value) {
    raises(Story.begin().configured(configuration, value), "registration-configuration-log");
  }

  @Test
  void theConfigurationLogShowsOtherThingsToo() {
    raises(Story.begin().configured("/system.webServer/httpLogging/@dontLog", "false"));
    raises(Story.begin().configured(IMAGE, ""));
    raises(Story.begin().configured("/system.webServer/globalModules/add[@name=\"Evil\"]", ""));
  }

  @Test
  void aDllUnderAnIisKeyIsARegistrationWhateverTheValueIsCalled() {
    String key = "HKLM\\System\\CurrentControlSet\\Services\\W3SVC\\Parameters\\";
    raises(Story.begin().set(key + "Filter DLLs", "C:\\evil.dll"), "registration-registry");
    raises(Story.begin().set(key + "ServiceDll", "%windir%\\e.dll"), "registration-registry");
    raises(Story.begin().set(key + "Filter DLLs", "Binary Data"), "registration-registry");
    raises(Story.begin().set(key + "ServiceDll", "Binary Data"));
    raises(Story.begin().set("HKLM\\Software\\Other\\Filter DLLs", "C:\\evil.dll"));
    raises(Story.begin().set(MSIEXEC, key + "ServiceDll", "%windir%\\e.dll"));
  }

  @Test
  void assembliesGoIntoTheGlobalAssemblyCache() {
    raises(Story.begin().started("C:\\sdk\\gacutil.exe", "gacutil /i e.dll"), "registration-gac");
    raises(Story.begin().started("C:\\sdk\\gacutil.exe", "gacutil /l e"));
    String publish = "(New-Object System.EnterpriseServices.Internal.Publish).GacInstall('e.dll')";
    raises(Story.begin().started(POWERSHELL, "powershell " + publish), "registration-cmdlet");
    raises(Story.begin().ran(publish), "registration-script-block");
  }

  @Test
  void aDropAndARegistrationOfTheSameDllAreMoreThanEither() {
    String other = "appcmd install module /name:E /image:\"C:\\Program Files\\other.dll\"";
    String same = "appcmd install module /name:E /image:%SystemDrive%\\inetpub\\BIN\\EVIL.dll";
    Duration hour = Duration.ofHours(1);
    raises(
        Story.begin().wrote(EVIL).started(APPCMD, same),
        "drop-then-registration",
        "registration-appcmd");
    raises(
        Story.begin().wrote(EVIL).after(hour).started(APPCMD, same),
        "drop-then-registration",
        "registration-appcmd");
    raises(
        Story.begin().wrote(EVIL).after(hour.plusMillis(1)).started(APPCMD, same),
        "registration-appcmd");
    raises(Story.begin().wrote(EVIL).started(APPCMD, other), "registration-appcmd");
    raises(
        Story.begin().started(APPCMD, same).wrote(EVIL),
        "registration-appcmd",
        "registration-then-drop");
    raises(Story.begin().wrote(1, MSIEXEC, EVIL).started(APPCMD, same), "registration-appcmd");
    raises(
        Story.begin().wrote(EVIL).configured(IMAGE, EVIL),
        "drop-then-registration",
        "registration-configuration-log");
    raises(
        Story.begin().wrote(EVIL).ran("New-WebGlobalModule -Name E -Image '" + EVIL + "'"),
        "drop-then-registration",
        "registration-script-block");
    raises(
        Story.begin().wrote("C:\\x\\f.dll").set("HKLM\\SYSTEM\\W3SVC\\Filter DLLs", "c:\\x\\F.dll"),
        "drop-then-registration",
        "registration-registry");
  }

  @Test
  void ofSeveralDropsTheOneThatIsRegisteredCounts() {
    List<Alert> alerts =
        Story.begin()
            .wrote("C:\\a.dll")
            .wrote("C:\\b.dll")
            .wrote("C:\\c.dll")
            .started(APPCMD, "appcmd install module /name:E /image:C:\\b.dll")
            .started(APPCMD, "appcmd install module /name:F /image:C:\\b.dll")
            .alerts()
            .stream()
            .filter(alert -> alert.rule().id().equals("drop-then-registration"))
            .toList();

    assertEquals(1, alerts.size());
    FileEvent dropped = (FileEvent) alerts.get(0).evidence().get(0);
    assertEquals("C:\\b.dll", dropped.getFile().getPath());
  }

  @Test
  void aDroppedDllThatTheWorkerProcessLoads() {
    String dll = "D:\\lib\\evil.dll";
    raises(Story.begin().wrote(dll).loaded("d:/lib/EVIL.dll"), "drop-then-load");
    raises(Story.begin().wrote(dll).after(Duration.ofDays(1)).loaded(dll), "drop-then-load");
    raises(
        Story.begin().wrote(dll).after(Duration.ofDays(1).plusMillis(1)).loaded(dll),
        "unsigned-load-elsewhere");
    raises(Story.begin().wrote(dll).loaded(dll).loaded(dll), "drop-then-load");
    raises(Story.begin().loaded(dll).wrote(dll), "unsigned-load-elsewhere");
    raises(Story.begin().wrote(1, MSIEXEC, dll).loaded(dll), "unsigned-load-elsewhere");
    raises(Story.begin().wrote(dll).loaded("C:\\app.exe", dll, "false", "-", "Unavailable"));
    raises(Story.begin().wrote(dll).loaded(W3WP, dll, "true", "Microsoft Corporation", "Valid"));
    raises(
        Story.begin().wrote(dll).loaded(W3WP, dll, "true", "Microsoft Corporation", "Revoked"),
        "drop-then-load");
    String page =
        "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\x.dll";
    raises(Story.begin().wrote(600, W3WP, page).loaded(page));
    raises(Story.begin().wrote(page).loaded(page), "drop-then-load");
  }

  @Test
  void theWorkerProcessDropsADll() {
    raises(Story.begin().wrote(600, W3WP, "C:\\inetpub\\site\\e.dll"), "drop-by-worker-process");
    raises(Story.begin().wrote(600, W3WP, "C:\\inetpub\\site\\e.txt"));
    raises(Story.begin().wrote(600, W3WP, "D:\\data\\e.dll"), "drop-by-worker-process");
  }

  @Test
  void aDllIsDroppedWhereModulesLie() {
    raises(Story.begin().wrote(INETSRV + "x.dll"), "drop-into-inetsrv");
    raises(Story.begin().wrote("c:/windows/SysWOW64/inetsrv/x.dll"), "drop-into-inetsrv");
    raises(Story.begin().wrote(1, MSIEXEC, INETSRV + "x.dll"));
    raises(Story.begin().wrote(INETSRV + "x.txt"));
    raises(Story.begin().wrote("C:\\Windows\\System32\\x.dll"));
  }

  @Test
  void aDescendantOfTheWorkerProcessDropsADll() {
    Story child = Story.begin().started(700, CMD, "cmd /c copy a b", 600, W3WP);
    raises(child.wrote(700, CMD, EVIL), "drop-by-worker-descendant", "shell-by-worker-process");

    Story grandchild =
        Story.begin()
            .started(700, CMD, "cmd /c p", 600, W3WP)
            .started(800, "C:\\Users\\Public\\p.exe", "p", 700, CMD)
            .started(
                900, "C:\\Windows\\System32\\certutil.exe", "c", 800, "C:\\Users\\Public\\p.exe")
            .wrote(900, "C:\\Windows\\System32\\certutil.exe", EVIL);
    raises(grandchild, "drop-by-worker-descendant", "shell-by-worker-process");
    assertEquals(
        4,
        grandchild.alerts().stream()
            .filter(alert -> alert.rule().id().equals("drop-by-worker-descendant"))
            .findAny()
            .orElseThrow()
            .evidence()
            .size());

    raises(
        Story.begin()
            .started(700, CMD, "cmd", 600, "C:\\Windows\\explorer.exe")
            .wrote(700, CMD, EVIL));
    raises(
        Story.begin().started(700, CMD, "cmd", 600, W3WP).wrote(701, CMD, EVIL),
        "shell-by-worker-process");
    raises(
        Story.begin()
            .started(700, CMD, "cmd", 600, W3WP)
            .after(Duration.ofHours(25))
            .wrote(700, CMD, EVIL),
        "shell-by-worker-process");
  }

  @Test
  void everyDropOfADescendantIsSaid() {
    raises(
        Story.begin()
            .started(700, CMD, "cmd", 600, W3WP)
            .wrote(700, CMD, EVIL)
            .wrote(700, CMD, "C:\\inetpub\\bin\\second.dll"),
        "drop-by-worker-descendant",
        "drop-by-worker-descendant",
        "shell-by-worker-process");
  }

  @Test
  void aRegistrationFromWithinTheWorkerProcess() {
    String install = "appcmd install module /name:E /image:C:\\e.dll";
    raises(
        Story.begin().started(700, APPCMD, install, 600, W3WP),
        "registration-appcmd",
        "registration-by-worker-process",
        "shell-by-worker-process");
    raises(
        Story.begin()
            .started(700, CMD, "cmd /c " + install, 600, W3WP)
            .started(800, APPCMD, install, 700, CMD),
        "registration-appcmd",
        "registration-by-worker-process",
        "shell-by-worker-process");
    raises(
        Story.begin()
            .started(700, CMD, "cmd /c " + install, 600, "C:\\Windows\\explorer.exe")
            .started(800, APPCMD, install, 700, CMD),
        "registration-appcmd");
  }

  @Test
  void aLoadFromAUserWritableFolderInAnySpelling() {
    String signer = "Vendor";
    raises(
        Story.begin().loaded(W3WP, "C:/Users/Public/e.dll", "true", signer, "Valid"),
        "user-writable-module-load");
    raises(
        Story.begin().loaded(W3WP, "C:\\PROGRA~3\\e.dll", "true", signer, "Valid"),
        "user-writable-module-load");
    raises(
        Story.begin().loaded(W3WP, "C:\\Users\\Public\\e.dll", "true", signer, "Valid"),
        "w3wp-module-load");
    raises(Story.begin().loaded(W3WP, "C:\\Program Files\\e.dll", "true", signer, "Valid"));
  }

  @Test
  void aLoadThatElasticFiledUnderProcess() {
    LibraryEvent loaded =
        LibraryEvent.builder()
            .timestamp(Instant.parse("2025-03-01T10:00:00Z"))
            .hostName("WEB01")
            .category(List.of("process"))
            .processName("w3wp.exe")
            .path("C:\\ProgramData\\e.dll")
            .name("e.dll")
            .build();

    assertEquals(
        List.of("user-writable-module-load"),
        RaisedAlerts.raisedBy(Rules.bundled(), List.of(Decoded.of(loaded))).stream()
            .map(alert -> alert.rule().id())
            .toList());
  }

  @Test
  void anUnsignedDllInAFolderOfIis() {
    String dll = INETSRV + "evil.dll";
    raises(Story.begin().loaded(dll), "unsigned-module-load");
    raises(Story.begin().loaded(W3WP, dll, "true", "Vendor", "Expired"), "unsigned-module-load");
    raises(Story.begin().loaded(W3WP, dll, "true", "Vendor", "Valid"));
    raises(Story.begin().loaded(INETSRV + "inetinfo.exe", dll, "false", "-", "x"));
    raises(Story.begin().sysmon(7, "Image", W3WP, "ImageLoaded", dll));
    raises(Story.begin().loaded(EVIL), "unsigned-site-load");
    raises(Story.begin().loaded("D:\\modules\\evil.dll"), "unsigned-load-elsewhere");
  }

  @Test
  void aModuleThatFailsToLoadAfterItWasRegistered() {
    String install = "appcmd install module /name:E /image:" + EVIL;
    raises(
        Story.begin().started(APPCMD, install).failedToLoad(EVIL).failedToLoad(EVIL),
        "module-load-failure",
        "registration-appcmd");
    raises(
        Story.begin().started(APPCMD, "appcmd add module /name:E /type:E").failedToLoad(EVIL),
        "module-load-failure",
        "registration-appcmd");
    raises(
        Story.begin().started(APPCMD, install).failedToLoad(INETSRV + "other.dll"),
        "registration-appcmd");
    raises(
        Story.begin().started(APPCMD, install).after(Duration.ofMinutes(61)).failedToLoad(EVIL),
        "registration-appcmd");
    raises(Story.begin().failedToLoad(EVIL));
  }

  @Test
  void aConfigurationFileIsWritten() {
    String file = INETSRV + "config\\applicationHost.config";
    raises(Story.begin().wrote(file), "configuration-written");
    raises(Story.begin().wrote(1, "C:\\Users\\x\\appcmd.exe", file), "configuration-written");
    raises(Story.begin().wrote(1, APPCMD, file));
    raises(
        Story.begin().wrote(1, "C:\\Windows\\System32\\svchost.exe", file),
        "configuration-written");
    raises(
        Story.begin().wrote(600, W3WP, file),
        "configuration-by-worker-process",
        "configuration-written");
    raises(Story.begin().wrote("C:\\inetpub\\wwwroot\\shop\\web.config"), "web-config-written");
    raises(Story.begin().wrote("C:\\src\\shop\\web.config"));
    raises(Story.begin().wrote(1, "C:\\Windows\\explorer.exe", "C:\\inetpub\\shop\\web.config"));
  }

  @Test
  void aConfigurationFileIsRead() {
    String file = INETSRV + "config\\applicationHost.config";
    raises(Story.begin().read(CMD, file), "configuration-read");
    raises(Story.begin().read(W3WP, file));
    raises(Story.begin().read(CMD, "C:\\other.config"));
  }

  @Test
  void modulesAreListed() {
    raises(Story.begin().started(APPCMD, "appcmd list modules"), "module-listing");
    raises(Story.begin().started(POWERSHELL, "powershell Get-WebGlobalModule"), "module-listing");
    raises(Story.begin().ran("Get-WebGlobalModule | Select Name"), "module-listing-script");
    raises(Story.begin().ran("Get-WebSite"));
    raises(Story.begin().started(APPCMD, "appcmd list apppools"));
  }

  @Test
  void anInstallersNameFromAUserWritableFolder() {
    raises(
        Story.begin().wrote(1, "C:\\Users\\Public\\setup.exe", EVIL),
        "installer-name-in-user-folder");
    raises(Story.begin().wrote(1, MSIEXEC, EVIL));
    raises(Story.begin().wrote(1, "C:\\Users\\Public\\setup.exe", "D:\\app\\x.dll"));
    raises(Story.begin().wrote(1, "C:\\Users\\Public\\other.exe", EVIL));
  }
}
