using Microsoft.ML.Transforms.Text;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Texts to counts of their words and of their sequences of characters.</summary>
public sealed record FeaturizeTextStep : OutputStep
{
    /// <summary>The columns of text that are read; empty, the default, is the output's name.</summary>
    public ValueList<string> Inputs { get; init; } = [];

    /// <summary>What happens to capitals. Default: they become small letters.</summary>
    public TextNormalizingEstimator.CaseMode CaseMode { get; init; } = TextNormalizingEstimator.CaseMode.Lower;

    /// <summary>Whether accents stay. Default false.</summary>
    public bool KeepDiacritics { get; init; }

    /// <summary>Whether punctuation stays. Default true.</summary>
    public bool KeepPunctuations { get; init; } = true;

    /// <summary>Whether numbers stay. Default true.</summary>
    public bool KeepNumbers { get; init; } = true;

    /// <summary>The norm that the counts are brought to. Default L2.</summary>
    public TextFeaturizingEstimator.NormFunction Norm { get; init; } = TextFeaturizingEstimator.NormFunction.L2;

    /// <summary>How words are counted; null is not at all. Default: single words and pairs.</summary>
    public NgramOptions? WordFeatureExtractor { get; init; } = NgramOptions.Words;

    /// <summary>How characters are counted; null is not at all. Default: sequences of three.</summary>
    public NgramOptions? CharFeatureExtractor { get; init; } = NgramOptions.Characters;

    /// <summary>A column for the words; null, the default, is none.</summary>
    public string? OutputTokensColumn { get; init; }
}
