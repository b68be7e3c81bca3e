using FeatureTransfer.Cascades;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps that put models together: chains side by side, and stages one after another.</summary>
internal static class CascadeKinds
{
    private static readonly StepsFormat _steps = new();
    private static readonly IntegerFormat _seed = new(int.MinValue, int.MaxValue);

    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Frozen(
            "Cascade",
            "Runs models one after another on an image, with named adapters between them, and keeps what one of them gives: texts, or a vector",
            Cascade(),
            (s, build) => build.Context.Transforms.RunCascade(
                StageKinds.Create(s, build),
                new RunCascadeOptions { InputColumnName = s.Input, OutputColumnName = s.Output, Value = s.Value, Separator = s.Separator },
                build.Services)),
        StepKind.Trainer(
            "Gate",
            "A cheap chain answers where its calibrated confidence is high enough, and a costly one the rest; the thresholds are chosen on rows that both are held back from",
            Gate(),
            (s, build) => build.Context.MulticlassClassification.Trainers.Gate(Chain(s.Cheap, build), Chain(s.Costly, build), build.IsFold ? s.Options with { TimedRows = 0 } : s.Options, build.Services),
            PipelineTask.Multiclass),
        StepKind.Trainer(
            "Ensemble",
            "Several chains whose answers become one: averaged, voted, or stacked",
            Ensemble(),
            (s, build) => build.Context.MulticlassClassification.Trainers.Ensemble([.. s.Models.Select(steps => Chain(steps, build))], s.Options, build.Services),
            PipelineTask.Multiclass),
    ];

    // Both chains, and each of them twice, would save their states in one file.
    private static StepChain Chain(ValueList<PipelineStep> steps, StepBuild build) => new(steps, build with { Checkpoint = null });

    private static OptionSet<CascadeStep> Cascade() => StepOptions.Output(() => new CascadeStep { Output = "", Stages = [] })
        .Add("input", StepOptions.Text, s => s.Input, (s, v) => s with { Input = v }, "The column that is read: paths of images")
        .Add("stages", StageKinds.Format, s => s.Stages, (s, v) => s with { Stages = v }, "The stages, in order; what one gives, those behind it can read by name, and all of them the image as image", required: true)
        .Add("value", StepOptions.OptionalText, s => s.Value, (s, v) => s with { Value = v }, "The value that goes into the column: texts, or a tensor, whose rows are averaged; null is what the last stage gives")
        .Add("separator", new TextFormat(allowEmpty: true), s => s.Separator, (s, v) => s with { Separator = v }, "What stands between several texts");

    private static OptionSet<GateStep> Gate() => new OptionSet<GateStep>(() => new GateStep { Cheap = [], Costly = [] })
        .Add("cheap", _steps, s => s.Cheap, (s, v) => s with { Cheap = v }, "The chain that is asked first; it ends in a trainer, and may begin with a backbone of its own", required: true)
        .Add("costly", _steps, s => s.Costly, (s, v) => s with { Costly = v }, "The chain that is asked where the other is not sure", required: true)
        .Add("labelColumn", StepOptions.Text, s => s.Options.LabelColumnName, (s, v) => With(s, o => o with { LabelColumnName = v }), "The label: a key")
        .Add("groupColumn", StepOptions.OptionalText, s => s.Options.GroupColumnName, (s, v) => With(s, o => o with { GroupColumnName = v }), "Rows of one value of this column lie on one side of the validation split; null: each row is its own group")
        .Add("validationFraction", new NumberFormat(0, 1, maximumExcluded: true), s => s.Options.ValidationFraction, (s, v) => With(s, o => o with { ValidationFraction = v }), "The share of the training rows by which the thresholds are chosen, above 0")
        .Add("seed", _seed, s => s.Options.Seed, (s, v) => With(s, o => o with { Seed = v }), "The seed of that split")
        .Add("allowedAccuracyLoss", new NumberFormat(0, 1), s => s.Options.AllowedAccuracyLoss, (s, v) => With(s, o => o with { AllowedAccuracyLoss = v }), "How much less accurate than the costly chain the gate may be on these rows")
        .Add("answeredAccuracy", new OptionalValueFormat<double>(new NumberFormat(0, 1)), s => s.Options.AnsweredAccuracy, (s, v) => With(s, o => o with { AnsweredAccuracy = v }), "The accuracy that is wanted of the rows that are answered, above 0; the others are left to a person, and their label is empty. Null: every row is answered")
        .Add("fitAgain", StepOptions.Boolean, s => s.Options.FitAgain, (s, v) => With(s, o => o with { FitAgain = v }), "Whether both chains learn again from all rows once the thresholds are chosen")
        .Add("batchSize", StepOptions.Count, s => s.Options.BatchSize, (s, v) => With(s, o => o with { BatchSize = v }), "Rows held at a time; those of them that need the costly chain go through it together")
        .Add("timedRows", StepOptions.NoneOrMore, s => s.Options.TimedRows, (s, v) => With(s, o => o with { TimedRows = v }), "Where features came from the cache, so many rows run through both chains once more without it to measure their times; 0 is none");

    private static OptionSet<EnsembleStep> Ensemble() => new OptionSet<EnsembleStep>(() => new EnsembleStep { Models = [] })
        .Add("models", new ListFormat<ValueList<PipelineStep>>(_steps, 2), s => s.Models, (s, v) => s with { Models = v }, "The chains; each ends in a trainer, and may begin with a backbone of its own", required: true)
        .Add("combination", new EnumFormat<EnsembleCombination>(), s => s.Options.Combination, (s, v) => With(s, o => o with { Combination = v }), "How the answers become one: the mean of the probabilities, the class that most name, or a regression on scores of rows that the chains were held back from")
        .Add("weights", new OptionalFormat<ValueList<double>>(new ListFormat<double>(StepOptions.NotNegative, 2)), s => s.Options.Weights?.ToValueList(), (s, v) => With(s, o => o with { Weights = v }), "The weight of each chain in the average; null: all weigh alike")
        .Add("labelColumn", StepOptions.Text, s => s.Options.LabelColumnName, (s, v) => With(s, o => o with { LabelColumnName = v }), "The label: a key")
        .Add("groupColumn", StepOptions.OptionalText, s => s.Options.GroupColumnName, (s, v) => With(s, o => o with { GroupColumnName = v }), "For stacking: rows of one value of this column are in one fold; null: each row is its own group")
        .Add("folds", new IntegerFormat(2, 100), s => s.Options.Folds, (s, v) => With(s, o => o with { Folds = v }), "For stacking: into how many parts the rows are split; each chain learns once without each of them")
        .Add("seed", _seed, s => s.Options.Seed, (s, v) => With(s, o => o with { Seed = v }), "For stacking: the seed of the folds")
        .Add("l2Regularization", StepOptions.Penalty, s => s.Options.L2Regularization, (s, v) => With(s, o => o with { L2Regularization = v }), "For stacking: how strongly large weights of the regression are held back");

    private static GateStep With(GateStep step, Func<GateOptions, GateOptions> change) => step with { Options = change(step.Options) };

    private static EnsembleStep With(EnsembleStep step, Func<EnsembleOptions, EnsembleOptions> change) => step with { Options = change(step.Options) };
}
