using System.Runtime.InteropServices;

namespace FeatureTransfer.Onnx;

/// <summary>Weights that lie in a file whose SHA-256 is known, and so need not be read to tell which they are.</summary>
internal static class KnownWeights
{
    /// <summary>A copy of a model in which a reference, in the way of ONNX's external data, stands for each such weight; null where there is none.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    public static ModelProto? Refer(ModelProto model)
    {
        if (!model.Graph.Initializer.Any(tensor => Place(tensor) is not null))
            return null;
        var referring = model.Clone();
        foreach (var tensor in referring.Graph.Initializer)
        {
            if (Place(tensor) is { } place)
                Refer(tensor, place);
        }

        return referring;
    }

    private static void Refer(TensorProto tensor, (string Sha256, int Start, int Length) place)
    {
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = place.Sha256 });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = place.Start.ToString(CultureInfo.InvariantCulture) });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = place.Length.ToString(CultureInfo.InvariantCulture) });
    }

    private static (string Sha256, int Start, int Length)? Place(TensorProto tensor) =>
        MemoryMarshal.TryGetMemoryManager(tensor.RawData.Memory, out KnownMemory? memory, out var start, out var length) && memory.Sha256 is { } sha256 && length > 0
            ? (sha256, start, length)
            : null;
}
