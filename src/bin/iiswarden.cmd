@echo off
rem Starts iiswarden from an archive of its classes, which saves the JVM most of the time it takes to
rem read and verify them. The archive fits one JVM and one place: with another JVM, or after a move,
rem the program starts without it, as with "java -jar iiswarden.jar".
rem
rem JAVA_HOME   the JDK or JRE to use; without it, the java on the PATH
rem JAVA_OPTS   further options for the JVM, such as -Xmx2g
setlocal

for %%f in ("%~dp0..") do set "home=%%~ff"
set "jar=%home%\iiswarden.jar"
set "archive=%home%\iiswarden.jsa"
if exist "%jar%" goto find_java
echo iiswarden: there is no "%jar%": build it with mvn package, and keep this script in bin beside it>&2
exit /b 2

:find_java
set "java=java"
if not defined JAVA_HOME goto find_archive
set "java=%JAVA_HOME%\bin\java.exe"
if exist "%java%" goto find_archive
echo iiswarden: there is no "%java%": set JAVA_HOME to the directory of Java 17 or newer, or unset it>&2
exit /b 2

:find_archive
set "options="
rem The JVM warns of an archive that does not fit, on standard output.
if exist "%archive%" set options="-XX:SharedArchiveFile=%archive%" -Xlog:disable

rem Most methods of a short run are not worth compiling; a long run hardly notices.
"%java%" -XX:CompileThresholdScaling=4 %options% %JAVA_OPTS% -cp "%jar%" dev.iiswarden.cli.Main %*
exit /b %ERRORLEVEL%
