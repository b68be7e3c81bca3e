using System.Security.Cryptography;
using Google.Protobuf;

namespace FeatureTransfer.Devices;

/// <summary>
/// The SHA-256 of models as files. Where weights lie in a file whose own hash is known, they are not read a second time: what came out once
/// is kept under the hash of the model with references in their place.
/// </summary>
/// <param name="folder">Where outcomes are kept.</param>
internal sealed class GraphHashes(string folder)
{
    private const string Ending = ".sha256";
    private const int MostNotes = 256;

    /// <summary>The SHA-256 of a model's file, without the file.</summary>
    public byte[] Of(OnnxModel model) => KnownWeights.Refer(model.Proto) is { } referring ? Remembered(referring, model) : Hash(model.Proto);

    private byte[] Remembered(IMessage referring, OnnxModel model)
    {
        var note = Path.Combine(folder, Convert.ToHexStringLower(Hash(referring)) + Ending);
        if (Read(note) is { } known)
            return known;
        var hash = Hash(model.Proto);
        try
        {
            AtomicFile.WriteText(note, Convert.ToHexStringLower(hash));
            foreach (var old in new DirectoryInfo(folder).GetFiles("*" + Ending).OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostNotes))
                old.Delete();
        }
        catch (Exception exception) when (exception is FeatureTransferException or IOException or UnauthorizedAccessException)
        {
            // Where nothing can be kept, each process reads the weights.
        }

        return hash;
    }

    private static byte[]? Read(string note)
    {
        try
        {
            return File.Exists(note) && File.ReadAllText(note) is { Length: 2 * SHA256.HashSizeInBytes } text ? Convert.FromHexString(text) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    private static byte[] Hash(IMessage message)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        message.WriteTo(new HashingWriter(hash));
        return hash.GetHashAndReset();
    }
}
