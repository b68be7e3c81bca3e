using System.Security.Cryptography;
using System.Text;

namespace FeatureTransfer.Server;

/// <summary>Keys that open a server. Only their hashes are kept, and comparing takes as long whatever was sent.</summary>
public sealed class ApiKeys
{
    private const int Shortest = 16;
    private readonly byte[][] _hashes;

    private ApiKeys(IEnumerable<string> keys) => _hashes = [.. keys.Select(Hash)];

    /// <summary>No keys: nobody is asked for one.</summary>
    public static ApiKeys None { get; } = new([]);

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _hashes.Length == 0;

    /// <summary>Makes keys.</summary>
    /// <param name="keys">The keys, each of 16 characters or more.</param>
    /// <exception cref="FeatureTransferException">There is none, or one is shorter.</exception>
    public static ApiKeys Of(IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var all = keys.ToList();
        if (all.Count == 0)
            throw new FeatureTransferException("There is no API key. Expected one a line.");
        return all.TrueForAll(key => key.Length >= Shortest)
            ? new ApiKeys(all)
            : throw new FeatureTransferException($"An API key is shorter than {Shortest} characters. Make one with: openssl rand -hex 32");
    }

    /// <summary>Reads keys from a file: one a line; empty lines and those that begin with # are passed over.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FeatureTransferException">It cannot be read, holds none, or one is too short.</exception>
    public static ApiKeys FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return Of(File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FeatureTransferException)
        {
            throw new FeatureTransferException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Whether a key is one of these.</summary>
    /// <param name="key">What a request brought.</param>
    public bool Contains(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var hash = Hash(key);
        var found = false;
        foreach (var known in _hashes)
            found |= CryptographicOperations.FixedTimeEquals(known, hash);
        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
