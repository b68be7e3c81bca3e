using Microsoft.ML.Transforms.Text;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps from text to numbers.</summary>
internal static class TextKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Trained(
            "FeaturizeText",
            "Texts to counts of their words and of their sequences of characters",
            StepOptions.Output(() => new FeaturizeTextStep { Output = "" })
                .Add("inputs", new ListFormat<string>(StepOptions.Text), s => s.Inputs, (s, v) => s with { Inputs = v }, "The columns of text that are read; empty is the output's name")
                .Add("caseMode", new EnumFormat<TextNormalizingEstimator.CaseMode>(), s => s.CaseMode, (s, v) => s with { CaseMode = v }, "What happens to capitals")
                .Add("keepDiacritics", StepOptions.Boolean, s => s.KeepDiacritics, (s, v) => s with { KeepDiacritics = v }, "Whether accents stay")
                .Add("keepPunctuations", StepOptions.Boolean, s => s.KeepPunctuations, (s, v) => s with { KeepPunctuations = v }, "Whether punctuation stays")
                .Add("keepNumbers", StepOptions.Boolean, s => s.KeepNumbers, (s, v) => s with { KeepNumbers = v }, "Whether numbers stay")
                .Add("norm", new EnumFormat<TextFeaturizingEstimator.NormFunction>(), s => s.Norm, (s, v) => s with { Norm = v }, "The norm that the counts are brought to")
                .Add("wordFeatureExtractor", Ngrams(NgramOptions.Words), s => s.WordFeatureExtractor, (s, v) => s with { WordFeatureExtractor = v }, "How words are counted; null is not at all")
                .Add("charFeatureExtractor", Ngrams(NgramOptions.Characters), s => s.CharFeatureExtractor, (s, v) => s with { CharFeatureExtractor = v }, "How characters are counted; null is not at all")
                .Add("outputTokensColumn", StepOptions.OptionalText, s => s.OutputTokensColumn, (s, v) => s with { OutputTokensColumn = v }, "A column for the words; null is none"),
            (s, build) => build.Context.Transforms.Text.FeaturizeText(s.Output, Options(s), [.. s.Inputs.Count > 0 ? s.Inputs : [s.Output]])),
    ];

    private static TextFeaturizingEstimator.Options Options(FeaturizeTextStep step) => new()
    {
        CaseMode = step.CaseMode,
        KeepDiacritics = step.KeepDiacritics,
        KeepPunctuations = step.KeepPunctuations,
        KeepNumbers = step.KeepNumbers,
        Norm = step.Norm,
        WordFeatureExtractor = step.WordFeatureExtractor?.ToEngine(),
        CharFeatureExtractor = step.CharFeatureExtractor?.ToEngine(),
        OutputTokensColumnName = step.OutputTokensColumn,
    };

    private static OptionalFormat<NgramOptions> Ngrams(NgramOptions defaults) => new(new NestedFormat<NgramOptions>(new OptionSet<NgramOptions>(() => defaults)
        .Add("ngramLength", StepOptions.Count, n => n.NgramLength, (n, v) => n with { NgramLength = v }, "The length of the sequences")
        .Add("skipLength", new IntegerFormat(0, int.MaxValue), n => n.SkipLength, (n, v) => n with { SkipLength = v }, "How many may be skipped within a sequence")
        .Add("useAllLengths", StepOptions.Boolean, n => n.UseAllLengths, (n, v) => n with { UseAllLengths = v }, "Whether shorter sequences count too")
        .Add("maximumNgramsCount", new ListFormat<int>(StepOptions.Count, 1), n => n.MaximumNgramsCount, (n, v) => n with { MaximumNgramsCount = v }, "The most sequences of each length that are counted; one number stands for all lengths")
        .Add("weighting", new EnumFormat<NgramExtractingEstimator.WeightingCriteria>(), n => n.Weighting, (n, v) => n with { Weighting = v }, "What a count becomes")));
}
