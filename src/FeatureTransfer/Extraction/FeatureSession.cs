using FeatureTransfer.Devices;
using FeatureTransfer.Inputs.Images;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction;

/// <summary>Runs a feature graph in ONNX Runtime, a batch at a time. Safe to use from several threads.</summary>
internal sealed class FeatureSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly long[] _rowShape;

    public FeatureSession(byte[] model, string name, ImageRecipe recipe, SessionSettings settings)
    {
        (_session, Device) = DeviceSessions.OpenOn(model, name, settings);
        _rowShape = recipe.Layout == TensorLayout.Nchw ? [3, recipe.Height, recipe.Width] : [recipe.Height, recipe.Width, 3];
        var input = _session.InputMetadata[_session.InputNames[0]].Dimensions;
        FixedBatch = input is [> 0, ..];
        CheckInput(name, input);
        Shape = MeasureShape(recipe.TensorLength);
        Length = Shape.Aggregate(1, (product, size) => checked(product * size));
    }

    /// <summary>What the model runs on.</summary>
    public Device Device { get; }

    /// <summary>Whether the model takes one row a run and no more.</summary>
    public bool FixedBatch { get; }

    /// <summary>The shape of one row's features.</summary>
    public int[] Shape { get; }

    /// <summary>How many features a row has.</summary>
    public int Length { get; }

    /// <summary>How many rows were computed so far.</summary>
    public long RowsComputed => Interlocked.Read(ref _rowsComputed);

    private long _rowsComputed;

    /// <summary>Computes the features of rows.</summary>
    /// <param name="input">The rows' tensors, one behind the other.</param>
    /// <param name="rows">How many.</param>
    /// <param name="features">Takes (rows, features).</param>
    public void Run(float[] input, int rows, Span<float> features)
    {
        var rowLength = (int)_rowShape.Aggregate(1L, (product, size) => product * size);
        var batch = FixedBatch ? 1 : rows;
        for (var row = 0; row < rows; row += batch)
            Run(input.AsMemory(row * rowLength, batch * rowLength), batch, features.Slice(row * Length, batch * Length));
        Interlocked.Add(ref _rowsComputed, rows);
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private void Run(Memory<float> input, int rows, Span<float> features)
    {
        using var results = RunRaw(input, rows);
        results[0].GetTensorDataAsSpan<float>().CopyTo(features);
    }

    private IDisposableReadOnlyCollection<OrtValue> RunRaw(Memory<float> input, int rows)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, [rows, .. _rowShape]);
        return _session.Run(_runOptions, [_session.InputNames[0]], [value], _session.OutputNames);
    }

    private int[] MeasureShape(int rowLength)
    {
        var declared = _session.OutputMetadata[_session.OutputNames[0]].Dimensions;
        if (declared.Length > 1 && declared.Skip(1).All(size => size > 0))
            return declared[1..];
        using var results = RunRaw(new float[rowLength], 1);
        return [.. results[0].GetTensorTypeAndShape().Shape.Skip(1).Select(size => (int)size)];
    }

    private void CheckInput(string name, int[] input)
    {
        var fits = input.Length == 4 && _rowShape.Zip(input.Skip(1)).All(pair => pair.Second < 0 || pair.First == pair.Second) && input[0] <= 1;
        if (!fits)
        {
            _session.Dispose();
            throw new FeatureTransferException(
                $"{name}: the model takes ({string.Join(", ", input.Select(size => size < 0 ? "?" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}), "
                + $"but the recipe makes (batch, {string.Join(", ", _rowShape)}). Correct the card's preprocessing: height, width and layout.");
        }
    }
}
