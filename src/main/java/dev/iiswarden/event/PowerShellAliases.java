package dev.iiswarden.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The aliases of Windows PowerShell 5.1 and PowerShell 7 ("about_Aliases", Microsoft). */
final class PowerShellAliases {
  private static final Map<String, String> COMMANDS = new HashMap<>();

  static {
    String table =
        """
        % ForEach-Object, foreach ForEach-Object, ? Where-Object, where Where-Object,
        ac Add-Content, cat Get-Content, gc Get-Content, type Get-Content, sc Set-Content,
        clc Clear-Content, clp Clear-ItemProperty, gp Get-ItemProperty, gpv Get-ItemPropertyValue,
        sp Set-ItemProperty, rp Remove-ItemProperty, rnp Rename-ItemProperty,
        cpp Copy-ItemProperty, mp Move-ItemProperty, copy Copy-Item, cp Copy-Item, cpi Copy-Item,
        move Move-Item, mv Move-Item, mi Move-Item, ren Rename-Item, rni Rename-Item,
        del Remove-Item, erase Remove-Item, rd Remove-Item, ri Remove-Item, rm Remove-Item,
        rmdir Remove-Item, ni New-Item, md New-Item, mkdir New-Item, si Set-Item, gi Get-Item,
        ii Invoke-Item, gci Get-ChildItem, dir Get-ChildItem, ls Get-ChildItem, cd Set-Location,
        chdir Set-Location, sl Set-Location, pushd Push-Location, popd Pop-Location,
        iex Invoke-Expression, icm Invoke-Command, iwr Invoke-WebRequest, curl Invoke-WebRequest,
        wget Invoke-WebRequest, irm Invoke-RestMethod, saps Start-Process, start Start-Process,
        spps Stop-Process, kill Stop-Process, gps Get-Process, ps Get-Process, sasv Start-Service,
        spsv Stop-Service, gsv Get-Service, ipmo Import-Module, gmo Get-Module, rmo Remove-Module,
        nmo New-Module, gcm Get-Command, gm Get-Member, gal Get-Alias, sal Set-Alias,
        nal New-Alias, gv Get-Variable, sv Set-Variable, set Set-Variable, nv New-Variable,
        gwmi Get-WmiObject, iwmi Invoke-WmiMethod, swmi Set-WmiInstance, rwmi Remove-WmiObject,
        gcim Get-CimInstance, icim Invoke-CimMethod, ncim New-CimInstance, scim Set-CimInstance,
        echo Write-Output, write Write-Output, select Select-Object, sort Sort-Object,
        group Group-Object, measure Measure-Object, tee Tee-Object, diff Compare-Object,
        compare Compare-Object, sls Select-String, oh Out-Host, ogv Out-GridView, ft Format-Table,
        fl Format-List, fw Format-Wide, epcsv Export-Csv, ipcsv Import-Csv, epal Export-Alias,
        ipal Import-Alias, cvpa Convert-Path, rvpa Resolve-Path, sajb Start-Job, rcjb Receive-Job,
        nsn New-PSSession, etsn Enter-PSSession, rsn Remove-PSSession, sleep Start-Sleep
        """;
    for (String entry : table.split(",", -1)) {
      String[] words = entry.strip().split(" ", -1);
      COMMANDS.put(words[0], words[1]);
    }
  }

  private PowerShellAliases() {}

  static @Nullable String of(String word) {
    return word.length() > 8 ? null : COMMANDS.get(word.toLowerCase(Locale.ROOT));
  }
}
