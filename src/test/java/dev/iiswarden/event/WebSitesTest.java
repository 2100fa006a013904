package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSitesTest {
  private static final String SHADOW =
      "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\root\\a1\\e5"
          + "\\assembly\\dl3\\0a\\m.dll";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C:\\inetpub\\wwwroot\\shop\\bin\\x.dll | c:\\inetpub\\wwwroot\\shop",
        "C:\\inetpub\\wwwroot\\shop\\bin\\x64\\x.dll | c:\\inetpub\\wwwroot\\shop",
        "C:/inetpub/wwwroot/shop/web.config | c:\\inetpub\\wwwroot\\shop",
        "C:\\inetpub\\wwwroot\\shop\\admin\\x.aspx | c:\\inetpub\\wwwroot\\shop",
        "C:\\inetpub\\wwwroot\\shop\\admin\\bin\\x.dll | c:\\inetpub\\wwwroot\\shop\\admin",
        "C:\\inetpub\\wwwroot\\x.aspx | c:\\inetpub\\wwwroot",
        "C:\\inetpub\\wwwroot\\bin\\x.dll | c:\\inetpub\\wwwroot",
        "C:\\inetpub\\x.dll | c:\\inetpub",
        "C:\\inetpub\\lib\\x.dll | c:\\inetpub\\lib",
        "C:\\inetpub\\sites\\shop\\1\\x.dll | c:\\inetpub\\sites\\shop",
        "C:\\inetpub\\sites\\shop\\1.2.3\\bin\\x.dll | c:\\inetpub\\sites\\shop",
        "C:\\inetpub\\sites\\shop\\20260914\\bin\\x.dll | c:\\inetpub\\sites\\shop",
        "C:\\inetpub\\vhosts\\d0.com\\httpdocs\\web.config | c:\\inetpub\\vhosts\\d0.com",
        "C:\\inetpub\\vhosts\\d0.com\\httpdocs\\bin\\x.dll | c:\\inetpub\\vhosts\\d0.com",
        "D:\\sites\\app\\app.dll | d:\\sites\\app",
        "D:\\webapps\\app\\x.dll | d:\\webapps\\app",
        "D:\\apps\\shop\\bin\\x.dll | d:\\apps\\shop",
        "%SystemDrive%\\inetpub\\wwwroot\\a\\b.dll | \\inetpub\\wwwroot\\a",
        "\\\\srv\\share\\sites\\a\\bin\\x.dll | \\\\srv\\share\\sites\\a",
        "C:\\inetpub\\temp\\x.dll | ",
        "C:\\inetpub\\temp\\bin\\x.dll | ",
        "C:\\inetpub\\history\\CF\\x.config | ",
        "C:\\inetpub\\logs\\LogFiles\\x.log | ",
        "C:\\bin\\x.dll | ",
        "C:\\Windows\\bin\\x.dll | ",
        "C:\\Program Files (x86)\\a\\bin\\x.dll | ",
        "C:\\ProgramData\\a\\bin\\x.dll | ",
        "C:\\Users\\a\\bin\\x.dll | ",
        "D:\\Temp\\a\\bin\\x.dll | ",
        "D:\\lib\\x.dll | ",
        "D:\\sites | ",
        "bin\\x.dll | ",
        "x.dll | ",
        " | ",
      })
  void theSiteIsAFolder(@Nullable String path, @Nullable String site) {
    assertEquals(site, WindowsPaths.siteOf(path));
    assertEquals(site != null, WindowsPaths.inSite(path));
  }

  @Test
  void aShadowCopyHasTheNameOfADllInASite() {
    assertTrue(WindowsPaths.shadowCopyOf(SHADOW, "D:\\sites\\shop\\bin\\M.dll"));
    assertFalse(WindowsPaths.shadowCopyOf(SHADOW, "D:\\sites\\shop\\bin\\n.dll"));
    assertFalse(WindowsPaths.shadowCopyOf(SHADOW, "D:\\lib\\m.dll"));
    assertFalse(WindowsPaths.shadowCopyOf("D:\\m.dll", "D:\\sites\\shop\\bin\\m.dll"));
    assertFalse(WindowsPaths.shadowCopyOf(null, "D:\\sites\\shop\\bin\\m.dll"));
    assertFalse(WindowsPaths.shadowCopyOf(SHADOW, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C:\\inetpub\\wwwroot\\shop\\bin\\x.dll | c:\\inetpub\\wwwroot\\shop",
        "D:\\apps\\erp\\1.2\\x.dll | d:\\apps\\erp",
        "D:\\lib\\x.dll | d:\\lib",
        "D:\\x.dll | ",
        "C:\\Windows\\System32\\inetsrv\\x.dll | ",
        "C:\\Program Files\\a\\x.dll | ",
        "C:\\ProgramData\\a\\x.dll | ",
        "C:\\Users\\a\\x.dll | ",
        "D:\\a\\Temp\\x.dll | ",
        "C:\\inetpub\\temp\\x.dll | ",
        "C:\\PerfLogs\\x.dll | ",
        "x.dll | ",
        " | ",
      })
  void anApplicationHasAFolder(@Nullable String path, @Nullable String folder) {
    assertEquals(folder, WindowsPaths.applicationFolder(path));
  }
}
