package dev.iiswarden.inventory;

import static dev.iiswarden.inventory.Configurations.nativeModule;
import static dev.iiswarden.inventory.Configurations.only;
import static dev.iiswarden.inventory.Configurations.webServer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is unusual about a component. */
class ConcernTest {
  private static Set<Concern> concerns(String... names) {
    Set<Concern> concerns = EnumSet.noneOf(Concern.class);
    Arrays.stream(names).map(Concern::valueOf).forEach(concerns::add);
    return concerns;
  }

  @ParameterizedTest
  @CsvSource({
    "%windir%\\System32\\inetsrv\\own.dll,",
    "C:\\Program Files\\Product\\own.dll,",
    "%ProgramFiles(x86)%\\Product\\own.dll,",
    "%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\own.dll,",
    "C:\\Windows\\System32\\own.dll, UNUSUAL_FOLDER",
    "D:\\tools\\own.dll, UNUSUAL_FOLDER",
    "C:\\Windows\\System32\\inetsrv\\..\\..\\..\\x\\own.dll, UNUSUAL_FOLDER",
    "C:\\Users\\Public\\own.dll, USER_WRITABLE",
    "%windir%\\Temp\\own.dll, USER_WRITABLE",
    "%ProgramData%\\own.dll, USER_WRITABLE",
    "C:/ProgramData/own.dll, USER_WRITABLE",
    "C:\\PROGRA~3\\own.dll, USER_WRITABLE",
    "C:\\PerfLogs\\own.dll, USER_WRITABLE",
    "C:\\$Recycle.Bin\\own.dll, USER_WRITABLE",
    "C:\\Windows\\Tasks\\own.dll, USER_WRITABLE",
    "\\\\198.51.100.7\\share\\own.dll, SHARE",
    "\\\\?\\UNC\\nas\\share\\own.dll, SHARE",
    "%windir%\\System32\\inetsrv\\own.dat, NOT_CALLED_DLL",
    "C:\\Temp\\own.png, USER_WRITABLE;NOT_CALLED_DLL",
  })
  void anImageIsJudgedByItsPath(String image, String expected) throws Exception {
    Component module = only(nativeModule("Own", image));

    assertFalse(module.isOwn());
    assertEquals(
        expected == null ? Set.of() : concerns(expected.split(";", -1)), module.concerns());
  }

  @ParameterizedTest
  @CsvSource({
    "HttpLoggingModule, %windir%\\System32\\inetsrv\\loghttp2.dll",
    "httploggingmodule, %windir%\\System32\\inetsrv\\cachuri.dll",
  })
  void aKnownNameWithAnotherImageIsReplaced(String name, String image) throws Exception {
    assertEquals(concerns("REPLACED"), only(nativeModule(name, image)).concerns());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%windir%\\System32\\inetsrv\\loghttp.dll",
        "%SystemRoot%\\system32\\INETSRV\\loghttp.dll",
        "C:\\Windows\\SysWOW64\\inetsrv\\loghttp.dll",
      })
  void aKnownNameWithItsImageInAnySpellingIsOwn(String image) throws Exception {
    Component module = only(nativeModule("HttpLoggingModule", image));

    assertTrue(module.isOwn());
    assertEquals(Set.of(), module.concerns());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "System.Web.Security.FormsAuthenticationModule | true",
        "System.Web.Security.FormsAuthenticationModule, System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a | true",
        "System.Web.Security.FormsAuthenticationModule, System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=deadbeefdeadbeef | false",
        "System.Web.Security.FormsAuthenticationModule, System.Web.Evil | false",
        "System.Web.Security.FormsAuthenticationModule, Evil, PublicKeyToken=b03f5f7f11d50a3a | false",
        "System.Web.Security.FormsAuthModule | false",
      })
  void aManagedTypeIsOwnByItsNameAndItsAssembly(String type, boolean isOwn) throws Exception {
    Component module =
        only(
            webServer("<modules><add name='FormsAuthentication' type='" + type + "' /></modules>"));

    assertEquals(isOwn, module.isOwn());
    assertEquals(isOwn ? Set.of() : concerns("REPLACED"), module.concerns());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COR_PROFILER | {cf0d821e-299b-5307-a3d8-b283c03916dd} | PROFILER",
        "CORECLR_PROFILER_PATH_64 | C:\\Temp\\p.dll | PROFILER;USER_WRITABLE",
        "DOTNET_STARTUP_HOOKS | \\\\nas\\h.dll | STARTUP_HOOK;SHARE",
        "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES | Evil | STARTUP_HOOK",
      })
  void variablesThatLoadCodeAreNamed(String name, String value, String expected) throws Exception {
    assertEquals(
        concerns(expected.split(";", -1)),
        only(webServer(
                "<aspNetCore><environmentVariables><environmentVariable name='"
                    + name
                    + "' value='"
                    + value
                    + "' /></environmentVariables></aspNetCore>"))
            .concerns());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "C:\\Program Files\\PHP\\php-cgi.exe|-d x=C:\\Temp\\a; C:\\Program Files\\PHP\\php-cgi.exe",
        "C:\\Temp\\run.exe -x %s %s; C:\\Temp\\run.exe",
        "\"C:\\Temp\\run it.exe\" %s; C:\\Temp\\run it.exe",
        "\"C:\\Temp\\run; C:\\Temp\\run",
        "C:\\php\\php|x; C:\\php\\php",
      })
  void theImageHasNoArguments(String value, String image) {
    assertEquals(image, ImagePath.in(value));
  }

  @Test
  void aRedirectedConfigurationIsAConcern() throws Exception {
    assertEquals(
        concerns("REDIRECTED", "SHARE"),
        only("<configuration><configurationRedirection enabled='true' path='\\\\nas\\iis' />"
                + "</configuration>")
            .concerns());
  }
}
