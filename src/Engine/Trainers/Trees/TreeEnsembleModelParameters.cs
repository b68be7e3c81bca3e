using Microsoft.ML.Data;

namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Base of models made of trees.</summary>
public abstract class TreeEnsembleModelParameters : ModelParametersBase<float>, IScalarModel
{
    private protected TreeEnsembleModelParameters(int features)
    {
        FeatureCount = features;
    }

    /// <summary>How many features a row has.</summary>
    internal int FeatureCount { get; }

    /// <summary>The trees, with what their values are multiplied by. Their sum begins at 0.</summary>
    internal abstract IEnumerable<(TreeNodes Nodes, double Weight)> WeightedTrees { get; }

    /// <summary>
    /// How much each feature counts: the root of what its splits gained, the largest being 1.
    /// </summary>
    public void GetFeatureWeights(ref VBuffer<float> weights)
    {
        var gains = FeatureGains();
        double largest = gains.Length == 0 ? 0 : gains.Max();
        var editor = VBufferEditor.Create(ref weights, gains.Length);
        for (int i = 0; i < gains.Length; i++)
            editor.Values[i] = largest > 0 ? (float)Math.Sqrt(gains[i] / largest) : 0;
        weights = editor.Commit();
    }

    RowMap<VBuffer<float>, float> IScalarModel.OpenScorer()
    {
        var room = new float[FeatureCount];
        return (in VBuffer<float> features, ref float score) =>
        {
            if (features.IsDense)
            {
                score = (float)Score(features.GetValues());
                return;
            }
            features.CopyTo(room);
            score = (float)Score(room);
        };
    }

    private protected abstract double Score(ReadOnlySpan<float> row);

    private protected abstract double[] FeatureGains();
}

/// <inheritdoc/>
public abstract class TreeEnsembleModelParametersBasedOnRegressionTree : TreeEnsembleModelParameters
{
    private protected TreeEnsembleModelParametersBasedOnRegressionTree(RegressionTreeEnsemble ensemble, int features)
        : base(features)
    {
        TrainedTreeEnsemble = ensemble;
    }

    public RegressionTreeEnsemble TrainedTreeEnsemble { get; }

    internal override IEnumerable<(TreeNodes Nodes, double Weight)> WeightedTrees => TrainedTreeEnsemble.WeightedTrees;

    private protected override double Score(ReadOnlySpan<float> row) => TrainedTreeEnsemble.Score(row);

    private protected override double[] FeatureGains() => TrainedTreeEnsemble.FeatureGains(FeatureCount);

    private protected void Write(ModelSaveContext ctx, string kind)
    {
        ctx.Begin(kind, 1);
        ctx.Writer.Write(FeatureCount);
        TrainedTreeEnsemble.Write(ctx.Writer);
    }

    private protected static (RegressionTreeEnsemble Ensemble, int Features) Read(ModelLoadContext ctx, string kind)
    {
        ctx.CheckVersion(kind, 1);
        int features = ctx.Reader.ReadInt32();
        return (RegressionTreeEnsemble.Read(ctx.Reader), features);
    }
}

/// <inheritdoc/>
public abstract class TreeEnsembleModelParametersBasedOnQuantileRegressionTree : TreeEnsembleModelParameters
{
    private protected TreeEnsembleModelParametersBasedOnQuantileRegressionTree(QuantileRegressionTreeEnsemble ensemble, int features)
        : base(features)
    {
        TrainedTreeEnsemble = ensemble;
    }

    public QuantileRegressionTreeEnsemble TrainedTreeEnsemble { get; }

    internal override IEnumerable<(TreeNodes Nodes, double Weight)> WeightedTrees => TrainedTreeEnsemble.WeightedTrees;

    private protected override double Score(ReadOnlySpan<float> row) => TrainedTreeEnsemble.Score(row);

    private protected override double[] FeatureGains() => TrainedTreeEnsemble.FeatureGains(FeatureCount);

    private protected void Write(ModelSaveContext ctx, string kind)
    {
        ctx.Begin(kind, 1);
        ctx.Writer.Write(FeatureCount);
        TrainedTreeEnsemble.Write(ctx.Writer);
    }

    private protected static (QuantileRegressionTreeEnsemble Ensemble, int Features) Read(ModelLoadContext ctx, string kind)
    {
        ctx.CheckVersion(kind, 1);
        int features = ctx.Reader.ReadInt32();
        return (QuantileRegressionTreeEnsemble.Read(ctx.Reader), features);
    }
}
