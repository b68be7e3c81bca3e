namespace FeatureTransfer.Inputs.Text;

/// <summary>How a text becomes token ids, beyond what the backbone's tokenizer says.</summary>
public sealed record TextPreprocessing : Preprocessing
{
    /// <summary>The most tokens of a window, special ones counted; 8 to 1,000,000. Default, and null: as many as the backbone's card names.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>What becomes of longer texts. Default <see cref="LongText.Truncate"/>.</summary>
    public LongText LongText { get; init; }

    /// <summary>Tokens that neighbouring windows share, from 0 to less than half of <see cref="MaxTokens"/>. Default 32.</summary>
    public int Overlap { get; init; } = 32;

    /// <summary>What is put before every text, as some backbones want it before queries. Default nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <inheritdoc/>
    public override Modality Modality => Modality.Text;

    /// <inheritdoc/>
    public override void Validate()
    {
        List<string> faults = [];
        if (MaxTokens is < 8 or > 1_000_000)
            faults.Add($"{nameof(MaxTokens)} is {MaxTokens}; expected 8 to 1000000");
        if (Overlap < 0 || (MaxTokens is { } most && LongText == LongText.Windows && Overlap * 2 >= most))
            faults.Add($"{nameof(Overlap)} is {Overlap}; expected 0 to less than half of {nameof(MaxTokens)}");
        if (faults.Count > 0)
            throw new ArgumentException($"{nameof(TextPreprocessing)}: {string.Join("; ", faults)}.");
    }
}
