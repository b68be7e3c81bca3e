using Microsoft.ML.OnnxRuntime;

namespace FeatureTransfer.Extraction.Sessions;

/// <summary>Finds out what a session takes and gives.</summary>
internal static class SessionShapes
{
    /// <summary>The shapes of one row; a model that does not declare what it gives is run once.</summary>
    public static RowShapes Measure(InferenceSession session, long[] row)
    {
        var declared = session.OutputMetadata[session.OutputNames[0]].Dimensions;
        if (declared.Length > 1 && declared.Skip(1).All(size => size > 0))
            return new RowShapes(row, [.. declared.Skip(1).Select(size => (long)size)]);
        using var options = new RunOptions();
        using var zeros = OrtValue.CreateTensorValueFromMemory(new float[new RowShapes(row, []).RowLength], [1, .. row]);
        using var results = session.Run(options, [session.InputNames[0]], [zeros], session.OutputNames);
        return new RowShapes(row, results[0].GetTensorTypeAndShape().Shape[1..]);
    }

    /// <summary>Checks that the model takes what the preprocessing makes.</summary>
    /// <param name="name">What to call the model.</param>
    /// <param name="input">The shape of its input; what is open is below 0.</param>
    /// <param name="row">The shape of an image.</param>
    /// <param name="obstacle">Tells what fixes the batch.</param>
    /// <exception cref="FeatureTransferException">It does not.</exception>
    public static void CheckInput(string name, int[] input, long[] row, Func<string?> obstacle)
    {
        if (input.Length == row.Length + 1 && input[0] > 1)
            throw new FeatureTransferException($"{name}: the model takes {input[0]} rows at once, neither more nor fewer, and {obstacle() ?? "its graph"} may depend on it. Export it with a free batch.");
        if (input.Length == row.Length + 1 && row.Zip(input.Skip(1)).All(pair => pair.Second < 0 || pair.First == pair.Second))
            return;
        throw new FeatureTransferException(
            $"{name}: the model takes ({string.Join(", ", input.Select(size => size < 0 ? "?" : size.ToString(CultureInfo.InvariantCulture)))}), "
            + $"but the preprocessing makes (batch, {string.Join(", ", row)}). Correct the card's preprocessing: height, width and layout.");
    }
}
