using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace FeatureTransfer.FineTuning;

/// <summary>
/// Images that are no files, encoded as they came: in memory as far as it is allowed, the rest in a temporary file that vanishes with the
/// process. Images are added by one thread; they may then be read by many.
/// </summary>
internal sealed class EncodedImages(int megabytes) : IDisposable
{
    private long _memoryLeft = (long)megabytes << 20;
    private SafeFileHandle? _file;
    private long _end;

    /// <summary>Whether some of them lie in a file.</summary>
    public bool IsOnDisk => _file is not null;

    /// <summary>Keeps an image.</summary>
    /// <param name="encoded">Its bytes; nobody else may change them afterwards.</param>
    public EncodedImage Add(ReadOnlyMemory<byte> encoded)
    {
        var hash = Convert.ToHexString(SHA256.HashData(encoded.Span));
        if ((_memoryLeft -= encoded.Length) >= 0)
            return new EncodedImage(encoded, hash);
        _file ??= ScratchFile.Open("images");
        RandomAccess.Write(_file, encoded.Span, _end);
        _end += encoded.Length;
        return new EncodedImage(_file, _end - encoded.Length, encoded.Length, hash);
    }

    public void Dispose() => _file?.Dispose();
}

/// <summary>One image of <see cref="EncodedImages"/>. Safe to read from several threads.</summary>
internal sealed class EncodedImage
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly SafeFileHandle? _file;
    private readonly long _offset;
    private readonly int _length;

    public EncodedImage(ReadOnlyMemory<byte> bytes, string hash) => (_bytes, Hash) = (bytes, hash);

    public EncodedImage(SafeFileHandle file, long offset, int length, string hash) => (_file, _offset, _length, Hash) = (file, offset, length, hash);

    /// <summary>The SHA-256 of the bytes, in hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Read()
    {
        if (_file is null)
            return _bytes;
        var bytes = new byte[_length];
        return RandomAccess.Read(_file, bytes, _offset) == _length
            ? bytes
            : throw new FeatureTransferException("The temporary file with images is cut short. Check that the disk has room, or raise the memory for activations.");
    }
}
