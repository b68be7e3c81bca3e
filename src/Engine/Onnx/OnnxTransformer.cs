using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.Transforms.Onnx;

/// <summary>Runs an ONNX model over columns. Rows go through together where the model declares a batch, one by one where it does not.</summary>
public sealed class OnnxTransformer : RowToRowTransformerBase, IDisposable
{
    internal const string Kind = "apply-onnx";

    private readonly OnnxModelSource _source;
    private readonly OnnxSettings _settings;
    private readonly InferenceSession _session;

    internal OnnxTransformer(OnnxModelSource source, OnnxSettings settings, string[]? inputColumns, string[]? outputColumns)
    {
        _source = source;
        _settings = settings;
        _session = source.Open(settings);
        Inputs = Tensors(_session.InputMetadata, inputColumns ?? [.. _session.InputMetadata.Keys], "input", "inputColumnNames");
        Outputs = Tensors(_session.OutputMetadata, outputColumns ?? [.. _session.OutputMetadata.Keys], "output", "outputColumnNames");
    }

    internal OnnxTensor[] Inputs { get; }

    internal OnnxTensor[] Outputs { get; }

    public void Dispose() => _session.Dispose();

    internal static OnnxTransformer Load(ModelLoadContext ctx)
    {
        ctx.CheckVersion(Kind, 1);
        var reader = ctx.Reader;
        var bytes = reader.ReadArray<byte>();
        var (inputs, outputs) = (reader.ReadTexts(), reader.ReadTexts());
        int device = reader.ReadInt32();
        bool fallback = reader.ReadBoolean();
        var shapes = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (int left = reader.ReadInt32(); left > 0; left--)
            shapes.Add(reader.ReadString(), reader.ReadArray<int>());
        return new(OnnxModelSource.OfBytes(bytes), new(device < 0 ? null : device, fallback, shapes), inputs, outputs);
    }

    internal override IReadOnlyList<MapStep> Bind(DataViewSchema input)
    {
        var columns = Inputs.Select(tensor => Check.Column(input, tensor.Name)).ToArray();
        foreach (var (column, tensor) in columns.Zip(Inputs))
            CheckType(tensor, column.Type.ItemType(), column.Name, column.Type.ToString()!);
        return [new OnnxStep(_session, Inputs, Outputs, columns)];
    }

    internal static void CheckType(OnnxTensor tensor, DataViewType item, string column, string actual)
    {
        // Keys go in as the numbers that they are.
        if (!tensor.ItemType.Equals(item) && !(item is KeyDataViewType && item.RawType == tensor.ItemType.RawType))
            throw Check.Mismatch("input", column, $"{tensor.ItemType} or a vector of it", actual);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.Begin(Kind, 1);
        ctx.Writer.WriteArray(_source.ReadBytes());
        ctx.Writer.WriteTexts([.. Inputs.Select(tensor => tensor.Name)]);
        ctx.Writer.WriteTexts([.. Outputs.Select(tensor => tensor.Name)]);
        ctx.Writer.Write(_settings.GpuDeviceId ?? -1);
        ctx.Writer.Write(_settings.FallbackToCpu);
        ctx.Writer.Write(_settings.Shapes.Count);
        foreach (var (name, shape) in _settings.Shapes)
        {
            ctx.Writer.Write(name);
            ctx.Writer.WriteArray(shape);
        }
    }

    private OnnxTensor[] Tensors(IReadOnlyDictionary<string, NodeMetadata> metadata, string[] names, string role, string parameter) => [.. names.Select(name =>
        metadata.TryGetValue(name, out var node)
            ? new OnnxTensor(name, node, _settings.Shapes.GetValueOrDefault(name))
            : throw new ArgumentOutOfRangeException(parameter, $"Column {name} doesn't match {role} node names of model: it has {string.Join(", ", metadata.Keys)}."))];
}
