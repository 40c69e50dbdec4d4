#!/bin/sh
# Publishes the small program tests/AsyncGuard.Aot as native code, warnings as errors, and runs it. Needs clang and zlib1g-dev.
set -eu
cd "$(dirname "$0")/.."
dotnet publish tests/AsyncGuard.Aot/AsyncGuard.Aot.csproj -c Release -r linux-x64 -o artifacts/aot --nologo -v q
./artifacts/aot/AsyncGuard.Aot
