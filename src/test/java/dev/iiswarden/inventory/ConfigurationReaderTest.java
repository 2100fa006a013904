package dev.iiswarden.inventory;

import static dev.iiswarden.inventory.Configurations.only;
import static dev.iiswarden.inventory.Configurations.read;
import static dev.iiswarden.inventory.Configurations.webServer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
  @TempDir private Path directory;

  private static InventoryException refused(byte[] content) {
    return assertThrows(
        InventoryException.class, () -> Inventory.components("web.config", content));
  }

  private static InventoryException refused(String xml) {
    return refused(xml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void ofTheConfigurationThatIisHasItselfNothingIsForeign() throws Exception {
    List<Component> components = read(Configurations.clean());

    Set<String> foreign = new TreeSet<>();
    components.stream().filter(one -> !one.isOwn()).forEach(one -> foreign.add(one.name()));
    assertEquals(Set.of("Shop", "ShopSession"), foreign);
    assertTrue(components.size() > 30, components::toString);
  }

  @Test
  void aNativeModuleIsReadWithItsPlace() throws Exception {
    Component module =
        only(
            """
            <configuration>
              <system.webServer>
                <globalModules>
                  <add name="Evil" image="%windir%\\System32\\inetsrv\\evil.dll" />
                </globalModules>
              </system.webServer>
            </configuration>
            """);

    assertEquals(
        new Component(
            ComponentKind.NATIVE_MODULE,
            "Evil",
            "/system.webServer/globalModules/add[@name=\"Evil\"]/@image",
            "%windir%\\System32\\inetsrv\\evil.dll",
            "",
            "applicationHost.config",
            4),
        module);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<modules><add name='A' type='T, A' /></modules> | MANAGED_MODULE | A | T, A | /system.webServer/modules/add[@name=\"A\"]/@type",
        "<handlers><add name='A' path='*.a' verb='*' type='T, A' /></handlers> | HANDLER | A | T, A | /system.webServer/handlers/add[@name=\"A\"]/@type",
        "<handlers><add name='A' path='*.a' scriptProcessor='C:\\a.exe -x' /></handlers> | SCRIPT_PROCESSOR | A | C:\\a.exe -x | /system.webServer/handlers/add[@name=\"A\"]/@scriptProcessor",
        "<isapiFilters><filter name='A' path='C:\\a.dll' /></isapiFilters> | ISAPI_FILTER | A | C:\\a.dll | /system.webServer/isapiFilters/filter[@name=\"A\"]/@path",
        "<security><isapiCgiRestriction><add path='C:\\a.dll' allowed='true' description='A' /></isapiCgiRestriction></security> | ISAPI_EXTENSION | A | C:\\a.dll | /system.webServer/security/isapiCgiRestriction/add[@path=\"C:\\a.dll\"]/@path",
        "<fastCgi><application fullPath='C:\\a.exe' arguments='-x' /></fastCgi> | FAST_CGI | -x | C:\\a.exe | /system.webServer/fastCgi/application[@fullPath=\"C:\\a.exe\",@arguments=\"-x\"]/@fullPath",
        "<aspNetCore processPath='.\\a.exe' arguments='-x' /> | ASP_NET_CORE | -x | .\\a.exe | /system.webServer/aspNetCore/@processPath",
        "<aspNetCore><environmentVariables><environmentVariable name='dotnet_startup_hooks' value='C:\\a.dll' /></environmentVariables></aspNetCore> | ENVIRONMENT_VARIABLE | dotnet_startup_hooks | C:\\a.dll | /system.webServer/aspNetCore/environmentVariables/environmentVariable[@name=\"dotnet_startup_hooks\"]/@value",
      })
  void eachKindOfTheWebServerIsRead(
      String xml, ComponentKind kind, String name, String value, String configuration)
      throws Exception {
    Component component = only(webServer(xml));

    assertEquals(kind, component.kind());
    assertEquals(name, component.name());
    assertEquals(value, component.value());
    assertEquals(configuration, component.configuration());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<system.web><httpModules><add name='A' type='T' /></httpModules></system.web> | MANAGED_MODULE | A | T",
        "<system.web><httpHandlers><add path='*.a' verb='*' type='T' /></httpHandlers></system.web> | HANDLER | *.a | T",
        "<moduleProviders><add name='A' type='T, A' /></moduleProviders> | MANAGEMENT_PROVIDER | A | T, A",
        "<configurationRedirection enabled='true' path='\\\\nas\\iis' /> | REDIRECTION | `` | \\\\nas\\iis",
        "<system.applicationHost><serviceAutoStartProviders><add name='A' type='T, A' /></serviceAutoStartProviders></system.applicationHost> | AUTO_START_PROVIDER | A | T, A",
        "<system.applicationHost><applicationPools><applicationPoolDefaults><environmentVariables><add name='COR_PROFILER' value='{1}' /></environmentVariables></applicationPoolDefaults></applicationPools></system.applicationHost> | ENVIRONMENT_VARIABLE | COR_PROFILER | {1}",
        "<system.applicationHost><sites><site name='S'><application path='/a'><virtualDirectory path='/b' physicalPath='D:\\b' /></application></site></sites></system.applicationHost> | SITE | S/a/b | D:\\b",
      })
  void eachKindElsewhereIsRead(String xml, ComponentKind kind, String name, String value)
      throws Exception {
    Component component = only("<configuration>" + xml + "</configuration>");

    assertEquals(kind, component.kind());
    assertEquals(name, component.name());
    assertEquals(value, component.value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<isapiFilters><filter name='A' path='C:\\a.dll' enabled='false' /></isapiFilters>",
        "<security><isapiCgiRestriction><add path='C:\\a.dll' /></isapiCgiRestriction></security>",
        "<security><isapiCgiRestriction><add path='C:\\a.dll' allowed='false' />"
            + "</isapiCgiRestriction></security>",
        "<modules><add name='IsapiModule' lockItem='true' /></modules>",
        "<aspNetCore><environmentVariables><environmentVariable name='DB_PASSWORD' value='x' />"
            + "</environmentVariables></aspNetCore>",
        "<!-- <globalModules><add name='A' image='C:\\a.dll' /></globalModules> -->",
        "<rewrite><globalModules><add name='A' image='C:\\a.dll' /></globalModules></rewrite>",
      })
  void whatIsNotInUseOrNoComponentIsLeftOut(String xml) throws Exception {
    assertEquals(List.of(), read(webServer(xml)));
  }

  @Test
  void theLocationIsThatOfTheElementAround() throws Exception {
    String module =
        "<system.webServer><modules><add name='%s' type='T' /></modules></system.webServer>";
    List<Component> components =
        read(
            "<configuration><location path='Shop/admin'>"
                + module.formatted("A")
                + "</location>"
                + module.formatted("B")
                + "</configuration>");

    assertEquals(List.of("Shop/admin", ""), components.stream().map(Component::location).toList());
    assertEquals(
        "/system.webServer/modules/add[@name=\"A\"]/@type", components.get(0).configuration());
  }

  @Test
  void namespacesMakeNoDifference() throws Exception {
    assertEquals(
        "A",
        only("<configuration xmlns='http://schemas.microsoft.com/.NetConfiguration/v2.0'>"
                + "<system.web><httpModules><add name='A' type='T' /></httpModules></system.web>"
                + "</configuration>")
            .name());
  }

  @Test
  void aSectionInAFileOfItsOwnIsRead() throws Exception {
    Path web = directory.resolve("web.config");
    Files.writeString(web, webServer("<modules configSource='parts\\modules.config' />"));
    Files.createDirectory(directory.resolve("parts"));
    Files.writeString(
        directory.resolve("parts").resolve("modules.config"),
        "<modules>\n<add name='A' type='T' />\n</modules>");

    Component module = Inventory.read("WEB01", Instant.EPOCH, List.of(web)).components().get(0);

    assertEquals("/system.webServer/modules/add[@name=\"A\"]/@type", module.configuration());
    assertEquals(web.resolveSibling("parts\\modules.config").toString(), module.file());
    assertEquals(2, module.line());
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing.config", "..\\outside.config", "/etc/hostname"})
  void aSectionInAFileThatIsNotBesideIsAnError(String source) throws Exception {
    Path folder = Files.createDirectory(directory.resolve("site"));
    Files.writeString(
        directory.resolve("outside.config"), "<modules><add name='A' type='T' /></modules>");
    Path web = folder.resolve("web.config");
    Files.writeString(web, webServer("\n<modules configSource='" + source + "' />"));

    InventoryException e =
        assertThrows(
            InventoryException.class, () -> Inventory.read("W", Instant.EPOCH, List.of(web)));

    assertEquals(
        web
            + ":2: the section system.webServer/modules is in "
            + source
            + ", which is not there; copy that file to the folder of this one",
        e.getMessage());
    assertEquals(2, e.line());
  }

  @Test
  void anEncryptedSectionIsAnErrorOnlyIfItMatters() throws Exception {
    String encrypted = "<EncryptedData><CipherData /></EncryptedData>";

    assertEquals(
        "web.config:1: the section system.webServer/modules is encrypted;"
            + " decrypt a copy with aspnet_regiis -pdf",
        refused(
                webServer(
                    "<modules configProtectionProvider='RsaProtectedConfigurationProvider'>"
                        + encrypted
                        + "</modules>"))
            .getMessage());
    assertEquals(1, refused(webServer("<modules>" + encrypted + "</modules>")).line());
    assertEquals(
        List.of(),
        read(
            "<configuration><connectionStrings configProtectionProvider='x'>"
                + encrypted
                + "</connectionStrings></configuration>"));
  }

  /** A parser as the JDK makes it, to show that the payloads below are no blanks. */
  private static String imageByUnguardedParser(String xml) throws Exception {
    XMLStreamReader reader =
        XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(xml));
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT
          && reader.getLocalName().equals("add")) {
        return reader.getAttributeValue(null, "image");
      }
    }
    throw new AssertionError("no element");
  }

  @Test
  void aDocumentTypeDeclarationIsRefused() throws Exception {
    Path external = directory.resolve("entities.dtd");
    Files.writeString(external, "<!ENTITY evil 'C:\\Temp\\evil.dll'>");
    for (String subset :
        List.of(
            "[<!ENTITY evil 'C:\\Temp\\evil.dll'>]",
            "SYSTEM '" + external.toUri() + "'",
            "[<!ENTITY % more SYSTEM '" + external.toUri() + "'> %more;]")) {
      String xml =
          "<!-- ? -->\n<!DOCTYPE configuration "
              + subset
              + ">\n"
              + Configurations.nativeModule("A", "&evil;");

      assertEquals("C:\\Temp\\evil.dll", imageByUnguardedParser(xml));
      InventoryException e = refused(xml);
      assertTrue(e.getMessage().contains("document type declaration"), e::getMessage);
      assertEquals(2, e.line());
    }
  }

  @Test
  void theWordsOfADeclarationInACommentAreNone() throws Exception {
    String module = Configurations.nativeModule("A", "C:\\a.dll");

    assertEquals("A", only("<!-- <!DOCTYPE a [ -->" + module).name());
    assertEquals("A", only("<?xml version='1.0'?>\n" + module + "<!-- <!DOCTYPE -->").name());
  }

  @Test
  void anEntityThatNothingDeclaresIsAnError() {
    assertEquals(
        2, refused("<configuration>\n<system.web>&evil;</system.web></configuration>").line());
    assertEquals(1, refused(Configurations.nativeModule("A", "&evil;")).line());
  }

  @Test
  void aTruncatedFileIsAnErrorWithItsLine() {
    String whole = Configurations.clean();
    InventoryException e = refused(whole.substring(0, whole.indexOf("</globalModules>")));

    assertTrue(
        e.getMessage().startsWith("web.config:" + e.line() + ": not valid XML: "), e::getMessage);
    assertTrue(e.getMessage().endsWith("copy the file again"), e::getMessage);
    assertTrue(e.line() > 90, e::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<Event /> | the root element is Event, not configuration; name a",
        "<modules /> | the root element is modules, not configuration; name a",
        "not XML at all | not XML; name a configuration file such as applicationHost.config",
        "<?xml version='1.0' encoding='klingon'?><configuration /> | the encoding klingon is not known",
      })
  void whatIsNoConfigurationIsAnError(String text, String reason) {
    InventoryException e = refused(text);

    assertTrue(e.getMessage().startsWith("web.config:1: " + reason), e::getMessage);
    assertEquals("web.config", e.file());
  }

  @Test
  void whatIsNoTextIsAnError() {
    byte[] random = {0x3c, (byte) 0xc3, 0x28, (byte) 0xff, 0x11};

    assertEquals(
        "web.config: not text in UTF-8, so it is damaged, encrypted or another kind of file;"
            + " copy it again from the server",
        refused(random).getMessage());
    assertEquals("web.config: the file is empty; copy it again", refused("").getMessage());
  }

  @Test
  void elementsInEachOtherAreRefusedBeforeTheyAreDeep() {
    InventoryException e = refused("<configuration>" + "<a>".repeat(100_000));

    assertTrue(e.getMessage().contains("nested deeper than 64"), e::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"})
  void everyEncodingOfWindowsIsRead(String name) throws Exception {
    String xml = Configurations.nativeModule("Größe", "C:\\größe.dll");
    Charset charset = Charset.forName(name);
    String declared = "<?xml version=\"1.0\" encoding=\"" + name.replaceAll("[BL]E$", "") + "\"?>";
    for (String mark : name.startsWith("UTF") ? List.of("", "\ufeff") : List.of("")) {
      byte[] bytes = (mark + declared + xml).getBytes(charset);

      assertEquals("Größe", Inventory.components("x", bytes).get(0).name());
    }
  }
}
