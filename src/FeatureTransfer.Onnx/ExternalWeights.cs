using Google.Protobuf;

namespace FeatureTransfer.Onnx;

/// <summary>Reads weights that a model keeps in files beside it, so that the model can be cut, moved and bundled as one piece.</summary>
internal static class ExternalWeights
{
    /// <summary>Puts every outside weight into the model.</summary>
    public static void ReadIn(ModelProto model, string path)
    {
        var room = int.MaxValue - (long)model.CalculateSize();
        foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External))
        {
            tensor.RawData = Read(tensor, path, ref room);
            tensor.ExternalData.Clear();
            tensor.ClearDataLocation();
        }
    }

    /// <summary>Says that a model is larger than the format allows in one piece, which is how it is cut and run here.</summary>
    public static FeatureTransferException TooLarge(string path) =>
        new($"{path}: the model and its weights have more than 2 GB, which ONNX does not hold in one piece. Export it with weights of 16 bits, or take a smaller variant.");

    private static ByteString Read(TensorProto tensor, string path, ref long room)
    {
        var entries = tensor.ExternalData.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var file = Path.GetFullPath(Path.Combine(folder, entries.GetValueOrDefault("location", "")));

        // A model may come from anywhere: it must not make us read files outside its own folder.
        if (!file.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw Broken(path, tensor, $"points outside the model's folder, to '{file}'");
        if (!File.Exists(file))
            throw Broken(path, tensor, $"lies in '{file}', which is missing");

        using var stream = File.OpenRead(file);
        var offset = Number(entries, "offset", 0);
        var length = Number(entries, "length", stream.Length - offset);
        if (offset < 0 || length < 0 || length > stream.Length - offset)
            throw Broken(path, tensor, $"lies past the end of '{file}'");
        if ((room -= length) < 0)
            throw TooLarge(path);
        var bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static long Number(Dictionary<string, string> entries, string key, long fallback) =>
        entries.TryGetValue(key, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : fallback;

    private static FeatureTransferException Broken(string path, TensorProto tensor, string what) =>
        new($"{path}: the weight '{tensor.Name}' {what}. Expected it in a file beside the model; copy the model together with its data files.");
}
