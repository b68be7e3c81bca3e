namespace FeatureTransfer.Inputs.Text;

/// <summary>What a backbone calls its inputs; one that it does not have is not fed.</summary>
public sealed record TokenInputs
{
    /// <summary>The token ids, (batch, tokens). Default <c>input_ids</c>.</summary>
    public string Ids { get; init; } = "input_ids";

    /// <summary>1 for tokens and 0 for filling, (batch, tokens). Default <c>attention_mask</c>.</summary>
    public string Mask { get; init; } = "attention_mask";

    /// <summary>0 for the first text and 1 for the second of a pair, (batch, tokens). Default <c>token_type_ids</c>.</summary>
    public string Types { get; init; } = "token_type_ids";
}
