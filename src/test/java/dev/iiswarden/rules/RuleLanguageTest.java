package dev.iiswarden.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.iiswarden.decode.Decoded;
import dev.iiswarden.decode.EventDecoders;
import dev.iiswarden.testing.RaisedAlerts;
import dev.iiswarden.testing.WindowsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an analyst can say of a DLL that is dropped, registered in any way, and loaded. */
class RuleLanguageTest {
  private static final String HEADER =
      """
      package analyst;
      import dev.iiswarden.event.*;
      import function dev.iiswarden.event.Eql.*;
      import function dev.iiswarden.event.WindowsPaths.*;
      import function dev.iiswarden.event.CommandLines.*;
      """;
  private static final Instant TIME = Instant.parse("2026-03-04T22:12:07.226Z");

  @TempDir private Path directory;

  private List<String> alerts(String rule, WindowsEvent... events) throws IOException {
    Files.writeString(directory.resolve("own.drl"), HEADER + rule);
    List<Decoded> records =
        List.of(events).stream().map(event -> EventDecoders.auto().decode(event.xml())).toList();
    return RaisedAlerts.raisedBy(Rules.fromDirectory(directory), records).stream()
        .map(alert -> alert.rule().id() + " " + alert.evidence().size())
        .toList();
  }

  private static WindowsEvent event(
      String provider, int id, int seconds, String name, String value) {
    return new WindowsEvent(
        provider, "x", id, TIME.plusSeconds(seconds), "WEB01", Map.of(name, value));
  }

  @Test
  void aDropAndWhatNamesThatDllInAnySpellingAreASequence() throws IOException {
    String rules =
        """
        rule "a DLL was dropped"
        when
            $dropped : FileEvent( like( file.extension, "dll" ) )
        then
            insert( new PendingSequence( "drop-then-setting", $dropped ) );
        end
        rule "and IIS was told to load it" @id( "drop-then-setting" ) @severity( "high" )
        when
            $waiting : PendingSequence( name == "drop-then-setting" ) over window:time( 1h1ms )
            $setting : ConfigurationEvent( follows( $waiting, "1h" ),
                like( iis.configuration, "*/globalModules/*" ),
                pathLike( iis.physicalPath, "%windir%\\\\system32\\\\inetsrv\\\\config\\\\*" ),
                samePath( iis.newValue, $waiting.first.file.path ) )
        then
            insert( new Detection( $waiting, $setting ) );
        end
        """;
    WindowsEvent drop =
        WindowsEvent.sysmon(
            11, TIME, "WEB01", Map.of("TargetFilename", "C:\\Windows\\System32\\inetsrv\\x.dll"));
    WindowsEvent setting =
        new WindowsEvent(
            "Microsoft-Windows-IIS-Configuration",
            "Microsoft-IIS-Configuration/Operational",
            29,
            TIME.plusSeconds(60),
            "web01.corp.example",
            Map.of(
                "PhysicalPath",
                    "\\\\?\\C:\\Windows\\system32\\inetsrv\\config\\applicationHost.config",
                "Configuration", "/system.webServer/globalModules/add/@image",
                "NewValue", "%windir%\\System32\\inetsrv\\X.dll"));

    assertEquals(List.of("drop-then-setting 2"), alerts(rules, drop, setting));
  }

  @Test
  void aScriptBlockIsReadLikeAnyText() throws IOException {
    assertEquals(
        List.of("module-by-script 1"),
        alerts(
            """
            rule "module added by a script" @id( "module-by-script" ) @severity( "high" )
            when
                $script : ScriptBlockEvent(
                    like( powershell.file.scriptBlockText, "*New-WebGlobalModule*" ) )
            then
                insert( new Detection( $script ) );
            end
            """,
            event(
                "Microsoft-Windows-PowerShell",
                4104,
                0,
                "ScriptBlockText",
                "new-webglobalmodule")));
  }

  @Test
  void aModuleThatFailedToLoadIsSpokenOf() throws IOException {
    assertEquals(
        List.of("module-failed 1"),
        alerts(
            """
            rule "module failed to load" @id( "module-failed" ) @severity( "medium" )
            when
                $failure : ModuleLoadFailureEvent( event.code == "2282", like( dll.name, "*.dll" ) )
            then
                insert( new Detection( $failure ) );
            end
            """,
            event("Microsoft-Windows-IIS-W3SVC-WP", 2282, 0, "ModuleDll", "C:\\x.dll")));
  }

  @Test
  void aKeyIsLikeThePatternInAnySpelling() throws IOException {
    assertEquals(
        List.of("key 1"),
        alerts(
            """
            rule "an IIS key" @id( "key" ) @severity( "low" )
            when
                $written : RegistryEvent(
                    keyLike( registry.path, "HKLM\\\\SYSTEM\\\\CurrentControlSet\\\\Services\\\\W3SVC\\\\*" ),
                    user.name == "eve" )
            then
                insert( new Detection( $written ) );
            end
            """,
            new WindowsEvent(
                "Microsoft-Windows-Security-Auditing",
                "Security",
                4657,
                TIME,
                "WEB01",
                Map.of(
                    "ObjectName", "\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\W3SVC\\x",
                    "ObjectValueName", "y",
                    "SubjectUserName", "eve"))));
  }

  @Test
  void filesInOneFolderAreASequence() throws IOException {
    String rules =
        """
        rule "a page was written"
        when
            $written : FileEvent( like( fileName( file.path ), "*.aspx" ), $path : file.path )
        then
            insert( new PendingSequence( "page-then-load", folderOf( $path ), $written ) );
        end
        rule "and a DLL beside it was loaded" @id( "page-then-load" ) @severity( "high" )
        when
            $waiting : PendingSequence( name == "page-then-load" ) over window:time( 1h1ms )
            $loaded  : LibraryEvent( follows( $waiting, "1h" ),
                samePath( folderOf( dll.path ), $waiting.key ),
                sameFolder( dll.path, $waiting.first.file.path ) )
        then
            insert( new Detection( $waiting, $loaded ) );
        end
        """;
    WindowsEvent page =
        WindowsEvent.sysmon(
            11, TIME, "WEB01", Map.of("TargetFilename", "C:\\inetpub\\wwwroot\\a.aspx"));

    assertEquals(
        List.of("page-then-load 2"),
        alerts(rules, page, load("c:/inetpub/WWWROOT/evil.dll")),
        "in the folder");
    assertEquals(
        List.of(), alerts(rules, page, load("C:\\inetpub\\wwwroot\\bin\\evil.dll")), "below it");
  }

  private static WindowsEvent load(String path) {
    return WindowsEvent.sysmon(7, TIME.plusSeconds(60), "WEB01", Map.of("ImageLoaded", path));
  }

  @Test
  void anArgumentAndAnOptionAreWholeOnes() throws IOException {
    String rules =
        """
        rule "an assembly went into the cache" @id( "gacutil" ) @severity( "low" )
        when
            $started : ProcessEvent( hasOption( process.commandLine, "i", "if" ),
                hasArgument( process.commandLine, "*.dll" ) )
        then
            insert( new Detection( $started ) );
        end
        """;

    assertEquals(List.of("gacutil 1"), alerts(rules, start("gacutil.exe -IF \"C:\\a b\\x.dll\"")));
    assertEquals(List.of(), alerts(rules, start("gacutil.exe /ir C:\\x.dll")));
    assertEquals(List.of(), alerts(rules, start("gacutil.exe /i C:\\x.dll.txt")));
  }

  private static WindowsEvent start(String commandLine) {
    return WindowsEvent.sysmon(1, TIME, "WEB01", Map.of("CommandLine", commandLine));
  }
}
