using System.IO.MemoryMappedFiles;

namespace FeatureTransfer.Extraction;

/// <summary>
/// Maps parts of segments into memory, a few at a time, so that what is resident stays bounded however large the cache is. A part is mapped
/// when it is asked for twice running; who reads here and there is better served by single reads, and is told so by false.
/// </summary>
/// <remarks>Only bytes that were in the file when it was mapped are touched, and segments are never shortened.</remarks>
internal sealed class SegmentWindows : IDisposable
{
    private const long WindowLength = 8 << 20;
    private const int Most = 4;
    private readonly List<Window> _windows = [];
    private readonly Lock _lock = new();
    private (FeatureSegment? Segment, long Number) _missed;

    /// <summary>Reads the bytes at an offset and those behind them, if they lie in one window that is mapped or worth it.</summary>
    public unsafe bool TryRead(FeatureSegment segment, long offset, Span<byte> first, Span<byte> second)
    {
        var (number, at) = Math.DivRem(offset, WindowLength);
        var needed = at + first.Length + second.Length;
        if (needed > WindowLength)
            return false;
        byte* start = null;
        MemoryMappedViewAccessor? view;
        lock (_lock)
        {
            view = Find(segment, number, needed);

            // Until it is let go it stays mapped, even if another thread needs its place.
            view?.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        }

        if (view is null)
            return false;
        try
        {
            start += view.PointerOffset + at;
            new ReadOnlySpan<byte>(start, first.Length).CopyTo(first);
            new ReadOnlySpan<byte>(start + first.Length, second.Length).CopyTo(second);
            return true;
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var window in _windows)
                window.View.Dispose();
        }
    }

    private MemoryMappedViewAccessor? Find(FeatureSegment segment, long number, long needed)
    {
        var known = _windows.Find(window => window.Segment == segment && window.Number == number);
        if (known?.Length >= needed)
            return known.View;
        if (_missed != (segment, number))
        {
            _missed = (segment, number);
            return null;
        }

        // It has grown since, or another has to give way: the one that was mapped first.
        if (known is not null || _windows.Count == Most)
            Drop(known ?? _windows[0]);
        return Map(segment, number, needed);
    }

    private void Drop(Window window)
    {
        window.View.Dispose();
        _windows.Remove(window);
    }

    private MemoryMappedViewAccessor? Map(FeatureSegment segment, long number, long needed)
    {
        var start = number * WindowLength;
        var length = Math.Min(WindowLength, segment.Length - start);
        if (length < needed)
            return null;
        try
        {
            using var file = MemoryMappedFile.CreateFromFile(segment.File, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            var view = file.CreateViewAccessor(start, length, MemoryMappedFileAccess.Read);
            _windows.Add(new Window(segment, number, length, view));
            return view;
        }
        catch (IOException)
        {
            // A file system that cannot map: single reads do as well.
            return null;
        }
    }

    private sealed record Window(FeatureSegment Segment, long Number, long Length, MemoryMappedViewAccessor View);
}
