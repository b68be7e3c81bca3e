namespace Microsoft.ML.Trainers.FastTree;

/// <summary>Base of the trainers of trees. Rows with a missing feature, label or weight are left out.</summary>
public abstract class FastTreeTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBaseWithGroupId<TTransformer, TModel>
    where TOptions : TreeOptions, new()
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private const string NoRows = "No valid training instances found, all instances have missing features.";

    private readonly TrainerInfo _info = new(needNormalization: false, wantCaching: false);

    private protected FastTreeTrainerBase(MLContext context, TrainerColumns columns, TOptions options)
        : base(context, columns, options.RowGroupColumnName)
    {
        options.Verify();
        TreeSettings = options;
    }

    public override TrainerInfo Info => _info;

    internal TOptions TreeSettings { get; }

    private protected sealed override TTransformer Train(IDataView data, object? start)
    {
        var set = ReadTrainingSet(data).Require(NoRows);
        var validation = start is IDataView view ? ReadTrainingSet(view).Require("No row of the validation data has all features and a label.") : null;
        if (validation is not null && validation.Features != set.Features)
            throw new InvalidOperationException($"The validation rows have {validation.Features} features, the training rows {set.Features}.");
        return Train(data.Schema[FeatureColumn.Name], set, validation);
    }

    private protected abstract TTransformer Train(DataViewSchema.Column feature, TrainingSet set, TrainingSet? validation);
}

/// <summary>Base of the trainers that add trees to correct those before.</summary>
public abstract class BoostingFastTreeTrainerBase<TOptions, TTransformer, TModel> : FastTreeTrainerBase<TOptions, TTransformer, TModel>
    where TOptions : BoostedTreeOptions, new()
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected BoostingFastTreeTrainerBase(MLContext context, TrainerColumns columns, TOptions options)
        : base(context, columns, options)
    {
    }
}

/// <summary>Base of the trainers that average trees grown apart.</summary>
public abstract class RandomForestTrainerBase<TOptions, TTransformer, TModel> : FastTreeTrainerBase<TOptions, TTransformer, TModel>
    where TOptions : FastForestOptionsBase, new()
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected RandomForestTrainerBase(MLContext context, TrainerColumns columns, TOptions options)
        : base(context, columns, options)
    {
    }
}
