using FeatureTransfer.Pipelines.Binding;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>Formats and options that many steps share, so that each is written once.</summary>
internal static class StepOptions
{
    public static TextFormat Text { get; } = new();

    public static OptionalFormat<string> OptionalText { get; } = new(Text);

    public static ListFormat<string> Names { get; } = new(Text, 1);

    public static BooleanFormat Boolean { get; } = new();

    public static IntegerFormat Count { get; } = new(1, int.MaxValue);

    public static WholeNumberFormat<long> LongCount { get; } = new(1, long.MaxValue);

    public static SingleFormat Penalty { get; } = new(0);

    /// <summary>Options that begin with <c>output</c>.</summary>
    public static OptionSet<T> Output<T>(Func<T> create)
        where T : OutputStep => new OptionSet<T>(create)
        .Add("output", Text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added", required: true);

    /// <summary>Options that begin with <c>output</c> and <c>input</c>.</summary>
    public static OptionSet<T> Column<T>(Func<T> create)
        where T : ColumnStep => Output(create)
        .Add("input", OptionalText, s => s.Input, (s, v) => s with { Input = v }, "The column that is read; null is the output's name");

    /// <summary>Options that begin with the columns of a trainer.</summary>
    public static OptionSet<T> Trainer<T>(Func<T> create)
        where T : TrainerStep => new OptionSet<T>(create)
        .Add("labelColumn", Text, s => s.LabelColumn, (s, v) => s with { LabelColumn = v }, "The label: a key")
        .Add("featureColumn", Text, s => s.FeatureColumn, (s, v) => s with { FeatureColumn = v }, "The features: a vector");

    /// <summary>Options that begin with the columns of a trainer, weights among them.</summary>
    public static OptionSet<T> WeightedTrainer<T>(Func<T> create)
        where T : WeightedTrainerStep => Trainer(create)
        .Add("exampleWeightColumn", OptionalText, s => s.ExampleWeightColumn, (s, v) => s with { ExampleWeightColumn = v }, "The weights of the rows: numbers; null is the same weight for all");
}
