using System.Buffers;
using System.Security.Cryptography;

namespace FeatureTransfer.Devices;

/// <summary>Hashes what is written into it, a buffer at a time that stays in the processor's cache.</summary>
/// <param name="hash">Receives the bytes.</param>
internal sealed class HashingWriter(IncrementalHash hash) : IBufferWriter<byte>
{
    private byte[] _buffer = new byte[1 << 16];

    public void Advance(int count) => hash.AppendData(_buffer, 0, count);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (sizeHint > _buffer.Length)
            _buffer = new byte[sizeHint];
        return _buffer;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
}
