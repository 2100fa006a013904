package dev.iiswarden.event;

import static dev.iiswarden.event.IisComponents.isOwn;
import static dev.iiswarden.event.IisComponents.isOwnModule;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IisComponentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "globalModules/add[@name=\"RewriteModule\"]/@image | %SystemRoot%\\system32\\inetsrv\\rewrite.dll",
        "globalModules/add[@name=\"RewriteModule\"]/@image | C:\\Windows\\System32\\inetsrv\\rewrite.dll",
        "globalModules/add[@name=\"ManagedEngineV4.0_32bit\"]/@image | %windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\webengine4.dll",
        "globalModules/add[@name=\"AspNetCoreModuleV2\"]/@image | %ProgramFiles%\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll",
        "globalModules/add[@name=\"ApplicationRequestRouting\"]/@image | %ProgramFiles%\\IIS\\Application Request Routing\\requestRouter.dll",
        "globalModules/add[@name=\"CgiModule\"]/@name | CgiModule",
        "modules/add[@name=\"AspNetCoreModuleV2\"]/@name | AspNetCoreModuleV2",
        "modules/add[@name=\"OutputCache\"]/@name | OutputCache",
        "modules/add[@name=\"OutputCache\"]/@type | System.Web.Caching.OutputCacheModule",
        "modules/add[@name=\"Session\"]/@type | System.Web.X",
        "modules/add[@name=\"ServiceModel-4.0\"]/@type | System.ServiceModel.Activation.ServiceHttpModule, System.ServiceModel.Activation, Version=4.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35",
        "handlers/add[@name=\"ext0-ISAPI-4.0_64bit\"]/@scriptProcessor | %windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_isapi.dll",
        "handlers/add[@name=\"ISAPI-dll\"]/@modules | IsapiModule",
        "handlers/add[@name=\"StaticFile\"]/@modules | StaticFileModule,DefaultDocumentModule,DirectoryListingModule",
        "handlers/add[@name=\"StaticFile\"]/@path | *",
        "isapiFilters/filter[@name=\"ASP.Net_4.0_64bit\"]/@path | %windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\aspnet_filter.dll",
        "security/isapiCgiRestriction/add[@path=\"%windir%\\system32\\inetsrv\\asp.dll\"]/@path | %windir%\\system32\\inetsrv\\asp.dll",
      })
  void whatIisSetsUpIsItsOwn(String element, String value) {
    assertTrue(isOwn("/system.webServer/" + element, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "globalModules/add[@name=\"RewriteModule\"]/@image | D:\\lib\\m.dll",
        "globalModules/add[@name=\"RewriteModule\"]/@image | D:\\Windows\\System32\\inetsrv\\rewrite.dll",
        "globalModules/add[@name=\"RewriteModule\"]/@image | %windir%\\System32\\inetsrv\\..\\rewrite.dll",
        "globalModules/add[@name=\"RewriteModule\"]/@image | %windir%\\System32\\inetsrv\\cgi.dll",
        "globalModules/add[@name=\"x\"]/@image | %windir%\\System32\\inetsrv\\rewrite.dll",
        "globalModules/add[@name=\"CgiModule\"]/@name | x",
        "globalModules/add[@name=\"IsapiCachesModule\"]/@name | IsapiCachesModule",
        "modules/add[@name=\"OutputCache\"]/@type | Evil.Mod, Evil",
        "modules/add[@name=\"OutputCache\"]/@type | System.Web.Evil, Evil",
        "modules/add[@name=\"OutputCache\"]/@type | Microsoft.Evil",
        "modules/add[@name=\"x\"]/@type | System.Web.Caching.OutputCacheModule",
        "handlers/add[@name=\"x-ISAPI-4.0_64bit\"]/@scriptProcessor | D:\\x.dll",
        "handlers/add[@name=\"StaticFile\"]/@modules | StaticFileModule,EvilModule",
        "handlers/add[@name=\"StaticFile\"]/@scriptProcessor | C:\\x.exe",
        "handlers/add[@name=\"x\"]/@type | A.B, a",
        "security/isapiCgiRestriction/add[@path=\"D:\\x.dll\"]/@path | D:\\x.dll",
        "rewrite/providers/provider[@name=\"x\"]/@type | System.Web.X",
        "globalModules | RewriteModule",
      })
  void whatAnotherSetsUpIsNot(String element, String value) {
    assertFalse(isOwn("/system.webServer/" + element, value));
  }

  @Test
  void anInventoryAsksByNameAndImage() {
    assertTrue(isOwnModule("UriCacheModule", "%windir%\\System32\\inetsrv\\cachuri.dll"));
    assertTrue(isOwnModule("Session", "System.Web.SessionState.SessionStateModule"));
    assertTrue(isOwnModule("Session", null));
    assertTrue(isOwnModule("UriCacheModule", ""));
    assertFalse(isOwnModule("UriCacheModule", "C:\\inetpub\\temp\\cachuri.dll"));
    assertFalse(isOwnModule("Other", null));
    assertFalse(isOwnModule(null, null));
    assertFalse(isOwn(null, "x"));
    assertFalse(isOwn("x", null));
  }
}
