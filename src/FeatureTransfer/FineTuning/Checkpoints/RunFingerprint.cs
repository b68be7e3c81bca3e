using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FeatureTransfer.Devices;
using FeatureTransfer.Inputs.Audio;

namespace FeatureTransfer.FineTuning;

/// <summary>What two runs must have in common so that one can go on where the other stopped.</summary>
internal sealed class RunFingerprint(JsonObject options, string data, string model)
{
    // What changes how a run is kept but not what it gives.
    private static readonly string[] _free =
        [nameof(FineTuneOptions.Checkpoint), nameof(FineTuneOptions.UseCache), nameof(FineTuneOptions.ActivationMemory), nameof(FineTuneOptions.IntraOpThreads), nameof(FineTuneOptions.Device), nameof(FineTuneOptions.TunesBackbone)];

    private static readonly JsonSerializerOptions _json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The fingerprint of a run.</summary>
    public static RunFingerprint Of(FineTuneOptions options, IReadOnlyList<TuningRow> rows, TuningModel model)
    {
        var json = JsonSerializer.SerializeToNode(options with { Augmentation = null, AudioAugmentation = AudioAugmentationPlan.None }, _json)!.AsObject();
        foreach (var name in _free)
            json.Remove(name);
        json[nameof(FineTuneOptions.Augmentation)] = options.Augmentation?.Fingerprint;
        json[nameof(FineTuneOptions.AudioAugmentation)] = options.AudioAugmentation.Fingerprint;
        if (options.HeadTraining is { } head)
            json[nameof(FineTuneOptions.HeadTraining)] = new JsonObject { [nameof(head.Optimizer)] = JsonSerializer.SerializeToNode(head.Optimizer, _json), [nameof(head.Course)] = head.Course.Fingerprint };
        return new RunFingerprint(json, DataOf(rows), Convert.ToHexStringLower(ModelContent.HashOf(model.FeatureModel)));
    }

    /// <summary>The header of a checkpoint of this run.</summary>
    public CheckpointHeader Header(TuningState state, Dictionary<string, long> steps, List<CheckpointArray> arrays) =>
        new() { Options = options, Data = data, Model = model, State = state, Steps = steps, Arrays = arrays };

    /// <summary>Refuses the checkpoint of another run.</summary>
    /// <exception cref="FeatureTransferException">Something differs; the message says what.</exception>
    public void Check(string path, CheckpointHeader header)
    {
        List<string> differences = [.. Differences("", header.Options, options)];
        if (header.Data != data)
            differences.Add("the rows are others (paths, sizes, labels or groups)");
        if (header.Model != model)
            differences.Add("the backbone is another one");
        if (differences.Count > 0)
            throw new FeatureTransferException($"{path}: the checkpoint is of another run: {string.Join("; ", differences)}. Put that back, or delete the checkpoint to begin again.");
    }

    private static IEnumerable<string> Differences(string name, JsonNode? then, JsonNode? now)
    {
        if (then is JsonObject before && now is JsonObject after)
            return before.Select(member => member.Key).Union(after.Select(member => member.Key)).SelectMany(key => Differences(name.Length > 0 ? $"{name}.{key}" : key, before[key], after[key]));
        return JsonNode.DeepEquals(then, now) ? [] : [$"{name} was {then?.ToJsonString() ?? "null"} and is {now?.ToJsonString() ?? "null"}"];
    }

    // Names and sizes of files, not their folders: the data may move.
    private static string DataOf(IReadOnlyList<TuningRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            var input = row.Image is { } image ? image.Hash : string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(row.Input)}|{Size(row.Input)}");
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{input}|{string.Join(',', row.Target.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}|{row.Group}|{row.Validates}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static long Size(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : -1;
    }
}
