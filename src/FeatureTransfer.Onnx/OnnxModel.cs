using Google.Protobuf;

namespace FeatureTransfer.Onnx;

/// <summary>An ONNX model as data: read, looked at, cut, written.</summary>
public sealed class OnnxModel
{
    private const int WritingLength = 1 << 16;

    /// <summary>Wraps a model.</summary>
    /// <param name="proto">The model; it is not copied.</param>
    /// <param name="name">What to call it in messages: its path, or a name.</param>
    public OnnxModel(ModelProto proto, string name)
    {
        ArgumentNullException.ThrowIfNull(proto);
        Proto = proto;
        Name = name;
    }

    /// <summary>The model in the file format's own terms.</summary>
    public ModelProto Proto { get; }

    /// <summary>What to call it in messages: its path, or a name.</summary>
    public string Name { get; }

    /// <summary>The inputs that have to be fed, initializers left out.</summary>
    public IReadOnlyList<TensorInfo> Inputs
    {
        get
        {
            var initializers = Proto.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
            return [.. Proto.Graph.Input.Where(input => !initializers.Contains(input.Name)).Select(Describe)];
        }
    }

    /// <summary>The outputs.</summary>
    public IReadOnlyList<TensorInfo> Outputs => [.. Proto.Graph.Output.Select(Describe)];

    /// <summary>The names of all tensors that nodes compute, in the order in which the file lists them.</summary>
    public IReadOnlyList<string> TensorNames => [.. Proto.Graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0)];

    /// <summary>Whether the first dimension of the first input is a number rather than free.</summary>
    public bool HasFixedBatch => Inputs is [{ Shape: [not null, ..] }, ..];

    /// <summary>Reads a model file, along with weights that lie in files beside it.</summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <exception cref="FeatureTransferException">The file is missing or is not ONNX, or the graph breaks its rules.</exception>
    public static OnnxModel Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > int.MaxValue })
                throw ExternalWeights.TooLarge(path);
            var model = Parse(LargeArray.ReadFile(path), path);
            ExternalWeights.ReadIn(model.Proto, path);
            return model;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>As <see cref="Load"/>, for a file that nobody changes in place: its weights are not read before they are used.</summary>
    /// <param name="path">The <c>.onnx</c> file.</param>
    /// <param name="sha256">Its SHA-256 in hexadecimal, where it is known.</param>
    /// <exception cref="FeatureTransferException">The file is missing or is not ONNX, or the graph breaks its rules.</exception>
    internal static OnnxModel Map(string path, string? sha256 = null)
    {
        // An empty file cannot be mapped.
        if (new FileInfo(path) is not { Exists: true, Length: > 0 and <= int.MaxValue })
            return Load(path);
        try
        {
            var model = Alias(MappedFile.Open(path, sha256), path);
            ExternalWeights.ReadIn(model.Proto, path);
            return model;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception);
        }
    }

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The content of an <c>.onnx</c> file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="FeatureTransferException">The bytes are not ONNX, or the graph breaks its rules.</exception>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, string name) => Read(bytes, name, alias: false);

    /// <summary>As <see cref="Parse"/>, without copying the weights: the model refers to the bytes, so nobody may change them.</summary>
    /// <param name="bytes">The content of an <c>.onnx</c> file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="FeatureTransferException">The bytes are not ONNX, or the graph breaks its rules.</exception>
    internal static OnnxModel Alias(ReadOnlyMemory<byte> bytes, string name) => Read(bytes, name, alias: true);

    /// <summary>The model as the content of an <c>.onnx</c> file.</summary>
    public byte[] ToBytes()
    {
        var bytes = LargeArray.Allocate<byte>(Proto.CalculateSize());
        Proto.WriteTo(bytes.AsSpan());
        return bytes;
    }

    /// <summary>Writes the model as the content of an <c>.onnx</c> file.</summary>
    /// <param name="stream">Where to.</param>
    public void WriteTo(Stream stream)
    {
        using var output = new CodedOutputStream(stream, WritingLength, leaveOpen: true);
        Proto.WriteTo(output);
    }

    /// <summary>Writes the model; the file appears when it is whole.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => AtomicFile.Write(path, WriteTo);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {string.Join(", ", Inputs)} -> {string.Join(", ", Outputs)}";

    private static OnnxModel Read(ReadOnlyMemory<byte> bytes, string name, bool alias)
    {
        try
        {
            var proto = ModelReader.Read(bytes, alias);
            if (proto.Graph is { Node.Count: > 0 } graph)
                return GraphForm.Fault(graph) is { } fault ? throw Malformed(name, fault) : new OnnxModel(proto, name);
        }
        catch (InvalidProtocolBufferException)
        {
            // The same message as for a file that parses by chance and holds no graph.
        }

        throw new FeatureTransferException($"{name}: is not an ONNX model ({bytes.Length} bytes without a graph). Expected a file that an ONNX exporter wrote.");
    }

    private static FeatureTransferException Unreadable(string path, Exception exception) =>
        new($"{path}: the model cannot be read ({exception.Message}) Expected an .onnx file.", exception);

    private static FeatureTransferException Malformed(string name, string fault) =>
        new($"{name}: the ONNX graph {fault}, which the format does not allow. Export the model again, or repair it; onnx.checker of the onnx package names such faults.");

    private static TensorInfo Describe(ValueInfoProto value)
    {
        var shape = value.Type?.TensorType?.Shape;
        return new TensorInfo(value.Name, shape is null
            ? []
            : [.. shape.Dim.Select(size => size.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && size.DimValue > 0 ? size.DimValue : (long?)null)]);
    }
}
