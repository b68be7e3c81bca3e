using FeatureTransfer.Pipelines.Binding;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FeatureTransfer.Pipelines.Steps;

/// <summary>One row of the table of binary trainers.</summary>
internal interface IBinaryKind
{
    IUnionCase<IBinaryTrainerStep> Case { get; }

    IEstimator<ITransformer> OneVersusAll(OneVersusAllStep step, StepBuild build);

    IEstimator<ITransformer> PairwiseCoupling(PairwiseCouplingStep step, StepBuild build);
}

/// <summary>One row of the table of binary trainers; <typeparamref name="TModel" /> is what the trainer learns.</summary>
internal sealed class BinaryKind<T, TModel>(
    string name, string summary, OptionSet<T> options, Func<T, StepBuild, ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel>> create) : IBinaryKind
    where T : class, IBinaryTrainerStep
    where TModel : class
{
    public IUnionCase<IBinaryTrainerStep> Case { get; } = new UnionCase<IBinaryTrainerStep, T>(name, summary, options);

    public IEstimator<ITransformer> OneVersusAll(OneVersusAllStep step, StepBuild build) => build.Context.MulticlassClassification.Trainers.OneVersusAll(
        create((T)step.BinaryEstimator, build),
        step.LabelColumn,
        step.ImputeMissingLabelsAsNegative,
        maximumCalibrationExampleCount: step.MaximumCalibrationExampleCount,
        useProbabilities: step.UseProbabilities);

    public IEstimator<ITransformer> PairwiseCoupling(PairwiseCouplingStep step, StepBuild build) => build.Context.MulticlassClassification.Trainers.PairwiseCoupling(
        create((T)step.BinaryEstimator, build),
        step.LabelColumn,
        step.ImputeMissingLabelsAsNegative,
        maximumCalibrationExampleCount: step.MaximumCalibrationExampleCount);
}
