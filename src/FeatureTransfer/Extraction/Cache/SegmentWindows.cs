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
        var number = offset / WindowLength;
        var at = offset - (number * WindowLength);
        if (at + first.Length + second.Length > WindowLength || Find(segment, number, at + first.Length + second.Length) is not { } window)
            return false;
        byte* start = null;
        try
        {
            window.View.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            start += window.View.PointerOffset + at;
            new ReadOnlySpan<byte>(start, first.Length).CopyTo(first);
            new ReadOnlySpan<byte>(start + first.Length, second.Length).CopyTo(second);
            return true;
        }
        catch (ObjectDisposedException)
        {
            // Another thread needed the place in between.
            return false;
        }
        finally
        {
            if (start is not null)
                window.View.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var window in _windows)
                window.View.Dispose();
            _windows.Clear();
        }
    }

    private Window? Find(FeatureSegment segment, long number, long needed)
    {
        lock (_lock)
        {
            var known = _windows.FindIndex(window => window.Segment == segment && window.Number == number);
            if (known >= 0 && _windows[known].Length >= needed)
                return _windows[known];
            if (_missed != (segment, number))
            {
                _missed = (segment, number);
                return null;
            }

            // It has grown since, or another has to give way: the one that was mapped first.
            if (known >= 0 || _windows.Count == Most)
            {
                var gone = Math.Max(known, 0);
                _windows[gone].View.Dispose();
                _windows.RemoveAt(gone);
            }

            return Map(segment, number, needed);
        }
    }

    private Window? Map(FeatureSegment segment, long number, long needed)
    {
        var length = Math.Min(WindowLength, segment.Length - (number * WindowLength));
        if (length < needed)
            return null;
        try
        {
            using var file = MemoryMappedFile.CreateFromFile(segment.File, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            var window = new Window(segment, number, length, file.CreateViewAccessor(number * WindowLength, length, MemoryMappedFileAccess.Read));
            _windows.Add(window);
            return window;
        }
        catch (IOException)
        {
            // A file system that cannot map: single reads do as well.
            return null;
        }
    }

    private sealed record Window(FeatureSegment Segment, long Number, long Length, MemoryMappedViewAccessor View);
}
