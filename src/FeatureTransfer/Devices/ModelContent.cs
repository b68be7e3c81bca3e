namespace FeatureTransfer.Devices;

/// <summary>A model as it is given to ONNX Runtime. Its bytes are written when they are asked for, as they may be large and an optimized form may stand for them; its SHA-256 is computed once however many ask for it.</summary>
internal sealed class ModelContent(OnnxModel model)
{
    private readonly Lazy<byte[]> _hash = new(() => HashOf(model));

    /// <summary>The model; nobody changes it.</summary>
    public OnnxModel Model => model;

    /// <summary>The length of its <c>.onnx</c> file.</summary>
    public long Length => model.Proto.CalculateSize();

    /// <summary>The SHA-256 of its <c>.onnx</c> file.</summary>
    public byte[] Hash => _hash.Value;

    /// <summary>The SHA-256 in lower-case hexadecimal digits.</summary>
    public string HexHash => Convert.ToHexStringLower(Hash);

    /// <summary>Its <c>.onnx</c> file, written anew.</summary>
    public byte[] Write() => model.ToBytes();

    /// <summary>The SHA-256 of a model's file, without the file.</summary>
    public static byte[] HashOf(OnnxModel model) => new GraphHashes(FeatureTransferPaths.Checks).Of(model);

    public static implicit operator ModelContent(OnnxModel model) => new(model);
}
