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

    public static OptionalValueFormat<int> OptionalCount { get; } = new(Count);

    public static IntegerFormat NoneOrMore { get; } = new(0, int.MaxValue);

    public static SingleFormat Penalty { get; } = new(0);

    public static NumberFormat NotNegative { get; } = new(0, double.PositiveInfinity);

    public const string WeightText = "The weights of the rows: numbers; null is the same weight for all";

    public const string PassesText = "The passes over the rows";

    public const string ShuffleText = "Whether each pass takes the rows in another order";

    public const string DiameterText = "The range around 0 from which the first weights are drawn";

    public const string PositiveText = "The weight of rows that are true";

    public const string ThreadsText = "Threads at once; null is one a core";

    // Threads of these trainers write to the same weights without waiting for each other.
    public const string RacingThreadsText = "Threads at once; null is chosen by the machine. With more than one, two runs differ";

    /// <summary>Options that begin with <c>output</c>.</summary>
    public static OptionSet<T> Output<T>(Func<T> create)
        where T : OutputStep => new OptionSet<T>(create)
        .Add("output", Text, s => s.Output, (s, v) => s with { Output = v }, "The column that is added", required: true);

    /// <summary>Options that begin with <c>output</c> and <c>input</c>.</summary>
    public static OptionSet<T> Column<T>(Func<T> create)
        where T : ColumnStep => Output(create)
        .Add("input", OptionalText, s => s.Input, (s, v) => s with { Input = v }, "The column that is read; null is the output's name");

    /// <summary>Options that begin with the label of a trainer.</summary>
    public static OptionSet<T> Label<T>(Func<T> create)
        where T : TrainerStep => new OptionSet<T>(create)
        .Add("labelColumn", Text, s => s.LabelColumn, (s, v) => s with { LabelColumn = v }, "The label: a key for several classes, a boolean for two, a number for regression");

    /// <summary>Options that begin with the columns of a trainer.</summary>
    public static OptionSet<T> Trainer<T>(Func<T> create)
        where T : FeatureTrainerStep => Label(create)
        .Add("featureColumn", Text, s => s.FeatureColumn, (s, v) => s with { FeatureColumn = v }, "The features: a vector");

    /// <summary>Options that begin with the columns of a trainer, weights among them.</summary>
    public static OptionSet<T> WeightedTrainer<T>(Func<T> create)
        where T : WeightedTrainerStep => Trainer(create)
        .Add("exampleWeightColumn", OptionalText, s => s.ExampleWeightColumn, (s, v) => s with { ExampleWeightColumn = v }, WeightText);
}
