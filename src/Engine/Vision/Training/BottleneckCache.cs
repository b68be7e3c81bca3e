using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Vision;

/// <summary>
/// The features of one set of rows in a folder: <c>NAME_features.bin</c> (how many, how long, then the values), <c>NAME_labels.bin</c>,
/// the same as text in <c>NAME</c>, and <c>NAME.json</c>, which says what they were made of.
/// </summary>
internal sealed class BottleneckCache(string folder, string name)
{
    private string FeaturesPath => Path.Combine(folder, name + "_features.bin");

    private string LabelsPath => Path.Combine(folder, name + "_labels.bin");

    private string TextPath => Path.Combine(folder, name);

    private string OriginPath => Path.Combine(folder, name + ".json");

    /// <summary>The rows, where what they were made of is the same; else null and why not.</summary>
    public BottleneckSet? Read(BottleneckOrigin origin, out string reason)
    {
        if (!File.Exists(OriginPath) || !File.Exists(FeaturesPath) || !File.Exists(LabelsPath))
        {
            reason = $"there are no bottleneck values in {FeaturesPath}";
            return null;
        }
        try
        {
            return Read(JsonNode.Parse(File.ReadAllText(OriginPath)) as JsonObject ?? throw new JsonException("expected an object"), origin, out reason);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException)
        {
            reason = $"{OriginPath} and the files beside it cannot be read ({e.Message})";
            return null;
        }
    }

    /// <summary>Writes the rows. What they were made of comes last, so that no half of it is ever taken for the whole.</summary>
    public void Write(BottleneckSet set, BottleneckOrigin origin)
    {
        Directory.CreateDirectory(folder);
        File.Delete(OriginPath);
        WholeFile.Write(FeaturesPath, stream => WriteFeatures(stream, set));
        WholeFile.Write(LabelsPath, stream => stream.Write(MemoryMarshal.AsBytes<long>([.. set.Labels.Select(label => (long)label)])));
        WholeFile.Write(TextPath, stream => WriteText(stream, set));
        var json = origin.ToJson();
        json["featuresSha256"] = HashOf(FeaturesPath);
        json["labelsSha256"] = HashOf(LabelsPath);
        WholeFile.Write(OriginPath, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())));
    }

    private BottleneckSet? Read(JsonObject json, BottleneckOrigin origin, out string reason)
    {
        reason = origin.DifferenceTo(json) is { } difference ? $"those in {FeaturesPath} come from {difference}" : "";
        if (reason.Length == 0 && ((string?)json["featuresSha256"] != HashOf(FeaturesPath) || (string?)json["labelsSha256"] != HashOf(LabelsPath)))
            reason = $"{FeaturesPath} or {LabelsPath} was changed since it was written";
        return reason.Length == 0 ? ReadSet() : null;
    }

    private BottleneckSet ReadSet()
    {
        using var reader = new BinaryReader(File.OpenRead(FeaturesPath));
        var rows = new float[reader.ReadInt32()][];
        int length = reader.ReadInt32();
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new float[length];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(rows[row].AsSpan()));
        }
        return new(rows, [.. MemoryMarshal.Cast<byte, long>(File.ReadAllBytes(LabelsPath)).ToArray().Select(label => (int)label)]);
    }

    private static void WriteFeatures(Stream stream, BottleneckSet set)
    {
        stream.Write(MemoryMarshal.AsBytes<int>([set.Count, set.Features]));
        foreach (var row in set.Rows)
            stream.Write(MemoryMarshal.AsBytes(row.AsSpan()));
    }

    private static void WriteText(Stream stream, BottleneckSet set)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        for (int row = 0; row < set.Count; row++)
        {
            writer.Write(set.Labels[row].ToString(CultureInfo.InvariantCulture));
            foreach (float value in set.Rows[row])
            {
                writer.Write(',');
                writer.Write(value.ToString(CultureInfo.InvariantCulture));
            }
            writer.Write('\n');
        }
    }

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
