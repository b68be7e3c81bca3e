using FeatureTransfer.Pipelines.Binding;
using Microsoft.ML;
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
        OutputTokensColumnName = step.OutputTokensColumn,
    };
}
