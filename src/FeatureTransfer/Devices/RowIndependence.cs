using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Devices;

/// <summary>
/// Checks that the rows of a batch come out as each does alone: a freed batch may hide a shape that mixes rows, and an operator may look
/// at all rows at once. It runs once for a model, a device and a version of ONNX Runtime, and is remembered.
/// </summary>
internal static class RowIndependence
{
    private const int Rows = 3;
    private const float Tolerance = 1e-4f;
    private const string Holds = "holds";
    private static readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>Why the rows of this model have to run one by one; null where a batch may be run.</summary>
    /// <param name="opened">The model; one input of floats, whose batch is free.</param>
    /// <param name="rowShape">The shape of one row of the input.</param>
    /// <param name="folder">Where outcomes are kept.</param>
    public static string? Obstacle(OpenedSession opened, IReadOnlyList<long> rowShape, string folder)
    {
        var key = $"{opened.Key}-{OnnxRuntimeLibrary.Version}-{opened.Device.Kind}";
        var outcome = _known.GetOrAdd(key, _ => Remembered(Path.Combine(folder, key + ".txt"), () => Compare(opened.Session, rowShape)));
        return outcome == Holds ? null : outcome;
    }

    private static string Remembered(string file, Func<string> check)
    {
        try
        {
            if (File.Exists(file) && File.ReadAllText(file) is { Length: > 0 } known)
                return known;
        }
        catch (IOException)
        {
            // What cannot be read is checked again.
        }

        var outcome = check();
        try
        {
            AtomicFile.WriteText(file, outcome);
        }
        catch (FeatureTransferException)
        {
            // Where nothing can be kept, each process checks for itself.
        }

        return outcome;
    }

    private static string Compare(InferenceSession session, IReadOnlyList<long> rowShape)
    {
        var length = (int)rowShape.Aggregate(1L, (product, size) => product * size);
        var batch = RandomRows(length);
        float[] together;
        try
        {
            together = Run(session, batch, Rows, rowShape);
        }
        catch (OnnxRuntimeException exception)
        {
            return $"ONNX Runtime refuses a batch of {Rows}: {exception.Message.ReplaceLineEndings(" ")}";
        }

        var alone = Enumerable.Range(0, Rows).SelectMany(row => Run(session, batch.AsMemory(row * length, length), 1, rowShape)).ToArray();
        if (alone.Length != together.Length)
            return $"a batch of {Rows} gives {together.Length} numbers, and its rows alone give {alone.Length}";
        var most = alone.Zip(together, (left, right) => Math.Abs(left - right)).DefaultIfEmpty().Max();
        var scale = alone.Select(Math.Abs).DefaultIfEmpty().Max();
        return most <= Tolerance * Math.Max(scale, float.Epsilon)
            ? Holds
            : string.Create(CultureInfo.InvariantCulture, $"a row differs in a batch from itself alone, by {most:0.######} where the largest number is {scale:0.######}");
    }

    // Each row has a range of its own, so that what is scaled by the whole batch shows.
    private static float[] RandomRows(int length)
    {
        var random = new Random(1);
        var rows = new float[Rows * length];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = (random.NextSingle() - 0.3f) / (1 + (i / length));
        return rows;
    }

    private static float[] Run(InferenceSession session, Memory<float> input, int rows, IReadOnlyList<long> rowShape)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, [rows, .. rowShape]);
        using var options = new RunOptions();
        using var results = session.Run(options, [session.InputNames[0]], [value], [session.OutputNames[0]]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
