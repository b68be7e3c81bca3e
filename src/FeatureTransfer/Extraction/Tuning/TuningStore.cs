using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FeatureTransfer.Extraction.Tuning;

/// <summary>Keeps what timings found, a file each, under FT_HOME. A file that cannot be read or written is as if there were none.</summary>
internal sealed class TuningStore(string folder)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What was found for a model on this machine, or null.</summary>
    /// <param name="model">The model's hash.</param>
    /// <param name="question">What was asked: the settings that were given, and so were not to be chosen.</param>
    public TuningRecord? Find(string model, string question)
    {
        try
        {
            var path = PathOf(model, question);
            var record = File.Exists(path) ? JsonSerializer.Deserialize<TuningRecord>(File.ReadAllBytes(path), _json) : null;
            return record is { Best: { BatchSize: >= 1 and <= 1024, IntraOpThreads: >= 1 and <= 1024, Sessions: >= 1 and <= 1024 } } && record.Machine == Machine.Name ? record : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Keeps what was found.</summary>
    /// <returns>Whether it could be written: a home that is full or read-only does not stop the work.</returns>
    public bool TryKeep(string question, TuningRecord record)
    {
        try
        {
            AtomicFile.Write(PathOf(record.Model, question), stream => JsonSerializer.Serialize(stream, record, _json));
            return true;
        }
        catch (FeatureTransferException)
        {
            return false;
        }
    }

    private string PathOf(string model, string question) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Machine.Name}\n{model}\n{question}"))[..16]) + ".json");
}
