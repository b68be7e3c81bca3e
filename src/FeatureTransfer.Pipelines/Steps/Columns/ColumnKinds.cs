namespace FeatureTransfer.Pipelines.Steps;

/// <summary>The steps that rearrange columns.</summary>
internal static class ColumnKinds
{
    public static IReadOnlyList<IStepKind> All { get; } =
    [
        StepKind.Frozen(
            "CopyColumns",
            "A copy of a column",
            StepOptions.Output(() => new CopyColumnsStep { Output = "", Input = "" })
                .Add("input", StepOptions.Text, s => s.Input, (s, v) => s with { Input = v }, "The column that is read", required: true),
            (s, build) => build.Context.Transforms.CopyColumns(s.Output, s.Input)),
        StepKind.Frozen(
            "Concatenate",
            "Several columns as one vector",
            StepOptions.Output(() => new ConcatenateStep { Output = "", Inputs = [] })
                .Add("inputs", StepOptions.Names, s => s.Inputs, (s, v) => s with { Inputs = v }, "The columns that are joined, in order", required: true),
            (s, build) => build.Context.Transforms.Concatenate(s.Output, [.. s.Inputs])),
        StepKind.Frozen(
            "DropColumns",
            "Leaves columns out from here on",
            new OptionSet<DropColumnsStep>(() => new DropColumnsStep { Columns = [] })
                .Add("columns", StepOptions.Names, s => s.Columns, (s, v) => s with { Columns = v }, "The columns", required: true),
            (s, build) => build.Context.Transforms.DropColumns([.. s.Columns])),
        StepKind.Frozen(
            "SelectColumns",
            "Leaves all other columns out from here on",
            new OptionSet<SelectColumnsStep>(() => new SelectColumnsStep { Columns = [] })
                .Add("columns", StepOptions.Names, s => s.Columns, (s, v) => s with { Columns = v }, "The columns", required: true)
                .Add("keepHidden", StepOptions.Boolean, s => s.KeepHidden, (s, v) => s with { KeepHidden = v }, "Whether hidden columns of the same names stay too"),
            (s, build) => build.Context.Transforms.SelectColumns([.. s.Columns], s.KeepHidden)),
    ];
}
