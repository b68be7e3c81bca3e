using System.Buffers;

namespace FeatureTransfer.Extraction.Flow;

/// <summary>The content of a stream in memory of the shared pool.</summary>
internal sealed class PooledBytes : IDisposable
{
    private const int FirstSize = 1 << 16;
    private byte[] _bytes;
    private int _length;

    private PooledBytes(Stream stream) =>
        _bytes = ArrayPool<byte>.Shared.Rent(stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position + 1, 1, 1 << 30) : FirstSize);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    public static PooledBytes Read(Stream stream)
    {
        var bytes = new PooledBytes(stream);
        try
        {
            while (bytes.Grew(stream.Read(bytes.Free.Span)))
            {
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    public static async Task<PooledBytes> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new PooledBytes(stream);
        try
        {
            while (bytes.Grew(await stream.ReadAsync(bytes.Free, cancellationToken).ConfigureAwait(false)))
            {
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private Memory<byte> Free => _bytes.AsMemory(_length);

    private bool Grew(int read)
    {
        _length += read;
        if (_length == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(_length * 2));
            Memory.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return read > 0;
    }
}
