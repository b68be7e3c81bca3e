using System.Text.Json.Nodes;

namespace FeatureTransfer.Backbones.TensorFlowJs;

/// <summary>Reads the files of a TensorFlow.js layers model: as <c>model.json</c> with binary shards, or bundled as JavaScript.</summary>
internal static class LayersModelFile
{
    /// <summary>Reads the topology and the weight manifest.</summary>
    /// <exception cref="FeatureTransferException">The file holds no layers model.</exception>
    public static JsonObject ReadModel(string path)
    {
        var text = File.ReadAllText(path);
        var member = text.IndexOf("modelTopology", StringComparison.Ordinal);
        var start = member < 0 ? -1 : path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? text.IndexOf('{', StringComparison.Ordinal) : text.LastIndexOf('{', member);
        if (start < 0)
            throw new FeatureTransferException($"{path}: holds no TensorFlow.js layers model (no 'modelTopology'). Expected model.json, or a script that wraps one.");
        try
        {
            return JsLiteralReader.Read(text, start)!.AsObject();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new FeatureTransferException($"{path}: the layers model cannot be read. {exception.Message}", exception);
        }
    }

    /// <summary>Reads all shards of weights as one piece, see <see cref="ReadShard"/>.</summary>
    public static byte[] ReadShards(IEnumerable<string> paths)
    {
        using var joined = new MemoryStream();
        foreach (var path in paths)
            joined.Write(ReadShard(path));
        return joined.ToArray();
    }

    /// <summary>Reads one shard of weights: raw bytes, or base64 in a script.</summary>
    /// <exception cref="FeatureTransferException">The script holds no base64 text.</exception>
    public static byte[] ReadShard(string path)
    {
        if (!path.EndsWith(".js", StringComparison.OrdinalIgnoreCase))
            return File.ReadAllBytes(path);
        const string Marker = "exports=\"";
        var text = File.ReadAllText(path);
        var start = text.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length;
        var end = start < Marker.Length ? -1 : text.IndexOf('"', start);
        if (end < 0)
            throw new FeatureTransferException($"{path}: holds no weights. Expected a script that exports one base64 text.");
        try
        {
            return Convert.FromBase64String(text[start..end]);
        }
        catch (FormatException exception)
        {
            throw new FeatureTransferException($"{path}: the weights are not base64, the file is damaged. Fetch it again.", exception);
        }
    }
}
