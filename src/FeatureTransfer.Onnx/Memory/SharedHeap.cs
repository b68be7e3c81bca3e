using System.Runtime.InteropServices;

namespace FeatureTransfer.Onnx.Memory;

/// <summary>
/// Memory in huge pages from one reserved range of addresses; only what is used is backed by memory. A page's first use is a fault, and in a virtual
/// machine those of a training step's gigabytes in pages of 4 KB take seconds. Safe for use from many threads at once.
/// </summary>
internal sealed unsafe partial class SharedHeap : IDisposable
{
    /// <summary>Every block begins at a multiple of it, a line of the processor's caches.</summary>
    public const nuint Alignment = 64;

    private const int ReadAndWrite = 3;

    // Private, of no file, and not counted before it is used.
    private const int Flags = 0x2 | 0x20 | 0x4000;
    private const nint Failed = -1;

    private readonly Lock _lock = new();
    private readonly byte* _start;
    private readonly nuint _length;
    private readonly FreeBlocks _free;
    private readonly Dictionary<nuint, nuint> _taken = [];

    // What lies behind was never used, or given back since.
    private nuint _used;

    private SharedHeap(byte* start, nuint length)
    {
        _start = start;
        _length = length;
        _free = new FreeBlocks(length);
    }

    /// <summary>The bytes that are taken.</summary>
    public nuint Taken { get; private set; }

    /// <summary>Reserves addresses.</summary>
    /// <param name="length">How many bytes.</param>
    /// <returns>null where the system does not give them, and where it is not Linux.</returns>
    public static SharedHeap? TryReserve(nuint length)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var start = Map(0, length, ReadAndWrite, Flags, -1, 0);
        if (start == Failed)
            return null;
        HugePages.Ask((void*)start, length);
        return new SharedHeap((byte*)start, length);
    }

    /// <summary>A block whose content may be anything; null where there is no room.</summary>
    /// <param name="length">Its bytes.</param>
    public void* Allocate(nuint length)
    {
        if (length > _length)
            return null;
        length = Math.Max(Alignment, (length + Alignment - 1) & ~(Alignment - 1));
        lock (_lock)
        {
            if (!_free.TryTake(length, out var start))
                return null;
            _taken.Add(start, length);
            Taken += length;
            _used = Math.Max(_used, start + length);
            return _start + start;
        }
    }

    /// <summary>Frees a block; null is none.</summary>
    /// <param name="block">What <see cref="Allocate"/> returned.</param>
    public void Free(void* block)
    {
        if (block is null)
            return;
        var start = (nuint)((byte*)block - _start);
        lock (_lock)
        {
            if (!_taken.Remove(start, out var length))
                return;
            Taken -= length;
            _free.Give(start, length);
        }
    }

    /// <summary>Whether bytes lie in the range.</summary>
    public bool Holds(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* address = bytes)
            return address >= _start && address < _start + _length;
    }

    /// <summary>Gives what is free back to the system.</summary>
    public void Trim()
    {
        lock (_lock)
        {
            foreach (var (start, length) in _free.All)
            {
                if (start < _used)
                    HugePages.GiveBack(_start + start, Math.Min(length, HugePages.Size + _used - start));
            }

            _used = _free.All is [.., var last] ? Math.Min(_used, last.Start) : _used;
        }
    }

    /// <summary>Gives the addresses back. Nobody may use a block any more.</summary>
    public void Dispose() => _ = Unmap((nint)_start, _length);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
