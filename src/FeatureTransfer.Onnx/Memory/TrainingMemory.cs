using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FeatureTransfer.Onnx.Kernels.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Onnx.Memory;

/// <summary>
/// One <see cref="SharedHeap"/> for the sessions of training, in the place of a growing pool of each session. Where it cannot be had, sessions keep
/// their own.
/// </summary>
internal static unsafe class TrainingMemory
{
    // Those from 18 on have more members.
    private const uint AllocatorVersion = 17;

    // As much as fits is used; the addresses of more cost nothing.
    private const int AddressesToMemory = 4;

    private static readonly Lazy<SharedHeap?> _heap = new(Register);

    /// <summary>Whether bytes lie in it.</summary>
    public static bool Holds(ReadOnlySpan<byte> bytes) => _heap.Value is { } heap && heap.Holds(bytes);

    /// <summary>Lets sessions with these options take their memory from it.</summary>
    public static void AddTo(SessionOptions options)
    {
        if (_heap.Value is not null)
            options.AddSessionConfigEntry("session.use_env_allocators", "1");
    }

    /// <summary>Gives what no session holds back to the system.</summary>
    public static void Trim()
    {
        if (_heap.IsValueCreated)
            _heap.Value?.Trim();
    }

    // The definition stays for the life of the process, as ONNX Runtime refers to it.
    private static SharedHeap? Register()
    {
        if (SharedHeap.TryReserve(AddressesToMemory * (nuint)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) is not { } heap)
            return null;
        var definition = (Definition*)NativeMemory.AllocZeroed((nuint)sizeof(Definition));
        *definition = new Definition
        {
            Version = AllocatorVersion,
            Allocate = &Allocate,
            Free = &Free,
            Info = &Info,
            Memory = RuntimeApi.CpuMemory(),
            Heap = GCHandle.ToIntPtr(GCHandle.Alloc(heap)),
        };
        if (RuntimeApi.TryRegister(OnnxRuntimeLibrary.Environment, definition))
            return heap;

        // The program has registered one of its own.
        heap.Dispose();
        return null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Allocate(Definition* definition, nuint length) => length == 0 ? null : HeapOf(definition).Allocate(length);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(Definition* definition, void* block) => HeapOf(definition).Free(block);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Info(Definition* definition) => definition->Memory;

    private static SharedHeap HeapOf(Definition* definition) => (SharedHeap)GCHandle.FromIntPtr(definition->Heap).Target!;

    // The members of ONNX Runtime's OrtAllocator in the version that is named, and ours behind them.
    [StructLayout(LayoutKind.Sequential)]
    private struct Definition
    {
        public uint Version;
        public delegate* unmanaged[Cdecl]<Definition*, nuint, void*> Allocate;
        public delegate* unmanaged[Cdecl]<Definition*, void*, void> Free;
        public delegate* unmanaged[Cdecl]<Definition*, void*> Info;
        public void* Memory;
        public nint Heap;
    }
}
