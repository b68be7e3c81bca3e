using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.Extraction;

/// <summary>What tests change of a cache.</summary>
internal sealed record CacheSettings
{
    /// <summary>Tells the time of records. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>A segment that is as long as this gets no more records. Default 256 MB.</summary>
    public long SegmentLength { get; init; } = 256 << 20;

    /// <summary>The least time between two looks, on a miss, at what other processes have added. Default 2 seconds.</summary>
    public TimeSpan RefreshPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Writes bytes at an offset. Default to the file.</summary>
    public SegmentWrite Write { get; init; } = RandomAccess.Write;
}

/// <summary>Writes bytes of a file at an offset.</summary>
internal delegate void SegmentWrite(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);
