using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>A trainer in one of ML.NET's catalogs, made of its option class there.</summary>
internal interface ITrainerSource
{
    /// <summary>ML.NET's option class.</summary>
    Type Options { get; }

    IEstimator<ITransformer> Create(TrainerStep step, StepBuild build);
}

/// <summary>A trainer of two classes, from which ML.NET makes one of several.</summary>
internal interface IBinarySource : ITrainerSource
{
    IEstimator<ITransformer> OneVersusAll(OneVersusAllStep step, TrainerStep binary, StepBuild build);

    IEstimator<ITransformer> PairwiseCoupling(PairwiseCouplingStep step, TrainerStep binary, StepBuild build);
}

/// <summary>A trainer in the catalog of several classes, or of regression.</summary>
internal sealed class TrainerSource<TOptions>(Func<StepBuild, TOptions, IEstimator<ITransformer>> create) : ITrainerSource
    where TOptions : class, new()
{
    public Type Options => typeof(TOptions);

    public IEstimator<ITransformer> Create(TrainerStep step, StepBuild build) => create(build, TrainerOptions.Of<TOptions>(step, build));
}

/// <summary>A trainer in the catalog of two classes; <typeparamref name="TModel" /> is what it learns.</summary>
internal sealed class BinarySource<TOptions, TModel>(Func<MLContext, TOptions, ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel>> create) : IBinarySource
    where TOptions : class, new()
    where TModel : class
{
    public Type Options => typeof(TOptions);

    public IEstimator<ITransformer> Create(TrainerStep step, StepBuild build) => Trainer(step, build);

    public IEstimator<ITransformer> OneVersusAll(OneVersusAllStep step, TrainerStep binary, StepBuild build) =>
        build.Context.MulticlassClassification.Trainers.OneVersusAll(
            Inner(step, binary, build),
            step.LabelColumn,
            step.ImputeMissingLabelsAsNegative,
            maximumCalibrationExampleCount: step.MaximumCalibrationExampleCount,
            useProbabilities: step.UseProbabilities);

    public IEstimator<ITransformer> PairwiseCoupling(PairwiseCouplingStep step, TrainerStep binary, StepBuild build) =>
        build.Context.MulticlassClassification.Trainers.PairwiseCoupling(
            Inner(step, binary, build),
            step.LabelColumn,
            step.ImputeMissingLabelsAsNegative,
            maximumCalibrationExampleCount: step.MaximumCalibrationExampleCount);

    // ML.NET's trainers of several classes read the label by the name that the inner trainer has for it.
    private ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> Inner(MetaTrainerStep outer, TrainerStep binary, StepBuild build) =>
        Trainer(binary with { LabelColumn = outer.LabelColumn }, build);

    private ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> Trainer(TrainerStep step, StepBuild build) =>
        create(build.Context, TrainerOptions.Of<TOptions>(step, build));
}
