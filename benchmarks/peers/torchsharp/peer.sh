#!/bin/sh
# Builds the peer and starts it with the arguments given. TorchSharp's library asks for GLIBCXX_3.4.32, for one function that does nothing where
# streams are set up anyway. Where the system's libstdc++ is older (Debian 12), a library of that one function is preloaded, and the version is
# marked as one that may be missing. glibc's allocator is told to keep the memory of tensors for the next step: else every large one is mapped and
# unmapped anew, which made MobileNetV2's forward pass several times as slow. Where the system does not know the processor's caches (virtual machines
# may hide them), divide.c keeps oneDNN from ending ResNet-50 with a division by zero.
set -e
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=268435456
cd "$(dirname "$0")"
dotnet build -c Release --nologo -v q -clp:NoSummary >&2
if ! strings "$(gcc -print-file-name=libstdc++.so.6)" | grep -q GLIBCXX_3.4.32; then
    printf 'void _ZSt21ios_base_library_initv(void) {}\n' | gcc -shared -fPIC -x c -o bin/streams.so -
    python3 allow_older.py bin/Release/net10.0/runtimes/linux-x64/native/libLibTorchSharp.so GLIBCXX_3.4.32
    export LD_PRELOAD="$PWD/bin/streams.so"
fi
if [ ! -e /sys/devices/system/cpu/cpu0/cache/index0 ]; then
    gcc -shared -fPIC -o bin/divide.so divide.c
    export LD_PRELOAD="$LD_PRELOAD $PWD/bin/divide.so"
fi
exec dotnet bin/Release/net10.0/TorchSharpPeer.dll "$@"
