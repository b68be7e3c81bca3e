namespace FeatureTransfer.FineTuning;

/// <summary>One row to learn from or to judge by.</summary>
/// <param name="Input">The path, or a name for the image.</param>
/// <param name="Image">The encoded image; null where <paramref name="Input"/> is a path.</param>
/// <param name="Target">The label: probabilities of the classes, 0 and 1, or numbers.</param>
/// <param name="Group">Rows of one group lie on one side of the validation split; null: the row is its own.</param>
internal sealed record TuningRow(string Input, EncodedImage? Image, float[] Target, string? Group)
{
    /// <summary>The encoded image.</summary>
    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public ReadOnlyMemory<byte> Read() => Image?.Read() ?? Inputs.Images.ImageFile.ReadAllBytes(Input);

    /// <summary>What the validation split keeps the shares of.</summary>
    public string Stratum(FineTuneTask task) => task == FineTuneTask.Regression ? "" : string.Join(',', Target);
}

/// <summary>The rows of a data view.</summary>
/// <param name="Rows">The rows that have a label.</param>
/// <param name="Labels">The classes, in the order of the targets; empty for numbers.</param>
internal sealed record TuningRows(IReadOnlyList<TuningRow> Rows, IReadOnlyList<string> Labels)
{
    /// <summary>The values that a target has.</summary>
    public int Outputs => Rows.Count > 0 ? Rows[0].Target.Length : 0;
}
