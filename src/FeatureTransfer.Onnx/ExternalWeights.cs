using Google.Protobuf;

namespace FeatureTransfer.Onnx;

/// <summary>Reads weights that a model keeps in files beside it, so that the model can be cut, moved and bundled as one piece.</summary>
internal static class ExternalWeights
{
    /// <summary>Puts every outside weight into the model.</summary>
    public static void ReadIn(ModelProto model, string path)
    {
        var room = int.MaxValue - (long)model.CalculateSize();
        foreach (var tensor in Outside(model))
        {
            tensor.RawData = Read(tensor, path, ref room);
            tensor.ExternalData.Clear();
            tensor.ClearDataLocation();
        }
    }

    /// <summary>The files beside a model that hold its weights, by the names that the model has for them.</summary>
    /// <exception cref="FeatureTransferException">The file is not ONNX, or a file of weights is missing or lies outside the model's folder.</exception>
    public static IReadOnlyDictionary<string, string> Files(string path)
    {
        if (new FileInfo(path).Length > int.MaxValue)
            throw TooLarge(path);
        var bytes = File.ReadAllBytes(path);

        // Most models are whole, and need not be parsed to know it.
        return bytes.AsSpan().IndexOf("location"u8) < 0
            ? new Dictionary<string, string>()
            : Outside(OnnxModel.Parse(bytes, path).Proto)
                .DistinctBy(Location)
                .OrderBy(Location, StringComparer.Ordinal)
                .ToDictionary(Location, tensor => Locate(tensor, path), StringComparer.Ordinal);
    }

    /// <summary>Says that a model is larger than the format allows in one piece, which is how it is cut and run here.</summary>
    public static FeatureTransferException TooLarge(string path) =>
        new($"{path}: the model and its weights have more than 2 GB, which ONNX does not hold in one piece. Export it with weights of 16 bits, or take a smaller variant.");

    private static ByteString Read(TensorProto tensor, string path, ref long room)
    {
        var file = Locate(tensor, path);
        using var stream = File.OpenRead(file);
        var offset = Number(tensor, "offset", 0);
        var length = Number(tensor, "length", stream.Length - offset);
        if (offset < 0 || length < 0 || length > stream.Length - offset)
            throw Broken(path, tensor, $"lies past the end of '{file}'");
        if ((room -= length) < 0)
            throw TooLarge(path);
        var bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static IEnumerable<TensorProto> Outside(ModelProto model) =>
        model.Graph.Initializer.Where(tensor => tensor.DataLocation == TensorProto.Types.DataLocation.External);

    private static string Location(TensorProto tensor) => Entry(tensor, "location") ?? "";

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static string Locate(TensorProto tensor, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Location(tensor).Contains('\0', StringComparison.Ordinal))
            throw Broken(path, tensor, "names a file with a zero in its name");
        var file = Path.GetFullPath(Path.Combine(folder, Location(tensor)));

        // A model may come from anywhere: it must not make us read files outside its own folder.
        if (!file.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw Broken(path, tensor, $"points outside the model's folder, to '{file}'");
        return File.Exists(file) ? file : throw Broken(path, tensor, $"lies in '{file}', which is missing");
    }

    private static long Number(TensorProto tensor, string key, long fallback) =>
        long.TryParse(Entry(tensor, key), CultureInfo.InvariantCulture, out var value) ? value : fallback;

    private static FeatureTransferException Broken(string path, TensorProto tensor, string what) =>
        new($"{path}: the weight '{tensor.Name}' {what}. Expected it in a file beside the model; copy the model together with its data files.");
}
