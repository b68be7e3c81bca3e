namespace FeatureTransfer.FineTuning;

/// <summary>One row to learn from or to judge by.</summary>
/// <param name="Input">The path, or a name for the image.</param>
/// <param name="Image">The encoded image; null where <paramref name="Input"/> is a path.</param>
/// <param name="Target">The label: probabilities of the classes, 0 and 1, or numbers.</param>
/// <param name="Group">Rows of one group lie on one side of the validation split; null: the row is its own.</param>
internal sealed record TuningRow(string Input, EncodedImage? Image, float[] Target, string? Group)
{
    /// <summary>Whether the row judges and does not teach; only looked at where such rows are given apart.</summary>
    public bool Validates { get; init; }

    /// <summary>Whether the row is of a target domain: its label is not read, and its target all 0.</summary>
    public bool IsOfTarget { get; init; }

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

    /// <summary>These rows, and others that judge them.</summary>
    /// <exception cref="FeatureTransferException">The others have other classes, or paths where these have encoded images.</exception>
    public TuningRows With(TuningRows validation)
    {
        if (!validation.Labels.SequenceEqual(Labels, StringComparer.Ordinal))
            throw new FeatureTransferException($"Fine-tuning: the training rows have the classes {string.Join(", ", Labels)}, the validation rows {string.Join(", ", validation.Labels)}. Map both with one fitted MapValueToKey.");
        if (validation.Rows[0].Image is null != Rows[0].Image is null)
            throw new FeatureTransferException("Fine-tuning: of the training rows and the validation rows one has paths and the other encoded images. Give both the same.");
        return this with { Rows = [.. Rows, .. validation.Rows.Select(row => row with { Validates = true })] };
    }
}
