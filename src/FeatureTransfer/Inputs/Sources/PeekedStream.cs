namespace FeatureTransfer.Inputs.Sources;

/// <summary>A stream whose first bytes were looked at already; disposing it leaves the inner one open.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _inner;
    private readonly byte[] _start;
    private int _given;

    /// <summary>Reads the first bytes.</summary>
    /// <param name="inner">The stream.</param>
    /// <param name="count">How many bytes to look at; fewer when it ends before.</param>
    public PeekedStream(Stream inner, int count)
    {
        _inner = inner;
        var start = new byte[count];
        _start = start[..inner.ReadAtLeast(start, count, throwOnEndOfStream: false)];
    }

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Start => _start;

    /// <summary>What is given behind the inner stream's end. Default nothing.</summary>
    public ReadOnlyMemory<byte> Tail { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_given == _start.Length)
            return buffer.Length > 0 && _inner.Read(buffer) is > 0 and var read ? read : ReadTail(buffer);
        var count = Math.Min(buffer.Length, _start.Length - _given);
        _start.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    private int ReadTail(Span<byte> buffer)
    {
        var given = Tail[..Math.Min(buffer.Length, Tail.Length)];
        given.Span.CopyTo(buffer);
        Tail = Tail[given.Length..];
        return given.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
