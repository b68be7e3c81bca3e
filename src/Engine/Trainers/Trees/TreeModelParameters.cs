namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Boosted trees that tell two classes apart; positive for the positive class.</summary>
public sealed class FastTreeBinaryModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal const string Kind = "fast-tree-binary";

    internal FastTreeBinaryModelParameters(RegressionTreeEnsemble ensemble, int features)
        : base(ensemble, features)
    {
    }

    internal static FastTreeBinaryModelParameters Load(ModelLoadContext ctx)
    {
        var (ensemble, features) = Read(ctx, Kind);
        return new(ensemble, features);
    }

    private protected override void SaveCore(ModelSaveContext ctx) => Write(ctx, Kind);
}

/// <summary>Boosted trees that predict a number.</summary>
public sealed class FastTreeRegressionModelParameters : TreeEnsembleModelParametersBasedOnRegressionTree
{
    internal const string Kind = "fast-tree-regression";

    internal FastTreeRegressionModelParameters(RegressionTreeEnsemble ensemble, int features)
        : base(ensemble, features)
    {
    }

    internal static FastTreeRegressionModelParameters Load(ModelLoadContext ctx)
    {
        var (ensemble, features) = Read(ctx, Kind);
        return new(ensemble, features);
    }

    private protected override void SaveCore(ModelSaveContext ctx) => Write(ctx, Kind);
}

/// <summary>A forest whose trees vote for one of two classes; positive for the positive class.</summary>
public sealed class FastForestBinaryModelParameters : TreeEnsembleModelParametersBasedOnQuantileRegressionTree
{
    internal const string Kind = "fast-forest-binary";

    internal FastForestBinaryModelParameters(QuantileRegressionTreeEnsemble ensemble, int features)
        : base(ensemble, features)
    {
    }

    internal static FastForestBinaryModelParameters Load(ModelLoadContext ctx)
    {
        var (ensemble, features) = Read(ctx, Kind);
        return new(ensemble, features);
    }

    private protected override void SaveCore(ModelSaveContext ctx) => Write(ctx, Kind);
}

/// <summary>A forest that predicts the mean of what its trees predict.</summary>
public sealed class FastForestRegressionModelParameters : TreeEnsembleModelParametersBasedOnQuantileRegressionTree
{
    internal const string Kind = "fast-forest-regression";

    internal FastForestRegressionModelParameters(QuantileRegressionTreeEnsemble ensemble, int features)
        : base(ensemble, features)
    {
    }

    internal static FastForestRegressionModelParameters Load(ModelLoadContext ctx)
    {
        var (ensemble, features) = Read(ctx, Kind);
        return new(ensemble, features);
    }

    private protected override void SaveCore(ModelSaveContext ctx) => Write(ctx, Kind);
}
