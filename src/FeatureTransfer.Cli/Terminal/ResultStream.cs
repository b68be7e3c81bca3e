namespace FeatureTransfer.Cli.Terminal;

/// <summary>Standard output, whose failures say that it is the output which failed.</summary>
/// <param name="output">Where results go.</param>
internal sealed class ResultStream(Stream output) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            output.Write(buffer);
        }
        catch (UnauthorizedAccessException exception)
        {
            // What .NET makes of a file descriptor that is no longer there.
            throw new FeatureTransferException("Standard output is closed, so that the results have nowhere to go. Redirect it to a file, or to /dev/null.", exception);
        }
        catch (IOException exception)
        {
            throw new FeatureTransferException($"Standard output cannot be written: {exception.Message.TrimEnd('.')}. Make room there, or redirect it elsewhere.", exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => output.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
