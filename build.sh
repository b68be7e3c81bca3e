#!/usr/bin/env bash
# Restores Cake and runs it with the arguments given: ./build.sh --target=Test
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v dotnet >/dev/null 2>&1; then
  echo "build.sh: dotnet was not found. Install the .NET 10 SDK and run this again." >&2
  exit 1
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet tool restore --verbosity quiet >/dev/null
exec dotnet cake build.cake "$@"
