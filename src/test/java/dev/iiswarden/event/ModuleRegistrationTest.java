package dev.iiswarden.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleRegistrationTest {
  private static final Instant TIME = Instant.parse("2026-09-14T08:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"/image:C:\\Program Files\\Vendor X\\m.dll\" | C:\\Program Files\\Vendor X\\m.dll",
        "/image:\"C:\\Program Files\\Vendor X\\m.dll\" | C:\\Program Files\\Vendor X\\m.dll",
        "/image:%comspec%\\..\\spool\\m.dll | C:\\Windows\\System32\\spool\\m.dll",
        "/image:C:\\PROGRA~1\\Vendor\\LONGMO~1.DLL | C:\\Program Files\\Vendor\\longmodule.dll",
        "/image:LONGMO~1.DLL | C:\\Program Files\\Vendor\\longmodule.dll",
        "/image:\"%ExchangeInstallPath%\\ClientAccess\\OWA\\s.dll\" | C:\\Program Files\\Exchange\\V15\\ClientAccess\\OWA\\s.dll",
        "/image:lib\\m.dll | D:\\lib\\m.dll",
        "/image:.\\m.dll | D:\\lib\\m.dll",
        "/image:D:\\m.mod | D:\\m.mod",
        "/image:\\\\?\\C:\\Windows\\m.dll | C:\\Windows\\m.dll",
        "-Image 'D:\\a b\\m.dat' | D:\\a b\\m.dat",
        "-Image \"$env:windir\\m.dll\" | C:\\Windows\\m.dll",
        "-Image $env:windir\\m.dll | C:\\Windows\\m.dll",
        "@{name='m';image='D:\\m x.dll'} | D:\\m x.dll",
        "$e['image']='D:\\lib\\m.bin'; $g.Add($e) | D:\\lib\\m.bin",
        "/+[name='x',path='C:\\a b\\y.dll'] | C:\\a b\\y.dll",
        "/+\"[name='P',type='A.B, A']\" | D:\\sites\\x\\bin\\A.dll",
        "/type:\"Seo.Mod, Seo\" /app.name:\"Default Web Site/\" | D:\\sites\\x\\bin\\Seo.dll",
        "/type:\"Seo.Mod, Seo, Version=1.0.0.0, Culture=neutral\" | D:\\sites\\x\\bin\\Seo.dll",
        "-Type 'My.Module, my' | D:\\bin\\my.dll",
        "/+\"environmentVariables.[name='H',value='D:\\lib\\h.dll;D:\\c d\\e.dll']\" | D:\\c d\\e.dll",
      })
  void aCommandLineNamesTheFile(String options, String file) {
    assertTrue(command("appcmd install module /name:m " + options).names(file), () -> options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/image:C:\\PROGRA~1\\Vendor\\m.dll | D:\\Program Files\\Vendor\\m.dll",
        "/image:C:\\PROGRA~1\\Vendor\\m.dll | C:\\Prog\\Vendor\\m.dll",
        "/image:C:\\x\\LONGMO~1.DLL | C:\\x\\longmodule.dat",
        "/image:C:\\x\\LONGMO~1.DLL | C:\\x\\y\\longmodule.dll",
        "/image:%Unknown%\\m.dll | C:\\x\\m.dll",
        "/image:%Unknown%\\a\\m.dll | C:\\b\\m.dll",
        "/type:\"System.Web.Security.RoleManagerModule, System.Web\" | C:\\x\\System.Web.dll",
        "/type:\"Seo.Mod\" | C:\\x\\Seo.dll",
        "/path:C:\\php\\m.dat | C:\\php\\m.dat",
        "/+[path='*.php',scriptProcessor='C:\\php\\php-cgi.exe'] | C:\\php\\php-cgi.exe",
      })
  void anotherFileIsNotNamed(String options, String file) {
    assertFalse(command("appcmd install module /name:m " + options).names(file), () -> options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "C:\\\u0130nan\\\u0130.dll | C:\\\u0130nan\\\u0130.dll",
        "C:\\Program Files\\Vendor X\\f.dll | C:\\Program Files\\Vendor X\\f.dll",
        "\"C:\\a b\\f.dll\" | C:\\a b\\f.dll",
        "COR_PROFILER_PATH=C:\\Program Files\\X\\y.dll | C:\\Program Files\\X\\y.dll",
        "COR_PROFILER_PATH_64=C:\\a b\\y.bin | C:\\a b\\y.bin",
        "COR_ENABLE_PROFILING=1 | ~~",
        "C:\\a b\\x.dll,C:\\c\\y.dll; %windir%\\z.dll | C:\\a b\\x.dll>C:\\c\\y.dll>%windir%\\z.dll",
        "C:\\Program Files\\a,b\\x.dll | C:\\Program Files\\a,b\\x.dll",
        "C:\\a b\\x.dll,-101 | C:\\a b\\x.dll",
        "C:\\Windows\\rundll32.exe C:\\a\\x.dll,Go | C:\\a\\x.dll",
        "x.dll | x.dll",
        "C:\\inetpub\\wwwroot | ~~",
      })
  void aValueOfTheRegistryIsAPath(String value, String dlls) {
    RegistryEvent event = RegistryEvent.builder().timestamp(TIME).dataStrings(value).build();
    List<String> expected = dlls.isEmpty() ? List.of() : List.of(dlls.split(">", -1));

    assertEquals(expected, new ModuleRegistration(event, List.of(value)).getDlls());
    assertEquals(expected, event.kind().dlls(event));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/system.webServer/globalModules/add[@name=\"m\"]/@image | C:\\Program Files\\Vendor X\\mod.dll | C:\\Program Files\\Vendor X\\mod.dll",
        "/system.webServer/globalModules/add[@name=\"m\"]/@image | D:\\a b\\m.mod | D:\\a b\\m.mod",
        "/system.web/httpModules/add[@name=\"x\"]/@type | Evil.Mod, Evil | Evil.dll",
        "/system.webServer/modules/add[@name=\"x\"]/@name | OutputCache | ~~",
        "/system.webServer/handlers/add[@name=\"x\"]/@scriptProcessor | C:\\php\\php-cgi.exe | ~~",
      })
  void aValueOfTheConfigurationIsAPathOrAType(String element, String value, String dlls) {
    ConfigurationEvent event =
        ConfigurationEvent.builder()
            .timestamp(TIME)
            .iis(IisConfigurationFields.builder().configuration(element).newValue(value).build())
            .build();
    List<String> expected = dlls.isEmpty() ? List.of() : List.of(dlls);

    assertEquals(expected, new ModuleRegistration(event, value).getDlls());
    assertEquals(expected, event.kind().dlls(event));
  }

  @Test
  void otherDllsDoNotHideTheImage() {
    String others =
        IntStream.range(0, 1000).mapToObj(i -> "/x:a" + i + ".dll ").collect(Collectors.joining());

    ModuleRegistration registration =
        command("appcmd install module /name:m " + others + "/image:D:\\lib\\z.dll");

    assertEquals("d:\\lib\\z.dll", registration.getDllKey());
    assertTrue(registration.names("D:\\lib\\z.dll"));
    assertTrue(registration.names("C:\\a15.dll"));
    assertEquals(DllNames.MOST, registration.getDlls().size());
  }

  private static ModuleRegistration command(String commandLine) {
    ProcessEvent event = ProcessEvent.builder().timestamp(TIME).build();
    return new ModuleRegistration(event, commandLine);
  }
}
