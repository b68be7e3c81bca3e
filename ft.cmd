@echo off
rem Runs the ft of this clone from any folder: ft --help. Builds it first where its sources are newer than what was built.
setlocal
set "root=%~dp0"
set "project=%root%src\FeatureTransfer.Cli"
set "program=%project%\bin\Release\net10.0\ft.dll"
set "stamp=%project%\obj\ft.built"
set "log=%TEMP%\ft-build-%RANDOM%%RANDOM%.log"

where dotnet >nul 2>nul
if errorlevel 1 (
  echo ft: dotnet was not found. Install the .NET 10 SDK and run this again. 1>&2
  exit /b 1
)

if not exist "%program%" goto build
if not exist "%stamp%" goto build
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath $env:stamp).LastWriteTimeUtc; $files = @(Get-ChildItem (Join-Path $env:root 'src'), (Join-Path $env:root 'onnx-models') -Recurse -File) + @(Get-ChildItem (Join-Path $env:root 'Directory.*') -File); $newer = $files | Where-Object { $_.LastWriteTimeUtc -gt $built -and $_.FullName.Substring($env:root.Length) -notmatch '\\(bin|obj)\\' } | Select-Object -First 1; exit [int]($null -ne $newer)"
if not errorlevel 1 goto run

:build
echo Building ft ... 1>&2
if not exist "%project%\obj" mkdir "%project%\obj"
rem The time before the build, so that what is edited meanwhile is built next time.
type nul > "%stamp%.new"
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
dotnet build "%project%" -c Release --nologo -v quiet > "%log%" 2>&1 < nul
if errorlevel 1 (
  type "%log%" 1>&2
  del "%log%"
  echo ft: the build failed. 1>&2
  exit /b 1
)
del "%log%"
move /y "%stamp%.new" "%stamp%" >nul

:run
dotnet "%program%" %*
exit /b %errorlevel%
