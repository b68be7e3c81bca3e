using System.Runtime.InteropServices;

namespace FeatureTransfer.Inputs.Audio;

/// <summary>One recording while it is decoded.</summary>
internal abstract class AudioSource : IDisposable
{
    /// <summary>Samples a second of each channel, as the file says.</summary>
    public abstract int SampleRate { get; }

    /// <summary>How many channels there are, as the file says.</summary>
    public abstract int Channels { get; }

    /// <summary>Decodes the next samples, the channels in turn.</summary>
    /// <param name="samples">Receives them; its length is a multiple of <see cref="Channels"/>.</param>
    /// <returns>How many floats were written; 0 at the end.</returns>
    public abstract int Read(Span<float> samples);

    public abstract void Dispose();

    /// <summary>A stream on bytes in memory, which are not copied where they are an array.</summary>
    protected static MemoryStream Stream(ReadOnlyMemory<byte> encoded) =>
        MemoryMarshal.TryGetArray(encoded, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(encoded.ToArray(), writable: false);
}
